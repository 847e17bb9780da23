//! `Retry-After`: seconds, or a date measured against the answer's own `Date`, because this
//! machine's clock decides nothing.

use chrono::{DateTime, FixedOffset};
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

pub(crate) fn retry_after(headers: &HeaderMap) -> Option<u64> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(seconds);
    }
    let until = DateTime::parse_from_rfc2822(text).ok()?;
    let wait = until - date(headers, DATE)?;
    u64::try_from(wait.num_seconds()).ok()
}

fn date(headers: &HeaderMap, name: HeaderName) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc2822(headers.get(name)?.to_str().ok()?.trim()).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn headers(retry: &str, date: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, retry.parse().unwrap());
        if let Some(date) = date {
            headers.insert(DATE, date.parse().unwrap());
        }
        headers
    }

    #[test]
    fn seconds_and_dates_are_understood_and_nonsense_is_ignored() {
        let date = Some("Thu, 05 Nov 2026 09:30:00 GMT");
        let later = "Thu, 05 Nov 2026 09:31:30 GMT";
        assert_eq!(retry_after(&headers("7", None)), Some(7));
        assert_eq!(retry_after(&headers(later, date)), Some(90));
        assert_eq!(retry_after(&headers(later, None)), None);
        assert_eq!(
            retry_after(&headers("Thu, 05 Nov 2026 09:29:00 GMT", date)),
            None
        );
        assert_eq!(retry_after(&headers("soon", date)), None);
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }
}
