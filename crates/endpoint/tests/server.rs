//! The endpoint by itself, over HTTP: sign-in, idempotence, ownership, versions, documentation.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use luguo_domain::{DeclarationId, PackageId, Sha256Digest, Sm3Digest};
use luguo_endpoint::{
    FreeSpace, RunningServer, ServerConfig, add_account, add_unit, packages_as_json, start_with,
};
use luguo_wire::{Manifest, ManifestFile};
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};
use sm3::Digest as _;
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use uuid::Uuid;

const CONTENT: &[u8] = b"the bytes of a scan";

/// The guard keeps this much free.
const KEPT_FREE: u64 = 256 << 20;

/// A disk with as much room as the test says.
struct Room(AtomicU64);

impl FreeSpace for Room {
    fn free(&self, _: &Path) -> std::io::Result<u64> {
        Ok(self.0.load(Ordering::Relaxed))
    }
}

struct Place {
    room: Arc<Room>,
    folder: tempfile::TempDir,
    server: Option<RunningServer>,
    url: String,
    client: Client,
}

impl Place {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        for (unit, account) in [("甲单位", "jia"), ("乙单位", "yi")] {
            add_unit(&data, unit, "370200", false).unwrap();
            let password = folder.path().join("password");
            std::fs::write(&password, format!("{account}-password")).unwrap();
            add_account(&data, unit, account, &password).unwrap();
        }
        let mut place = Self {
            room: Arc::new(Room(AtomicU64::new(u64::MAX))),
            folder,
            server: None,
            url: String::new(),
            client: Client::builder().no_proxy().build().unwrap(),
        };
        place.restart().await;
        place
    }

    async fn restart(&mut self) {
        if let Some(server) = self.server.take() {
            server.stop().await;
        }
        let config = ServerConfig {
            data: self.data().to_owned(),
            listen: "127.0.0.1:0".parse().unwrap(),
            token_minutes: 10,
        };
        let server = start_with(config, self.room.clone()).await.unwrap();
        self.url = format!("http://{}", server.address());
        self.server = Some(server);
    }

    fn has_room_for(&self, bytes: usize) {
        let free = KEPT_FREE + bytes as u64;
        self.room.0.store(free, Ordering::Relaxed);
    }

    fn data(&self) -> std::path::PathBuf {
        Path::join(self.folder.path(), "data")
    }

    async fn login(&self, account: &str, password: &str) -> Response {
        self.client
            .post(format!("{}/v1/login", self.url))
            .json(&json!({ "account": account, "password": password }))
            .send()
            .await
            .unwrap()
    }

    async fn token(&self, account: &str) -> String {
        let answer: Value = self
            .login(account, &format!("{account}-password"))
            .await
            .json()
            .await
            .unwrap();
        answer["token"].as_str().unwrap().to_owned()
    }

    async fn announce(&self, token: &str, manifest: &Manifest) -> Response {
        self.client
            .put(format!("{}/v1/packages/{}", self.url, manifest.package_id))
            .bearer_auth(token)
            .json(manifest)
            .send()
            .await
            .unwrap()
    }

    async fn create(&self, token: &str, sha256: Sha256Digest, size: usize) -> Response {
        use base64::{Engine as _, engine::general_purpose::STANDARD};
        self.client
            .post(format!("{}/v1/uploads", self.url))
            .bearer_auth(token)
            .header("Tus-Resumable", "1.0.0")
            .header("Upload-Length", size)
            .header(
                "Upload-Metadata",
                format!("sha256 {}", STANDARD.encode(sha256.to_hex())),
            )
            .send()
            .await
            .unwrap()
    }

    async fn append(&self, token: &str, upload: &str, offset: usize, bytes: &[u8]) -> Response {
        self.client
            .patch(format!("{}{upload}", self.url))
            .bearer_auth(token)
            .header("Tus-Resumable", "1.0.0")
            .header("Upload-Offset", offset)
            .header("Content-Type", "application/offset+octet-stream")
            .body(bytes.to_vec())
            .send()
            .await
            .unwrap()
    }
}

