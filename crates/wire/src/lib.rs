//! What desk and endpoint say to each other: messages, refusals, versions, and the one
//! protocol trait that both sides are held to. No HTTP here.

pub mod assigned;
pub mod login;
pub mod manifest;
pub mod protocol;
pub mod receipt;
pub mod refusal;
pub mod ruling;
pub mod twins;

pub use assigned::{AssignedAnswer, AssignedPackage};
pub use login::{EndpointInfo, LoginAnswer, LoginRequest, Token};
pub use manifest::{AnnounceAnswer, Manifest, ManifestFile};
pub use protocol::{ProvincialEndpoint, UploadUrl};
pub use receipt::{CommitAnswer, Receipt, SignedReceipt};
pub use refusal::{ErrorBody, Refusal};
pub use ruling::{RulingOutcome, RulingRecord, RulingsAnswer, SignedRuling};
pub use twins::{TwinsAnswer, TwinsRequest};

/// The protocol version this program speaks. Sent as header `LuGuo-Protocol`.
pub const PROTOCOL_VERSION: u32 = 1;
