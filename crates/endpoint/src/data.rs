//! The data folder: database, key, certificate, uploads, contents.

use anyhow::Context as _;
use luguo_sealed::{Certificate, SigningKey, self_signed_certificate};
use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use uuid::Uuid;

/// Ten years: what receipts are signed with must outlive the receipts' use.
const CERTIFICATE_SECONDS: u64 = 10 * 365 * 24 * 3600;

/// An open data folder. Clones share it.
#[derive(Clone)]
pub(crate) struct Data(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    connection: Mutex<Connection>,
    epoch: String,
}

/// What signs receipts.
pub(crate) struct Signer {
    pub(crate) key: SigningKey,
    pub(crate) certificate: Certificate,
}

impl Data {
    /// Opens a data folder, making what is missing.
    pub(crate) fn open(folder: &Path) -> anyhow::Result<Self> {
        for part in ["blobs", "uploads"] {
            std::fs::create_dir_all(folder.join(part))
                .with_context(|| format!("cannot make {}", folder.join(part).display()))?;
        }
        let connection = Connection::open(folder.join("endpoint.sqlite"))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", "ON")?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        connection.execute_batch(include_str!("schema.sql"))?;
        let known: Option<String> = connection
            .query_row("SELECT epoch FROM meta", [], |row| row.get(0))
            .optional()?;
        let epoch = match known {
            Some(epoch) => epoch,
            None => {
                let epoch = Uuid::new_v4().to_string();
                connection.execute("INSERT INTO meta (one, epoch) VALUES (1, ?1)", [&epoch])?;
                epoch
            }
        };
        Ok(Self(Arc::new(Inner {
            folder: folder.to_owned(),
            connection: Mutex::new(connection),
            epoch,
        })))
    }

    /// Reads or makes key and certificate.
    pub(crate) fn signer(&self, now_seconds: u64) -> anyhow::Result<Signer> {
        let (key_path, certificate_path) = (
            self.0.folder.join("signing.key.pem"),
            self.0.folder.join("signing.certificate.pem"),
        );
        if certificate_path.exists() {
            return Ok(Signer {
                key: SigningKey::from_pkcs8_pem(&std::fs::read_to_string(&key_path)?)?,
                certificate: Certificate::from_pem(&std::fs::read_to_string(&certificate_path)?)?,
            });
        }
        let key = SigningKey::generate()?;
        let certificate = self_signed_certificate(
            &key,
            "山东省重大科技成果征集接收端",
            now_seconds,
            now_seconds + CERTIFICATE_SECONDS,
        )?;
        write_private(&key_path, key.dangerously_to_pkcs8_pem()?.as_bytes())?;
        // Last: a certificate without its key would be found and not work.
        std::fs::write(&certificate_path, certificate.to_pem()?)?;
        Ok(Signer { key, certificate })
    }

    /// The epoch: changed by hand after a restore from backup.
    pub(crate) fn epoch(&self) -> &str {
        &self.0.epoch
    }

    /// The data folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.0.folder
    }

    /// Reads with the connection locked.
    pub(crate) fn read(&self) -> MutexGuard<'_, Connection> {
        self.0
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes in one transaction.
    pub(crate) fn change<T, E: From<rusqlite::Error>>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.read();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = change(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }
}

fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