fn manifest(unit: &str) -> Manifest {
    let sha256 = Sha256Digest::of(CONTENT);
    Manifest {
        format: Manifest::FORMAT.to_owned(),
        package_id: PackageId(Uuid::new_v4()),
        declaration_id: DeclarationId(Uuid::new_v4()),
        name: "成果".to_owned(),
        unit: unit.to_owned(),
        revision: 1,
        revision_digest: sha256,
        audit_head: "0".repeat(64),
        files: vec![ManifestFile {
            path: format!("data/blobs/{sha256}"),
            name: "证书.pdf".to_owned(),
            sha256,
            sm3: Sm3Digest(sm3::Sm3::digest(CONTENT).into()),
            size: CONTENT.len() as u64,
        }],
    }
}

#[tokio::test]
async fn wrong_account_and_wrong_password_are_refused_alike_and_five_failures_lock() {
    let place = Place::new().await;
    let unknown = place.login("nobody", "x").await;
    assert_eq!(unknown.status(), StatusCode::UNAUTHORIZED);
    let unknown: Value = unknown.json().await.unwrap();
    for _ in 0..5 {
        let wrong = place.login("jia", "wrong").await;
        assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED);
        let wrong: Value = wrong.json().await.unwrap();
        assert_eq!(wrong, unknown, "constant wording");
    }
    let locked = place.login("jia", "jia-password").await;
    assert_eq!(locked.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(locked.headers().contains_key("retry-after"));
    assert_eq!(
        place.login("yi", "yi-password").await.status(),
        StatusCode::OK
    );
}

#[tokio::test]
async fn announcing_is_idempotent_and_another_manifest_is_told_with_both_digests() {
    let mut place = Place::new().await;
    let token = place.token("jia").await;
    let first = manifest("甲单位");
    for _ in 0..2 {
        let answer: Value = place.announce(&token, &first).await.json().await.unwrap();
        assert_eq!(answer["missing"], json!([Sha256Digest::of(CONTENT)]));
        // It is all there after a restart too, the sign-in included.
        place.restart().await;
    }
    let other = Manifest {
        name: "另一个".to_owned(),
        ..first.clone()
    };
    let answer = place.announce(&token, &other).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["code"], "other_manifest");
    assert_eq!(answer["digests"], json!([other.digest(), first.digest()]));
}

#[tokio::test]
async fn a_package_belongs_to_its_unit() {
    let place = Place::new().await;
    let (jia, yi) = (place.token("jia").await, place.token("yi").await);
    let package = manifest("甲单位");
    assert_eq!(
        place.announce(&jia, &package).await.status(),
        StatusCode::OK
    );
    assert_eq!(
        place.announce(&yi, &package).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY,
        "another unit's name"
    );
    let show = place
        .client
        .get(format!("{}/v1/packages/{}", place.url, package.package_id))
        .bearer_auth(&yi);
    assert_eq!(show.send().await.unwrap().status(), StatusCode::FORBIDDEN);
    let stranger = place
        .create(&yi, Sha256Digest::of(CONTENT), CONTENT.len())
        .await;
    assert_eq!(stranger.status(), StatusCode::FORBIDDEN);
    let unlisted = place.create(&jia, Sha256Digest::of(b"other"), 5).await;
    assert_eq!(unlisted.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_upload_goes_on_at_its_offset_and_wrong_bytes_are_dropped() {
    let place = Place::new().await;
    let token = place.token("jia").await;
    let package = manifest("甲单位");
    place.announce(&token, &package).await;
    for wrong in [true, false] {
        let created = place
            .create(&token, Sha256Digest::of(CONTENT), CONTENT.len())
            .await;
        assert_eq!(created.status(), StatusCode::CREATED);
        let upload = created.headers()["location"].to_str().unwrap().to_owned();
        let half = place.append(&token, &upload, 0, &CONTENT[..9]).await;
        assert_eq!(half.status(), StatusCode::NO_CONTENT);
        let again = place.append(&token, &upload, 0, &CONTENT[..9]).await;
        assert_eq!(again.status(), StatusCode::CONFLICT, "that offset is past");
        let mut rest = CONTENT[9..].to_vec();
        if wrong {
            rest[0] ^= 1;
        }
        let done = place.append(&token, &upload, 9, &rest).await;
        assert_eq!(done.status(), StatusCode::NO_CONTENT);
        let answer: Value = place.announce(&token, &package).await.json().await.unwrap();
        assert_eq!(
            answer["missing"].as_array().unwrap().len(),
            usize::from(wrong)
        );
    }
}

#[tokio::test]
async fn a_commit_before_the_bytes_lists_what_is_missing() {
    let place = Place::new().await;
    let token = place.token("jia").await;
    let package = manifest("甲单位");
    place.announce(&token, &package).await;
    let commit = place
        .client
        .post(format!(
            "{}/v1/packages/{}/commit",
            place.url, package.package_id
        ))
        .bearer_auth(&token);
    let answer = commit.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["code"], "blobs_missing");
    assert_eq!(answer["digests"], json!([Sha256Digest::of(CONTENT)]));
}

#[tokio::test]
async fn a_package_that_does_not_fit_is_refused_before_anything_is_sent() {
    let place = Place::new().await;
    let token = place.token("jia").await;
    let package = manifest("甲单位");
    place.has_room_for(CONTENT.len() - 1);
    let answer = place.announce(&token, &package).await;
    assert_eq!(answer.status(), StatusCode::INSUFFICIENT_STORAGE);
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["code"], "full");
    let message = answer["message"].as_str().unwrap();
    assert!(
        message.contains("还要接收 19 B，可用空间 18 B"),
        "{message}"
    );
    assert_eq!(packages_as_json(&place.data()).unwrap(), json!([]));
    let upload = place
        .create(&token, Sha256Digest::of(CONTENT), CONTENT.len())
        .await;
    assert_eq!(upload.status(), StatusCode::FORBIDDEN, "nothing lists it");

    place.has_room_for(CONTENT.len());
    let answer = place.announce(&token, &package).await;
    assert_eq!(answer.status(), StatusCode::OK, "to the last byte");
}

