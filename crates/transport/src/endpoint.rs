//! The protocol's calls over HTTP.

use crate::{
    address::{Address, not_an_endpoint},
    answer::{Asked, accepted, json, piece, unreachable},
    body::watched,
    tus,
};
use async_trait::async_trait;
use bytes::Bytes;
use luguo_domain::{PackageId, Sha256Digest, ruling::Ruling};
use luguo_wire::{
    AnnounceAnswer, AssignedAnswer, CommitAnswer, EndpointInfo, LoginAnswer, LoginRequest,
    Manifest, PROTOCOL_VERSION, ProvincialEndpoint, Refusal, RulingsAnswer, SignedRuling, Token,
    TwinsAnswer, TwinsRequest, UploadUrl,
};
use reqwest::{
    Client, RequestBuilder, Url,
    header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION, RANGE},
    redirect,
};
use std::{net::SocketAddr, time::Duration};

/// How long an answer is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Until the connection stands.
    pub connect: Duration,
    /// For a whole small exchange.
    pub answer: Duration,
    /// For a commit, during which the endpoint digests every byte.
    pub commit: Duration,
    /// While sending bytes: without any movement.
    pub stall: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(30),
            commit: Duration::from_secs(120),
            stall: Duration::from_secs(30),
        }
    }
}

/// An endpoint over HTTP.
#[derive(Debug, Clone)]
pub struct HttpEndpoint {
    address: Address,
    client: Client,
    patience: Patience,
}

impl HttpEndpoint {
    /// Prepares calls to an address; calls nothing yet.
    ///
    /// # Errors
    /// [`Refusal::PlainHttp`] for plain HTTP to another machine, [`Refusal::NotAnEndpoint`] for
    /// what is no http address, [`Refusal::Unreachable`] when TLS cannot be set up here.
    pub fn new(base_url: &str) -> Result<Self, Refusal> {
        Self::with_patience(base_url, Patience::default())
    }

    /// [`HttpEndpoint::new`] with other time limits.
    ///
    /// # Errors
    /// As [`HttpEndpoint::new`].
    pub fn with_patience(base_url: &str, patience: Patience) -> Result<Self, Refusal> {
        let address = Address::parse(base_url)?;
        let mut headers = HeaderMap::new();
        headers.insert("LuGuo-Protocol", HeaderValue::from(PROTOCOL_VERSION));
        let mut builder = Client::builder()
            .user_agent(concat!("LuGuo/", env!("CARGO_PKG_VERSION")))
            .default_headers(headers)
            .connect_timeout(patience.connect)
            .redirect(redirect::Policy::none())
            .tcp_nodelay(true);
        if address.is_loopback() {
            let places = Address::loopback().map(|ip| SocketAddr::new(ip, 0));
            builder = builder.no_proxy().resolve_to_addrs("localhost", &places);
        }
        Ok(Self {
            address,
            client: builder.build().map_err(unreachable)?,
            patience,
        })
    }

    /// The address in full form, as it is stored.
    pub fn url(&self) -> String {
        self.address.join("").into()
    }

    fn package(&self, package: PackageId, rest: &str) -> Url {
        self.address.join(&format!("v1/packages/{package}{rest}"))
    }

    /// A list that is read from a place on.
    fn after(&self, path: &str, after: u64) -> Url {
        let mut url = self.address.join(path);
        url.query_pairs_mut()
            .append_pair("after", &after.to_string());
        url
    }

    /// A stored upload URL as an absolute one, never on another origin.
    fn upload(&self, upload: &UploadUrl) -> Result<Url, Refusal> {
        self.address
            .same_origin(&self.address.join("v1/uploads"), &upload.0)
    }

    async fn send(&self, request: RequestBuilder) -> Result<reqwest::Response, Refusal> {
        request
            .timeout(self.patience.answer)
            .send()
            .await
            .map_err(unreachable)
    }
}

#[async_trait]
impl ProvincialEndpoint for HttpEndpoint {
    async fn info(&self) -> Result<EndpointInfo, Refusal> {
        let request = self.client.get(self.address.join("v1/endpoint"));
        json(self.send(request).await?, Asked::Info).await
    }

    async fn login(&self, request: LoginRequest) -> Result<LoginAnswer, Refusal> {
        let request = self
            .client
            .post(self.address.join("v1/login"))
            .json(&request);
        json(self.send(request).await?, Asked::Login).await
    }

    async fn announce(
        &self,
        token: &Token,
        manifest: &Manifest,
    ) -> Result<AnnounceAnswer, Refusal> {
        let request = self
            .client
            .put(self.package(manifest.package_id, ""))
            .bearer_auth(&token.0)
            .json(manifest);
        json(self.send(request).await?, Asked::Package).await
    }

