//! An endpoint in memory that keeps the protocol's rules and breaks where a test says so.

use crate::forge::{Forge, certificate};
use async_trait::async_trait;
use bytes::Bytes;
use chrono::{TimeZone as _, Utc};
use luguo_domain::{PackageId, Sha256Digest, State as LifeState, ruling::Ruling};
use luguo_sealed::SigningKey;
use luguo_wire::{
    AnnounceAnswer, AssignedAnswer, AssignedPackage, CommitAnswer, EndpointInfo, LoginAnswer,
    LoginRequest, Manifest, PROTOCOL_VERSION, ProvincialEndpoint, Refusal, RulingOutcome,
    RulingRecord, RulingsAnswer, SignedReceipt, SignedRuling, Token, TwinsAnswer, TwinsRequest,
    UploadUrl,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
};

pub const TOKEN: &str = "token";
/// The account of an authority; every other one is a unit's.
pub const BUREAU: &str = "bureau";
pub const PASSWORD: &str = "password";

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Call {
    Info,
    Login,
    Announce,
    Create,
    Offset,
    Append,
    Commit,
    Twins,
    Assigned,
    Fetch,
    Rule,
    Rulings,
}

/// A fault for the next call of a kind.
struct Fault {
    call: Call,
    package: Option<PackageId>,
    refusal: Refusal,
    /// The call is done and only its answer is lost.
    done: bool,
    /// Happens again and again.
    lasting: bool,
}

struct Upload {
    package: PackageId,
    sha256: Sha256Digest,
    size: u64,
    bytes: Vec<u8>,
}

#[derive(Default)]
struct State {
    faults: Vec<Fault>,
    manifests: BTreeMap<PackageId, Manifest>,
    contents: BTreeMap<Sha256Digest, Vec<u8>>,
    uploads: BTreeMap<String, Upload>,
    receipts: BTreeMap<PackageId, SignedReceipt>,
    calls: Vec<Call>,
    numbers: u32,
    epoch: u32,
    rot: BTreeSet<Sha256Digest>,
    cut_pieces: bool,
    rulings: Vec<SignedRuling>,
}

pub struct FakeEndpoint {
    state: Mutex<State>,
    pub(crate) key: SigningKey,
    pub(crate) certificate_pem: String,
    /// Changes a receipt's text before or after it is signed.
    pub forge: Mutex<Option<Forge>>,
}

impl FakeEndpoint {
    pub fn new() -> Self {
        let key = SigningKey::generate().unwrap();
        Self {
            certificate_pem: certificate(&key),
            state: Mutex::default(),
            key,
            forge: Mutex::default(),
        }
    }

    fn fault(
        &self,
        call: Call,
        package: Option<PackageId>,
        refusal: Refusal,
        done: bool,
        lasting: bool,
    ) {
        self.state.lock().unwrap().faults.push(Fault {
            call,
            package,
            refusal,
            done,
            lasting,
        });
    }

    /// The next call of this kind is refused.
    pub fn refuse(&self, call: Call, refusal: Refusal) {
        self.fault(call, None, refusal, false, false);
    }

    /// Every call of this kind is refused until [`FakeEndpoint::heal`].
    pub fn refuse_always(&self, call: Call, refusal: Refusal) {
        self.fault(call, None, refusal, false, true);
    }

    /// Every call of this kind for one package is refused.
    pub fn poison(&self, call: Call, package: PackageId, refusal: Refusal) {
        self.fault(call, Some(package), refusal, false, true);
    }

    /// The next call of this kind is done; its answer is lost.
    pub fn lose_answer(&self, call: Call) {
        self.fault(call, None, unreachable(), true, false);
    }

    /// The second piece of a content is cut off before it arrives.
    pub fn cut_at_second_piece(&self) {
        self.state.lock().unwrap().cut_pieces = true;
    }

