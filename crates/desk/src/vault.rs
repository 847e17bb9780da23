//! Vaults: which are known, making one, opening and closing it.

use crate::{app, bin, care, desk::Desk, failure, names, people, places};
use luguo_domain::{AccountId, Role, passphrase::PassphraseProfile};
use luguo_ipc::{
    AppStatusView, Failure, FailureCode, VaultCreateRequest, VaultEntryView, VaultUnlockRequest,
};
use luguo_store::{NewVault, Passphrase, Vault};
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};
use uuid::Uuid;

pub(crate) const EXTENSION: &str = "luguo";

/// The vaults of this edition that are there now: those used before, the last first, then the
/// others of the program's folder by name. Those of the other edition are not listed: they
/// cannot be opened here.
pub(crate) fn known(desk: &Desk) -> Vec<VaultEntryView> {
    let mut paths = places::list(&desk.host.vaults);
    let mut beside: Vec<_> = std::fs::read_dir(&desk.host.vaults)
        .into_iter()
        .flatten()
        .filter_map(|entry| std::path::absolute(entry.ok()?.path()).ok())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == EXTENSION)
        })
        .filter(|path| !paths.contains(path))
        .collect();
    beside.sort();
    paths.extend(beside);
    paths
        .into_iter()
        .filter(|path| luguo_store::kind_of(path).is_ok_and(|kind| kind == desk.host.edition))
        .map(|path| VaultEntryView {
            token: token(desk, &path),
            name: stem(&path),
            people: luguo_store::people(&path).unwrap_or_default(),
        })
        .collect()
}

/// A vault in the program's folder is named by its file name, one elsewhere by a digest of its
/// place: the page never sees a path.
fn token(desk: &Desk, path: &Path) -> String {
    if path.parent() == std::path::absolute(&desk.host.vaults).ok().as_deref() {
        return crate::intake::file_name(path);
    }
    let digest = Sha256::digest(path.to_string_lossy().as_bytes());
    format!("place-{}", hex::encode(&digest[..16]))
}

pub(crate) fn stem(path: &Path) -> String {
    path.file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}

pub(crate) fn create(desk: &Desk, request: VaultCreateRequest) -> Result<AppStatusView, Failure> {
    let unit = app::unit_of(request.unit);
    if unit.name.is_empty() {
        return Err(Failure::new(
            FailureCode::Invalid,
            "请填写单位名称，与登记证书和公章一致。",
        ));
    }
    let path = match &request.place {
        Some(token) => {
            let mut path = desk.intake.get(token)?;
            if path.extension().is_none() {
                path.set_extension(EXTENSION);
            }
            path
        }
        None => {
            std::fs::create_dir_all(&desk.host.vaults)
                .map_err(|fault| failure::file("保管库文件夹", &fault))?;
            desk.host
                .vaults
                .join(format!("{}.{EXTENSION}", names::safe(&unit.name)))
        }
    };
    create_at(
        desk,
        &path,
        unit,
        &request.person,
        request.passphrase.into_text(),
    )?;
    places::remember(&desk.host.vaults, &path);
    app::status(desk)
}

/// Makes a vault at a path; for hosts that know paths.
pub(crate) fn create_at(
    desk: &Desk,
    path: &Path,
    unit: luguo_store::Unit,
    person: &str,
    passphrase: String,
) -> Result<(), Failure> {
    let person = people::check_name(person)?;
    care::check_passphrase(PassphraseProfile::default(), &passphrase)?;
    desk.let_go();
    let vault = Vault::create(
        path,
        NewVault {
            kind: desk.host.edition,
            id: Uuid::now_v7(),
            unit,
            account: AccountId(Uuid::now_v7()),
            person: &person,
            roles: &[Role::Preparer, Role::SystemAdministrator],
            passphrase: &Passphrase::new(passphrase),
            process: std::process::id(),
            now: desk.now(),
        },
    )
    .map_err(failure::open)?;
    desk.put(Some(vault));
    Ok(())
}

pub(crate) fn unlock(desk: &Desk, request: VaultUnlockRequest) -> Result<AppStatusView, Failure> {
    let path = resolve(desk, &request.vault)?;
    open_at(desk, &path, &request.person, request.passphrase.into_text())?;
    places::remember(&desk.host.vaults, &path);
    app::status(desk)
}

/// Opens a vault at a path; for hosts that know paths.
pub(crate) fn open_at(
    desk: &Desk,
    path: &Path,
    person: &str,
    passphrase: String,
) -> Result<(), Failure> {
    desk.let_go();
    let vault = Vault::open(
        path,
        desk.host.edition,
        person.trim(),
        &Passphrase::new(passphrase),
        std::process::id(),
        desk.now(),
    )
    .map_err(failure::open)?;
    opened(desk, vault);
    Ok(())
}

/// What happens once a vault is open: what was dropped before gives its space back.
pub(crate) fn opened(desk: &Desk, vault: Vault) {
    desk.put(Some(vault.clone()));
    bin::give_space_back(desk, vault);
}

pub(crate) fn resolve(desk: &Desk, token: &str) -> Result<PathBuf, Failure> {
    if let Some(path) = desk.intake.path(token) {
        return Ok(path);
    }
    if let Some(path) = places::list(&desk.host.vaults)
        .into_iter()
        .find(|path| self::token(desk, path) == token)
    {
        return Ok(path);
    }
    let is_name = Path::new(token)
        .file_name()
        .is_some_and(|name| name == token);
    let path = desk.host.vaults.join(token);
    if is_name && path.exists() {
        Ok(path)
    } else {
        Err(failure::open(luguo_store::OpenFault::NotFound))
    }
}

impl Desk {
    /// Makes a vault at a path and opens it: for the command line, which knows paths.
    ///
    /// # Errors
    /// A [`Failure`] with a sentence for the user.
    pub fn create_vault_at(
        &self,
        path: &Path,
        unit: luguo_ipc::UnitProfile,
        person: &str,
        passphrase: String,
    ) -> Result<(), Failure> {
        create_at(self, path, app::unit_of(unit), person, passphrase)
    }

    /// Opens a vault at a path: for the command line, which knows paths.
    ///
    /// # Errors
    /// A [`Failure`] with a sentence for the user.
    pub fn open_vault_at(
        &self,
        path: &Path,
        person: &str,
        passphrase: String,
    ) -> Result<(), Failure> {
        open_at(self, path, person, passphrase)
    }
}
