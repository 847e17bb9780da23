//! Identities. Each is a UUIDv7 made by the boundary, so that ids sort by time of making.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use ts_rs::TS;
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(as = "String")]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

id!(
    /// One person's account in one vault.
    AccountId
);
id!(
    /// One achievement's form with all its revisions.
    DeclarationId
);
id!(
    /// One piece of evidence attached to a declaration.
    EvidenceId
);
id!(
    /// One approved revision on its way; the idempotency key at the endpoint.
    PackageId
);
id!(
    /// One mark of a reviewer.
    MarkId
);
id!(
    /// One ruling of an authority.
    RulingId
);
id!(
    /// One scanned page that waits to become a part of a PDF.
    ScanPageId
);
id!(
    /// One proposal on the classification of a declaration.
    ClassificationId
);
