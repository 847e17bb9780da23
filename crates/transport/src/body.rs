//! A body that tells when it stops moving: a slow line may take its time, a dead one not.

use bytes::Bytes;
use futures::stream;
use reqwest::Body;
use std::{
    convert::Infallible,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::time::{Instant, sleep_until};

/// Bytes handed to the connection at a time.
const FRAME: usize = 64 * 1024;

/// When the connection last took a frame.
#[derive(Clone)]
pub(crate) struct Movement(Arc<Mutex<Instant>>);

impl Movement {
    fn note(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn last(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns when nothing has moved for the given time.
    pub(crate) async fn stalled(&self, limit: Duration) {
        loop {
            let seen = self.last();
            sleep_until(seen + limit).await;
            if self.last() == seen {
                return;
            }
        }
    }
}

/// A body over bytes, in frames, with its movement.
pub(crate) fn watched(bytes: Bytes) -> (Body, Movement) {
    let movement = Movement(Arc::new(Mutex::new(Instant::now())));
    let noted = movement.clone();
    let frames = stream::unfold(bytes, move |mut rest| {
        let noted = noted.clone();
        async move {
            noted.note();
            if rest.is_empty() {
                return None;
            }
            let frame = rest.split_to(rest.len().min(FRAME));
            Some((Ok::<_, Infallible>(frame), rest))
        }
    });
    (Body::wrap_stream(frames), movement)
}