    pub fn heal(&self) {
        let mut state = self.state.lock().unwrap();
        state.faults.clear();
        state.cut_pieces = false;
    }

    /// A content arrives damaged, once.
    pub fn damage_once(&self, sha256: Sha256Digest) {
        self.state.lock().unwrap().rot.insert(sha256);
    }

    /// Puts other bytes where a package's record was, and a manifest that says so.
    pub fn replace_record(&self, package: PackageId, path: &str, bytes: &[u8]) {
        let mut state = self.state.lock().unwrap();
        let manifest = state.manifests.get_mut(&package).unwrap();
        let file = manifest.files.iter_mut().find(|file| file.path == path);
        let file = file.unwrap();
        file.sha256 = Sha256Digest::of(bytes);
        file.size = bytes.len() as u64;
        state
            .contents
            .insert(Sha256Digest::of(bytes), bytes.to_vec());
    }

    /// Restored from a backup that has nothing of what came since, under a new epoch.
    pub fn restore_empty(&self) {
        let mut state = self.state.lock().unwrap();
        state.manifests.clear();
        state.contents.clear();
        state.uploads.clear();
        state.receipts.clear();
        state.epoch += 1;
    }

    /// Restored with its receipts and without its files.
    pub fn restore_without_contents(&self) {
        let mut state = self.state.lock().unwrap();
        state.contents.clear();
        state.uploads.clear();
        state.epoch += 1;
    }

    pub fn forget_uploads(&self) {
        self.state.lock().unwrap().uploads.clear();
    }

    pub fn calls(&self) -> Vec<Call> {
        std::mem::take(&mut self.state.lock().unwrap().calls)
    }

    pub fn count(&self, call: Call) -> usize {
        let state = self.state.lock().unwrap();
        state.calls.iter().filter(|made| **made == call).count()
    }

    pub fn packages(&self) -> usize {
        self.state.lock().unwrap().receipts.len()
    }

    pub fn contents(&self) -> BTreeMap<Sha256Digest, Vec<u8>> {
        self.state.lock().unwrap().contents.clone()
    }

    pub fn certificate_pem(&self) -> String {
        self.certificate_pem.clone()
    }

    /// Does a call under its scripted fault.
    fn during<T>(
        &self,
        call: Call,
        package: Option<PackageId>,
        token: Option<&Token>,
        act: impl FnOnce(&mut State) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let mut state = self.state.lock().unwrap();
        state.calls.push(call);
        if token.is_some_and(|token| token.0 != TOKEN) {
            return Err(Refusal::SignInEnded);
        }
        let hit = state.faults.iter().position(|fault| {
            fault.call == call && (fault.package.is_none() || fault.package == package)
        });
        let Some(hit) = hit else {
            return act(&mut state);
        };
        let refusal = state.faults[hit].refusal.clone();
        let done = state.faults[hit].done;
        if !state.faults[hit].lasting {
            state.faults.remove(hit);
        }
        if done {
            act(&mut state)?;
        }
        Err(refusal)
    }
}

pub fn unreachable() -> Refusal {
    Refusal::Unreachable {
        detail: "scripted".to_owned(),
    }
}

fn missing(state: &State, manifest: &Manifest) -> Vec<Sha256Digest> {
    let wanted: BTreeSet<_> = manifest.files.iter().map(|file| file.sha256).collect();
    wanted
        .into_iter()
        .filter(|sha256| !state.contents.contains_key(sha256))
        .collect()
}

#[async_trait]
impl ProvincialEndpoint for FakeEndpoint {
    async fn info(&self) -> Result<EndpointInfo, Refusal> {
        self.during(Call::Info, None, None, |state| {
            Ok(EndpointInfo {
                name: "接收端".to_owned(),
                protocols: vec![PROTOCOL_VERSION],
                epoch: state.epoch.to_string(),
                certificate_pem: self.certificate_pem.clone(),
                time: Utc.with_ymd_and_hms(2026, 11, 5, 9, 0, 0).unwrap(),
            })
        })
    }

