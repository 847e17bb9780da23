//! Who may call: whoever holds the token that was printed at the start, from this machine.

use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::sync::Arc;

/// The token of one run: 32 random bytes, hexadecimal.
#[derive(Clone)]
pub struct AccessToken(Arc<str>);

impl AccessToken {
    /// Draws a token.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn draw() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(hex::encode(bytes).into()))
    }

    /// The text to put into the address that is printed.
    pub fn expose_for_address(&self) -> &str {
        &self.0
    }

    fn agrees(&self, offered: &str) -> bool {
        // Both have one length; comparing all of it tells nothing by its time.
        offered.len() == self.0.len()
            && offered
                .bytes()
                .zip(self.0.bytes())
                .fold(0, |difference, (a, b)| difference | (a ^ b))
                == 0
    }
}

/// Lets through what carries the token and names this machine as its host.
///
/// The host check keeps pages of other sites out that resolve to 127.0.0.1 (DNS rebinding).
pub async fn require_token(
    State(token): State<AccessToken>,
    request: Request,
    next: Next,
) -> Response {
    let host = header_text(&request, header::HOST);
    let offered = header_text(&request, header::AUTHORIZATION);
    let is_local = host
        .rsplit_once(':')
        .is_some_and(|(name, _)| name == "127.0.0.1");
    if is_local && token.agrees(offered.strip_prefix("Bearer ").unwrap_or_default()) {
        next.run(request).await
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    }
}

fn header_text(request: &Request, name: header::HeaderName) -> String {
    request
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned()
}
