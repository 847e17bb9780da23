//! Values as the tables keep them: times, ids and codes as text.

use crate::fault::StoreFault;
use luguo_domain::Moment;
use std::str::FromStr;

/// A time as RFC 3339 in UTC with milliseconds: text order is time order.
pub(crate) fn time(moment: Moment) -> String {
    moment.to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}

/// Reads a stored time.
pub(crate) fn read_time(text: &str) -> Result<Moment, StoreFault> {
    chrono::DateTime::parse_from_rfc3339(text)
        .map(|time| time.to_utc())
        .map_err(|fault| damaged(text, &fault))
}

/// Reads a stored id, digest or code.
pub(crate) fn read<T: FromStr>(text: &str) -> Result<T, StoreFault>
where
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|fault| damaged(text, &fault))
}

/// A stored value that cannot be read.
pub(crate) fn damaged(text: &str, fault: &dyn std::fmt::Display) -> StoreFault {
    StoreFault::Damaged {
        detail: format!("stored value {text:?}: {fault}"),
    }
}
