//! Pieces of assigned contents: the very bytes that were asked for, or a refusal.

use crate::stub::{Answer, impatient, page, serve};
use luguo_domain::{PackageId, Sha256Digest};
use luguo_wire::{ProvincialEndpoint as _, Refusal, Token};
use uuid::Uuid;

async fn fetch(answer: Answer) -> Result<Vec<u8>, Refusal> {
    let endpoint = impatient(serve(answer).await);
    let got = endpoint
        .fetch(
            &Token("t".to_owned()),
            PackageId(Uuid::nil()),
            Sha256Digest([0; 32]),
            5,
            3,
        )
        .await;
    got.map(|bytes| bytes.to_vec())
}

fn piece(status: u16, range: &'static str, body: &str) -> Answer {
    Answer {
        status,
        headers: Box::leak(Box::new([("content-range", range)])),
        body: body.to_owned(),
    }
}

#[tokio::test]
async fn a_piece_comes_as_it_was_asked_for() {
    let got = fetch(piece(206, "bytes 5-7/9", "fgh")).await;
    assert_eq!(got.unwrap(), b"fgh");
}

#[tokio::test]
async fn another_piece_the_whole_or_a_page_is_not_taken_for_it() {
    for answer in [
        piece(206, "bytes 0-2/9", "abc"),
        piece(206, "bytes 50-52/90", "abc"),
        piece(206, "bytes 5-8/9", "fghi"),
        piece(200, "", "abcdefghi"),
        page(200),
        page(404),
    ] {
        let got = fetch(answer).await.unwrap_err();
        assert!(matches!(got, Refusal::NotAnEndpoint { .. }), "{got:?}");
    }
}

#[tokio::test]
async fn a_piece_that_is_too_short_was_cut_off() {
    let got = fetch(piece(206, "bytes 5-6/7", "fg")).await.unwrap_err();
    assert!(matches!(got, Refusal::Unreachable { .. }), "{got:?}");
}
