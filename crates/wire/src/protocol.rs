//! The protocol as a trait: transport speaks it over HTTP, tests speak it in memory.

use crate::{
    AnnounceAnswer, AssignedAnswer, CommitAnswer, EndpointInfo, LoginAnswer, LoginRequest,
    Manifest, Refusal, RulingsAnswer, SignedRuling, Token, TwinsAnswer, TwinsRequest,
};
use async_trait::async_trait;
use bytes::Bytes;
use luguo_domain::{PackageId, Sha256Digest, ruling::Ruling};

/// Where an upload goes on: a URL that the endpoint made. Stored before the first byte is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadUrl(pub String);

/// One endpoint, as a desk sees it. Object-safe, so that a host can supply it.
#[async_trait]
pub trait ProvincialEndpoint: Send + Sync {
    /// `GET /v1/endpoint`.
    ///
    /// # Errors
    /// [`Refusal::Unreachable`], [`Refusal::NotAnEndpoint`], [`Refusal::PlainHttp`].
    async fn info(&self) -> Result<EndpointInfo, Refusal>;

    /// `POST /v1/login`.
    ///
    /// # Errors
    /// [`Refusal::SignInRefused`] and the connection's.
    async fn login(&self, request: LoginRequest) -> Result<LoginAnswer, Refusal>;

    /// `PUT /v1/packages/{id}`: idempotent; says what is missing.
    ///
    /// # Errors
    /// [`Refusal::OtherManifest`], [`Refusal::SignInEnded`], [`Refusal::Rejected`] and the connection's.
    async fn announce(&self, token: &Token, manifest: &Manifest)
    -> Result<AnnounceAnswer, Refusal>;

    /// tus creation: `POST /v1/uploads` with `Upload-Metadata: sha256, package_id`.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] when no announced manifest of this account lists the content.
    async fn create_upload(
        &self,
        token: &Token,
        package: PackageId,
        sha256: Sha256Digest,
        size: u64,
    ) -> Result<UploadUrl, Refusal>;

    /// tus `HEAD`: how many bytes are safe there.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] when the upload is gone; [`Refusal::Busy`] while locked.
    async fn upload_offset(&self, token: &Token, upload: &UploadUrl) -> Result<u64, Refusal>;

    /// tus `PATCH`: appends bytes at the offset and returns the new one.
    ///
    /// # Errors
    /// [`Refusal::OtherOffset`], [`Refusal::Busy`], [`Refusal::Unknown`] and the connection's.
    async fn append(
        &self,
        token: &Token,
        upload: &UploadUrl,
        offset: u64,
        bytes: Bytes,
    ) -> Result<u64, Refusal>;

    /// `POST /v1/packages/{id}/commit`: idempotent; the same package gives the same receipt.
    ///
    /// # Errors
    /// [`Refusal::BlobsMissing`], [`Refusal::Rejected`], [`Refusal::Unknown`] and the connection's.
    async fn commit(&self, token: &Token, package: PackageId) -> Result<CommitAnswer, Refusal>;

    /// `POST /v1/twins`: achievements that may be the same one. Digests go out, no words.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] from an endpoint that cannot look yet, [`Refusal::SignInEnded`],
    /// [`Refusal::Rejected`] and the connection's.
    async fn twins(&self, token: &Token, request: &TwinsRequest) -> Result<TwinsAnswer, Refusal>;

    /// `GET /v1/assigned?after=N`: what was received for the account's authority after a place.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] to an account of no authority, [`Refusal::SignInEnded`] and the
    /// connection's.
    async fn assigned(&self, token: &Token, after: u64) -> Result<AssignedAnswer, Refusal>;

    /// `GET /v1/packages/{id}/contents/{sha256}` with `Range`: exactly `length` bytes from `offset`
    /// of a content of an assigned package.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] when no package of that id with that content is assigned here,
    /// [`Refusal::SignInEnded`] and the connection's.
    async fn fetch(
        &self,
        token: &Token,
        package: PackageId,
        sha256: Sha256Digest,
        offset: u64,
        length: u64,
    ) -> Result<Bytes, Refusal>;

    /// `POST /v1/packages/{id}/rulings`: idempotent by the ruling's id; says whether it is in force.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] when the package is not assigned to the account's authority,
    /// [`Refusal::Rejected`], [`Refusal::SignInEnded`] and the connection's.
    async fn rule(&self, token: &Token, ruling: &Ruling) -> Result<SignedRuling, Refusal>;

    /// `GET /v1/rulings?after=N`: rulings that concern the account's organisation.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] from an endpoint that has none yet, [`Refusal::SignInEnded`] and the
    /// connection's.
    async fn rulings(&self, token: &Token, after: u64) -> Result<RulingsAnswer, Refusal>;
}