    async fn login(&self, request: LoginRequest) -> Result<LoginAnswer, Refusal> {
        self.during(Call::Login, None, None, |_| {
            if request.password != PASSWORD {
                return Err(Refusal::SignInRefused);
            }
            Ok(LoginAnswer {
                token: Token(TOKEN.to_owned()),
                expires_at: Utc.with_ymd_and_hms(2026, 11, 5, 18, 0, 0).unwrap(),
                authority: request.account == BUREAU,
                account: request.account,
                unit: "青岛海洋装备研究院".to_owned(),
            })
        })
    }

    async fn announce(
        &self,
        token: &Token,
        manifest: &Manifest,
    ) -> Result<AnnounceAnswer, Refusal> {
        let id = manifest.package_id;
        self.during(Call::Announce, Some(id), Some(token), |state| {
            let known = state
                .manifests
                .entry(id)
                .or_insert_with(|| manifest.clone());
            if known != manifest {
                return Err(Refusal::OtherManifest {
                    ours: manifest.digest(),
                    theirs: known.digest(),
                });
            }
            Ok(AnnounceAnswer {
                manifest_digest: manifest.digest(),
                missing: missing(state, manifest),
                receipt: state.receipts.get(&id).cloned(),
            })
        })
    }

    async fn create_upload(
        &self,
        token: &Token,
        package: PackageId,
        sha256: Sha256Digest,
        size: u64,
    ) -> Result<UploadUrl, Refusal> {
        self.during(Call::Create, Some(package), Some(token), |state| {
            let url = format!(
                "/v1/uploads/{}",
                state.uploads.len() + 1000 * state.calls.len()
            );
            state.uploads.insert(
                url.clone(),
                Upload {
                    package,
                    sha256,
                    size,
                    bytes: Vec::new(),
                },
            );
            Ok(UploadUrl(url))
        })
    }

    async fn upload_offset(&self, token: &Token, upload: &UploadUrl) -> Result<u64, Refusal> {
        self.during(Call::Offset, None, Some(token), |state| {
            let upload = state.uploads.get(&upload.0).ok_or(Refusal::Unknown)?;
            Ok(upload.bytes.len() as u64)
        })
    }

    async fn append(
        &self,
        token: &Token,
        upload: &UploadUrl,
        offset: u64,
        bytes: Bytes,
    ) -> Result<u64, Refusal> {
        let package = self
            .state
            .lock()
            .unwrap()
            .uploads
            .get(&upload.0)
            .map(|it| it.package);
        self.during(Call::Append, package, Some(token), |state| {
            if state.cut_pieces && offset > 0 {
                return Err(unreachable());
            }
            let known = state.uploads.get_mut(&upload.0).ok_or(Refusal::Unknown)?;
            if known.bytes.len() as u64 != offset {
                return Err(Refusal::OtherOffset);
            }
            known.bytes.extend_from_slice(&bytes);
            let offset = known.bytes.len() as u64;
            if offset == known.size {
                let (sha256, bytes) = (known.sha256, known.bytes.clone());
                let sound = Sha256Digest::of(&bytes) == sha256;
                assert!(sound, "what arrives whole has its digest");
                if !state.rot.remove(&sha256) {
                    state.contents.insert(sha256, bytes);
                }
            }
            Ok(offset)
        })
    }

    async fn commit(&self, token: &Token, package: PackageId) -> Result<CommitAnswer, Refusal> {
        self.during(Call::Commit, Some(package), Some(token), |state| {
            let manifest = state
                .manifests
                .get(&package)
                .cloned()
                .ok_or(Refusal::Unknown)?;
            let missing = missing(state, &manifest);
            if !missing.is_empty() {
                return Err(Refusal::BlobsMissing { missing });
            }
            if let Some(receipt) = state.receipts.get(&package).cloned() {
                return Ok(CommitAnswer::Received { receipt });
            }
            let receipt = {
                state.numbers += 1;
                self.sign_receipt(&manifest, state.numbers, state.epoch)
            };
            state.receipts.insert(package, receipt.clone());
            Ok(CommitAnswer::Received { receipt })
        })
    }