#[tokio::test]
async fn an_interrupted_upload_needs_room_for_its_rest_only_and_a_whole_one_for_nothing() {
    let place = Place::new().await;
    let token = place.token("jia").await;
    let package = manifest("甲单位");
    place.announce(&token, &package).await;
    let created = place
        .create(&token, Sha256Digest::of(CONTENT), CONTENT.len())
        .await;
    let upload = created.headers()["location"].to_str().unwrap().to_owned();
    place.append(&token, &upload, 0, &CONTENT[..9]).await;

    place.has_room_for(CONTENT.len() - 10);
    let answer = place.announce(&token, &package).await;
    assert_eq!(answer.status(), StatusCode::INSUFFICIENT_STORAGE);
    place.has_room_for(CONTENT.len() - 9);
    let answer = place.announce(&token, &package).await;
    assert_eq!(answer.status(), StatusCode::OK);

    place.append(&token, &upload, 9, &CONTENT[9..]).await;
    place.room.0.store(0, Ordering::Relaxed);
    let answer = place.announce(&token, &package).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["missing"], json!([]));
}

#[tokio::test]
async fn no_token_and_another_protocol_version_are_refused() {
    let place = Place::new().await;
    let package = manifest("甲单位");
    let answer = place.announce("forged", &package).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    let old = place
        .client
        .get(format!("{}/v1/endpoint", place.url))
        .header("LuGuo-Protocol", "99");
    let answer = old.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::UPGRADE_REQUIRED);
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["protocols"], json!([1]));
}

#[tokio::test]
async fn every_route_stands_in_the_openapi_document() {
    let place = Place::new().await;
    let document: Value = place
        .client
        .get(format!("{}/v1/openapi.json", place.url))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let paths = document["paths"].as_object().unwrap();
    for (path, methods) in [
        ("/v1/endpoint", vec!["get"]),
        ("/v1/login", vec!["post"]),
        ("/v1/logout", vec!["post"]),
        ("/v1/packages/{id}", vec!["get", "put"]),
        ("/v1/packages/{id}/commit", vec!["post"]),
        ("/v1/uploads", vec!["post"]),
        ("/v1/uploads/{id}", vec!["delete", "head", "patch"]),
    ] {
        for method in methods {
            assert!(paths[path].get(method).is_some(), "{method} {path}");
        }
    }
}
