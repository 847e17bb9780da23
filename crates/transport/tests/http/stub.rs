//! A server that gives one answer to everything, and a client that does not wait long.

use axum::{Router, body::Body, http::Response};
use luguo_transport::{HttpEndpoint, Patience};
use std::{net::SocketAddr, time::Duration};
use tokio::net::TcpListener;

#[derive(Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: &'static [(&'static str, &'static str)],
    pub body: String,
}

pub fn json(status: u16, body: impl Into<String>) -> Answer {
    Answer {
        status,
        headers: &[("content-type", "application/json")],
        body: body.into(),
    }
}

pub fn error(status: u16, code: &str, more: &str) -> Answer {
    json(
        status,
        format!(r#"{{"code":"{code}","message":"原因"{more}}}"#),
    )
}

pub fn plain(status: u16, headers: &'static [(&'static str, &'static str)]) -> Answer {
    Answer {
        status,
        headers,
        body: String::new(),
    }
}

pub fn page(status: u16) -> Answer {
    Answer {
        status,
        headers: &[("content-type", "text/html; charset=utf-8")],
        body: "<html>请登录校园网</html>".to_owned(),
    }
}

pub async fn serve(answer: Answer) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().fallback(move || {
        let answer = answer.clone();
        async move {
            let mut response = Response::builder().status(answer.status);
            for (name, value) in answer.headers {
                response = response.header(*name, *value);
            }
            response.body(Body::from(answer.body)).unwrap()
        }
    });
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

pub fn impatient(address: SocketAddr) -> HttpEndpoint {
    let moment = Duration::from_millis(400);
    HttpEndpoint::with_patience(
        &format!("http://{address}"),
        Patience {
            connect: moment,
            answer: moment,
            commit: moment,
            stall: moment,
        },
    )
    .unwrap()
}
