//! What goes out with an upload, and where to.

use crate::stub::{impatient, plain, serve};
use axum::{
    Router,
    body::Body,
    http::{Response, header},
};
use bytes::Bytes;
use luguo_domain::{PackageId, Sha256Digest};
use luguo_wire::{ProvincialEndpoint as _, Refusal, Token, UploadUrl};
use tokio::net::TcpListener;
use uuid::Uuid;

#[tokio::test]
async fn a_stored_upload_on_another_origin_never_gets_the_token() {
    let endpoint = impatient(serve(plain(204, &[("upload-offset", "1")])).await);
    let token = Token("t".to_owned());
    for stored in ["http://127.0.0.1:9/v1/uploads/u", "//evil.example.com/u"] {
        let upload = UploadUrl(stored.to_owned());
        let got = endpoint.upload_offset(&token, &upload).await.unwrap_err();
        assert!(matches!(got, Refusal::NotAnEndpoint { .. }), "{got:?}");
    }
    let own = UploadUrl("/v1/uploads/u".to_owned());
    assert_eq!(endpoint.upload_offset(&token, &own).await.unwrap(), 1);
}

#[tokio::test]
async fn a_location_may_be_relative_or_absolute() {
    for location in ["uploads/u", "/v1/uploads/u"] {
        let headers: &'static [(&str, &str)] = Box::leak(Box::new([("location", location)]));
        let endpoint = impatient(serve(plain(201, headers)).await);
        let got = endpoint
            .create_upload(
                &Token("t".to_owned()),
                PackageId(Uuid::nil()),
                Sha256Digest([0; 32]),
                1,
            )
            .await
            .unwrap();
        assert_eq!(got.0, "/v1/uploads/u");
    }
}

#[tokio::test]
async fn an_append_says_its_length_offset_and_versions() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().fallback(|request: axum::extract::Request| async move {
        let headers = request.headers().clone();
        let said = |name: &str| headers.get(name).unwrap().to_str().unwrap().to_owned();
        assert_eq!(said("luguo-protocol"), "1");
        assert_eq!(said("tus-resumable"), "1.0.0");
        assert_eq!(said("upload-offset"), "5");
        assert_eq!(said("content-length"), "300000");
        assert_eq!(said("content-type"), "application/offset+octet-stream");
        assert_eq!(said(header::AUTHORIZATION.as_str()), "Bearer t");
        let bytes = axum::body::to_bytes(request.into_body(), usize::MAX)
            .await
            .unwrap();
        Response::builder()
            .status(204)
            .header("upload-offset", 5 + bytes.len())
            .body(Body::empty())
            .unwrap()
    });
    tokio::spawn(async move { axum::serve(listener, router).await });
    let got = impatient(address)
        .append(
            &Token("t".to_owned()),
            &UploadUrl("/v1/uploads/u".to_owned()),
            5,
            Bytes::from(vec![7; 300_000]),
        )
        .await
        .unwrap();
    assert_eq!(got, 300_005);
}