    async fn twins(&self, token: &Token, _: &TwinsRequest) -> Result<TwinsAnswer, Refusal> {
        self.during(Call::Twins, None, Some(token), |_| {
            Ok(TwinsAnswer { twins: Vec::new() })
        })
    }

    async fn assigned(&self, token: &Token, after: u64) -> Result<AssignedAnswer, Refusal> {
        self.during(Call::Assigned, None, Some(token), |state| {
            let mut told = state
                .receipts
                .keys()
                .zip(1..)
                .filter(|(_, place)| *place > after);
            // Two at a time, so that a short list has parts.
            let packages = told
                .by_ref()
                .take(2)
                .map(|(package, place)| AssignedPackage {
                    place,
                    number: format!("SDCG-20261105-{place:05}"),
                    received_at: Utc.with_ymd_and_hms(2026, 11, 5, 9, 0, 0).unwrap(),
                    manifest: state.manifests[package].clone(),
                })
                .collect();
            Ok(AssignedAnswer {
                packages,
                more: told.next().is_some(),
            })
        })
    }

    async fn fetch(
        &self,
        token: &Token,
        package: PackageId,
        sha256: Sha256Digest,
        offset: u64,
        length: u64,
    ) -> Result<Bytes, Refusal> {
        self.during(Call::Fetch, Some(package), Some(token), |state| {
            if state.cut_pieces && offset > 0 {
                return Err(unreachable());
            }
            let content = state.contents.get(&sha256).ok_or(Refusal::Unknown)?;
            let from = usize::try_from(offset).unwrap();
            let mut piece = content[from..from + usize::try_from(length).unwrap()].to_vec();
            if state.rot.remove(&sha256) {
                piece[0] ^= 1;
            }
            Ok(piece.into())
        })
    }

    async fn rule(&self, token: &Token, ruling: &Ruling) -> Result<SignedRuling, Refusal> {
        self.during(Call::Rule, Some(ruling.package), Some(token), |state| {
            let known = state.rulings.iter().position(|known| {
                let record: RulingRecord = serde_json::from_str(&known.record).unwrap();
                record.ruling.id == ruling.id
            });
            if let Some(known) = known {
                return Ok(state.rulings[known].clone());
            }
            let last = state.rulings.iter().rev().find_map(|known| {
                let record: RulingRecord = serde_json::from_str(&known.record).unwrap();
                match record.outcome {
                    RulingOutcome::Applied { now } if record.ruling.package == ruling.package => {
                        Some((now, record.ruling))
                    }
                    _ => None,
                }
            });
            let stands = last
                .as_ref()
                .map_or(LifeState::AuthorityReview, |(now, _)| *now);
            let is_current = ruling.after == last.as_ref().map(|(_, last)| last.id);
            let outcome = match stands.step(ruling.kind.step()) {
                Ok(now) if is_current => RulingOutcome::Applied { now },
                _ => RulingOutcome::Superseded {
                    stands,
                    newer_revision: None,
                    by: last.map(|(_, last)| Box::new(last)),
                },
            };
            let signed = self.sign_ruling(ruling, outcome, state.rulings.len() as u64 + 1);
            state.rulings.push(signed.clone());
            Ok(signed)
        })
    }

    async fn rulings(&self, token: &Token, after: u64) -> Result<RulingsAnswer, Refusal> {
        self.during(Call::Rulings, None, Some(token), |state| {
            let mut told = state.rulings.iter().filter(|known| known.place > after);
            let rulings = told.by_ref().take(1).cloned().collect();
            Ok(RulingsAnswer {
                rulings,
                more: told.next().is_some(),
            })
        })
    }
}
