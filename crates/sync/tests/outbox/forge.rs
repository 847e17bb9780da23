//! Receipts as the endpoint in memory signs them: honest ones, and forged ones.

use crate::fake::FakeEndpoint;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{TimeZone as _, Utc};
use luguo_domain::ruling::Ruling;
use luguo_sealed::{Certificate, SigningKey, self_signed_certificate, sign};
use luguo_wire::{Manifest, Receipt, RulingOutcome, RulingRecord, SignedReceipt, SignedRuling};

pub enum Forge {
    /// The text says something else, honestly signed.
    Content(fn(&mut Receipt)),
    /// Signed by this key, with the endpoint's own certificate.
    Key(SigningKey),
    /// Signed by this key, with its own certificate.
    Certificate(SigningKey),
}

pub fn certificate(key: &SigningKey) -> String {
    let made: Certificate =
        self_signed_certificate(key, "endpoint", 1_700_000_000, 2_000_000_000).unwrap();
    made.to_pem().unwrap()
}

impl FakeEndpoint {
    pub fn sign_receipt(&self, manifest: &Manifest, number: u32, epoch: u32) -> SignedReceipt {
        let time = Utc.with_ymd_and_hms(2026, 11, 5, 9, 0, 0).unwrap();
        let mut receipt = Receipt {
            format: Receipt::FORMAT.to_owned(),
            number: format!("SDCG-{}", number),
            package_id: manifest.package_id,
            manifest_digest: manifest.digest(),
            unit: manifest.unit.clone(),
            account: "a".to_owned(),
            receiver: "青岛市科学技术局".to_owned(),
            direct_reporting: false,
            submitted_at: time,
            received_at: time,
            files: manifest.files.clone(),
            desk_audit_head: manifest.audit_head.clone(),
            endpoint_audit_head: "00".repeat(32),
            epoch: epoch.to_string(),
        };
        let forge = self.forge.lock().unwrap();
        if let Some(Forge::Content(change)) = &*forge {
            change(&mut receipt);
        }
        let text = serde_json_canonicalizer::to_string(&receipt).unwrap();
        let (key, certificate_pem) = match &*forge {
            Some(Forge::Key(key)) => (key, self.certificate_pem.clone()),
            Some(Forge::Certificate(key)) => (key, certificate(key)),
            Some(Forge::Content(_)) | None => (&self.key, self.certificate_pem.clone()),
        };
        SignedReceipt {
            signature: STANDARD.encode(sign(key, text.as_bytes())),
            receipt: text,
            certificate_pem,
        }
    }

    pub fn sign_ruling(&self, ruling: &Ruling, outcome: RulingOutcome, place: u64) -> SignedRuling {
        let record = RulingRecord {
            format: RulingRecord::FORMAT.to_owned(),
            ruling: ruling.clone(),
            authority: "青岛市科学技术局".to_owned(),
            recorded_at: Utc.with_ymd_and_hms(2026, 11, 6, 9, 0, 0).unwrap(),
            outcome,
            endpoint_audit_head: "00".repeat(32),
            epoch: "0".to_owned(),
        };
        let record = serde_json_canonicalizer::to_string(&record).unwrap();
        let forge = self.forge.lock().unwrap();
        let key = match &*forge {
            Some(Forge::Key(key)) => key,
            _ => &self.key,
        };
        SignedRuling {
            place,
            signature: STANDARD.encode(sign(key, record.as_bytes())),
            record,
        }
    }
}
