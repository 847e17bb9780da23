//! Who the endpoint is and who signs in.

use luguo_domain::Moment;
use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// `GET /v1/endpoint`: what anybody may know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EndpointInfo {
    /// Name for people, such as 山东省科学技术厅成果征集接收端.
    pub name: String,
    /// Protocol versions it speaks.
    pub protocols: Vec<u32>,
    /// Changes when the endpoint was restored from a backup: desks then re-offer.
    pub epoch: String,
    /// Certificate that verifies receipts, PEM.
    pub certificate_pem: String,
    /// Server time, UTC.
    #[schema(value_type = String, format = DateTime)]
    pub time: Moment,
}

/// `POST /v1/login`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct LoginRequest {
    /// Account.
    pub account: String,
    /// Password, sent over TLS or loopback only.
    pub password: String,
}

impl fmt::Debug for LoginRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "LoginRequest {{ account: {:?}, password: … }}",
            self.account
        )
    }
}

/// The answer to a sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LoginAnswer {
    /// Bearer token.
    pub token: Token,
    /// When it ends, server time.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Moment,
    /// Account.
    pub account: String,
    /// The account's unit.
    pub unit: String,
    /// True when the unit is an authority (主管部门): packages are assigned to it.
    #[serde(default)]
    pub authority: bool,
}

/// A bearer token. Never shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Token(pub String);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}
