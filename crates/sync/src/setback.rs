//! What a refusal means for the package and for the queue, by variant, never by text. Pure.

use crate::hold::Reason;
use luguo_domain::Sha256Digest;
use luguo_store::StoreFault;
use luguo_wire::Refusal;

/// Why an action did not succeed.
#[derive(Debug)]
pub(crate) enum Setback {
    /// The other side did not do it.
    Refused(Refusal),
    /// Somebody has to act.
    Hold(Reason),
    /// The vault could not be read or written.
    Store(StoreFault),
}

impl From<Refusal> for Setback {
    fn from(refusal: Refusal) -> Self {
        Setback::Refused(refusal)
    }
}

impl From<StoreFault> for Setback {
    fn from(fault: StoreFault) -> Self {
        Setback::Store(fault)
    }
}

/// What to do about a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Weight {
    /// The line or what stands at its end: concerns the whole queue if the endpoint is silent.
    Line(Reason),
    /// The queue pauses until somebody signs in.
    SignIn,
    /// This package waits, then goes on where it was.
    Wait {
        reason: Reason,
        retry_after: Option<u64>,
    },
    /// This package is held until somebody acts.
    Hold(Reason),
    /// Ask for the upload's offset and go on there, at once.
    AskOffset,
    /// What the endpoint said before is void: announce again, at once.
    AnnounceAgain,
    /// Contents are missing there: look whether ours are whole, then announce again.
    CheckContents(Vec<Sha256Digest>),
}

pub(crate) fn weigh(refusal: &Refusal) -> Weight {
    let reason = Reason::of(refusal);
    match refusal {
        Refusal::Unreachable { .. } | Refusal::NotAnEndpoint { .. } => Weight::Line(reason),
        Refusal::SignInEnded | Refusal::SignInRefused => Weight::SignIn,
        Refusal::PlainHttp
        | Refusal::Forbidden { .. }
        | Refusal::OtherManifest { .. }
        | Refusal::Rejected { .. } => Weight::Hold(reason),
        Refusal::Busy { retry_after } | Refusal::Server { retry_after, .. } => Weight::Wait {
            reason,
            retry_after: *retry_after,
        },
        Refusal::EndpointFull | Refusal::OtherProtocol { .. } => Weight::Wait {
            reason,
            retry_after: None,
        },
        Refusal::OtherOffset => Weight::AskOffset,
        Refusal::Unknown => Weight::AnnounceAgain,
        Refusal::BlobsMissing { missing } => Weight::CheckContents(missing.clone()),
    }
}
