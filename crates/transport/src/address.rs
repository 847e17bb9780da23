//! Which addresses may be called: https anywhere, plain http on this machine only.

use luguo_wire::Refusal;
use reqwest::Url;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An endpoint's address, ending in a slash, without account, query or fragment.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    base: Url,
}

impl Address {
    pub(crate) fn parse(text: &str) -> Result<Self, Refusal> {
        let mut base = Url::parse(text.trim()).map_err(|fault| not_an_endpoint(&fault))?;
        if base.host().is_none() || !base.username().is_empty() || base.password().is_some() {
            return Err(not_an_endpoint(
                &"the address has no host or carries an account",
            ));
        }
        base.set_query(None);
        base.set_fragment(None);
        if !base.path().ends_with('/') {
            let path = format!("{}/", base.path());
            base.set_path(&path);
        }
        let address = Self { base };
        match address.base.scheme() {
            "https" => Ok(address),
            "http" if address.is_loopback() => Ok(address),
            "http" => Err(Refusal::PlainHttp),
            other => Err(not_an_endpoint(&format!("scheme {other}"))),
        }
    }

    /// Whether it names this machine: the client then uses no proxy, and the name `localhost`
    /// is not asked of any name server.
    pub(crate) fn is_loopback(&self) -> bool {
        let host = self.base.host_str().unwrap_or_default();
        if host.eq_ignore_ascii_case("localhost") {
            return true;
        }
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        match bare.parse::<IpAddr>() {
            Ok(IpAddr::V4(ip)) => ip.is_loopback(),
            Ok(IpAddr::V6(ip)) => ip == Ipv6Addr::LOCALHOST,
            Err(_) => false,
        }
    }

    /// What `localhost` means here.
    pub(crate) fn loopback() -> [IpAddr; 2] {
        [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]
    }

    /// A path of the protocol, relative to the base.
    pub(crate) fn join(&self, path: &str) -> Url {
        self.base
            .join(path)
            .expect("the protocol's own paths are plain ASCII")
    }

    /// Resolves a URL that the other side gave, against the URL it answered at. The token goes
    /// along to it, so another origin is refused.
    pub(crate) fn same_origin(&self, from: &Url, given: &str) -> Result<Url, Refusal> {
        let url = from.join(given).map_err(|fault| not_an_endpoint(&fault))?;
        if url.origin() != self.base.origin() || !url.username().is_empty() {
            return Err(not_an_endpoint(&"an upload URL points to another origin"));
        }
        Ok(url)
    }
}

pub(crate) fn not_an_endpoint(detail: &dyn std::fmt::Display) -> Refusal {
    Refusal::NotAnEndpoint {
        detail: detail.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn plain_http_is_for_loopback_only() {
        for good in [
            "https://kjt.example.gov.cn",
            "https://10.0.0.1:8443/luguo",
            "http://127.0.0.1:8080",
            "http://127.8.0.1",
            "http://[::1]:9",
            "http://localhost:9/",
            "HTTP://LOCALHOST",
        ] {
            assert!(Address::parse(good).is_ok(), "{good}");
        }
        for plain in [
            "http://kjt.example.gov.cn",
            "http://10.0.0.1",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "http://0.0.0.0",
        ] {
            assert_eq!(
                Address::parse(plain).unwrap_err(),
                Refusal::PlainHttp,
                "{plain}"
            );
        }
        for other in [
            "",
            "kjt",
            "ftp://127.0.0.1",
            "https://a:b@127.0.0.1",
            "file:///etc",
        ] {
            assert!(
                matches!(Address::parse(other), Err(Refusal::NotAnEndpoint { .. })),
                "{other}"
            );
        }
    }

    #[test]
    fn an_upload_on_another_origin_is_refused() {
        let address = Address::parse("https://kjt.example.gov.cn/luguo").unwrap();
        let from = address.join("v1/uploads");
        let good = [
            ("uploads/a", "/luguo/v1/uploads/a"),
            ("/luguo/v1/uploads/b", "/luguo/v1/uploads/b"),
            ("https://kjt.example.gov.cn:443/c", "/c"),
        ];
        for (given, path) in good {
            assert_eq!(address.same_origin(&from, given).unwrap().path(), path);
        }
        for bad in [
            "https://evil.example.com/v1/uploads/a",
            "//evil.example.com/a",
            "http://kjt.example.gov.cn/a",
            "https://kjt.example.gov.cn:8443/a",
            "https://me@kjt.example.gov.cn/a",
            "data:text/plain,a",
        ] {
            assert!(address.same_origin(&from, bad).is_err(), "{bad}");
        }
    }
}