    async fn create_upload(
        &self,
        token: &Token,
        package: PackageId,
        sha256: Sha256Digest,
        size: u64,
    ) -> Result<UploadUrl, Refusal> {
        let request = self
            .client
            .post(self.address.join("v1/uploads"))
            .bearer_auth(&token.0)
            .header(tus::RESUMABLE.0, tus::RESUMABLE.1)
            .header(tus::UPLOAD_LENGTH, size)
            .header(tus::UPLOAD_METADATA, tus::metadata(package, sha256))
            .header(CONTENT_LENGTH, 0);
        let answer = accepted(self.send(request).await?, Asked::Upload).await?;
        let given = answer
            .headers()
            .get(LOCATION)
            .and_then(|value| value.to_str().ok())
            .filter(|value| !value.is_empty())
            .ok_or_else(|| not_an_endpoint(&"an upload without Location"))?;
        let url = self.address.same_origin(answer.url(), given)?;
        // Path only: the upload goes on though the endpoint moves to another host or port.
        Ok(UploadUrl(match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        }))
    }

    async fn upload_offset(&self, token: &Token, upload: &UploadUrl) -> Result<u64, Refusal> {
        let request = self
            .client
            .head(self.upload(upload)?)
            .bearer_auth(&token.0)
            .header(tus::RESUMABLE.0, tus::RESUMABLE.1);
        let answer = accepted(self.send(request).await?, Asked::Upload).await?;
        tus::offset(&answer).ok_or_else(|| not_an_endpoint(&"an upload without Upload-Offset"))
    }

    async fn append(
        &self,
        token: &Token,
        upload: &UploadUrl,
        offset: u64,
        bytes: Bytes,
    ) -> Result<u64, Refusal> {
        let length = bytes.len();
        let (body, movement) = watched(bytes);
        let sent = self
            .client
            .patch(self.upload(upload)?)
            .bearer_auth(&token.0)
            .header(tus::RESUMABLE.0, tus::RESUMABLE.1)
            .header(tus::UPLOAD_OFFSET, offset)
            .header(CONTENT_TYPE, tus::OFFSET_OCTETS)
            .header(CONTENT_LENGTH, length)
            .body(body)
            .send();
        let answer = tokio::select! {
            answer = sent => answer.map_err(unreachable)?,
            () = movement.stalled(self.patience.stall) => {
                return Err(Refusal::Unreachable { detail: "the transfer stands still".to_owned() });
            }
        };
        let answer = accepted(answer, Asked::Upload).await?;
        tus::offset(&answer).ok_or_else(|| not_an_endpoint(&"an upload without Upload-Offset"))
    }

    async fn commit(&self, token: &Token, package: PackageId) -> Result<CommitAnswer, Refusal> {
        let answer = self
            .client
            .post(self.package(package, "/commit"))
            .bearer_auth(&token.0)
            .header(CONTENT_LENGTH, 0)
            .timeout(self.patience.commit)
            .send()
            .await
            .map_err(unreachable)?;
        json(answer, Asked::Package).await
    }

    async fn twins(&self, token: &Token, request: &TwinsRequest) -> Result<TwinsAnswer, Refusal> {
        let request = self
            .client
            .post(self.address.join("v1/twins"))
            .bearer_auth(&token.0)
            .json(request);
        json(self.send(request).await?, Asked::Twins).await
    }

    async fn assigned(&self, token: &Token, after: u64) -> Result<AssignedAnswer, Refusal> {
        let request = self
            .client
            .get(self.after("v1/assigned", after))
            .bearer_auth(&token.0);
        json(self.send(request).await?, Asked::Assigned).await
    }

    async fn fetch(
        &self,
        token: &Token,
        package: PackageId,
        sha256: Sha256Digest,
        offset: u64,
        length: u64,
    ) -> Result<Bytes, Refusal> {
        let last = offset.saturating_add(length.max(1)) - 1;
        let asked = self
            .client
            .get(self.package(package, &format!("/contents/{sha256}")))
            .bearer_auth(&token.0)
            .header(RANGE, format!("bytes={offset}-{last}"))
            .send();
        // Until the head comes an answer's patience; after that only standing still ends it.
        let answer = tokio::time::timeout(self.patience.answer, asked)
            .await
            .map_err(|_| Refusal::Unreachable {
                detail: "no answer in time".to_owned(),
            })?
            .map_err(unreachable)?;
        piece(answer, offset, length, self.patience.stall).await
    }

    async fn rule(&self, token: &Token, ruling: &Ruling) -> Result<SignedRuling, Refusal> {
        let request = self
            .client
            .post(self.package(ruling.package, "/rulings"))
            .bearer_auth(&token.0)
            .json(ruling);
        json(self.send(request).await?, Asked::Package).await
    }

    async fn rulings(&self, token: &Token, after: u64) -> Result<RulingsAnswer, Refusal> {
        let request = self
            .client
            .get(self.after("v1/rulings", after))
            .bearer_auth(&token.0);
        json(self.send(request).await?, Asked::Assigned).await
    }
}
