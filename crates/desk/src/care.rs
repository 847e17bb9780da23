//! What the vault asks of its people: policy, the age of passphrases, backups that are due.

use crate::{desk::Desk, failure};
use luguo_domain::{
    Moment, Role,
    passphrase::{PassphraseFault, PassphraseProfile},
};
use luguo_ipc::{
    AppStatusView, CareView, Failure, FailureCode, PassphraseChangeRequest, PolicyRequest,
};
use luguo_store::{Account, Passphrase, Policy, Vault};

/// Why the passphrase of the person at work has to be changed before anything else.
pub(crate) fn passphrase_due(vault: &Vault, now: Moment) -> Option<String> {
    if vault.me().must_change {
        return Some("这个密码是别人替您设的，请先换成只有您自己知道的密码，然后继续。".to_owned());
    }
    let days = vault.policy().ok()?.passphrases.days()?;
    let age = now - vault.passphrase_set_at().ok()??;
    (age.num_days() >= days).then(|| {
        format!(
            "密码已经用了 {} 天，请先换一个新密码，填写的内容都在。",
            age.num_days()
        )
    })
}

/// What the window shows of it; `None` where the vault cannot be read now.
pub(crate) fn view(desk: &Desk, vault: &Vault) -> Result<CareView, Failure> {
    let now = desk.now();
    let policy = vault.policy().map_err(failure::store)?;
    let accounts = vault.accounts().map_err(failure::store)?;
    let set_at = vault.passphrase_set_at().map_err(failure::store)?;
    let backup = vault.last_backup().map_err(failure::store)?;
    let pending = vault.pending_imports().map_err(failure::store)?;
    let me = me(vault, &accounts);
    let has_content = vault.has_declarations().map_err(failure::store)?;
    Ok(CareView {
        passphrase_due: desk.passphrase_due(),
        passphrase_days: policy.passphrases.days().zip(set_at).map(|(days, at)| {
            u32::try_from((days - (now - at).num_days()).max(0)).unwrap_or_default()
        }),
        passphrases: policy.passphrases,
        passphrase_rule: rule(policy.passphrases),
        idle_minutes: policy.idle_minutes,
        may_administer: me.is(Role::SystemAdministrator),
        may_set_policy: may_set_policy(&me, &accounts),
        may_audit: may_audit(&me, &accounts),
        recovery_sheet_at: policy.recovery_sheet_at.map(|at| at.to_rfc3339()),
        backup_at: backup.as_ref().map(|row| row.at.to_rfc3339()),
        backup_days: policy.backup_days,
        backup_due: backup_due(&me, has_content, backup.map(|row| row.at), &policy, now),
        pending_imports: pending.len() as u32,
    })
}

/// The person at work with the roles of now.
pub(crate) fn me(vault: &Vault, accounts: &[Account]) -> Account {
    accounts
        .iter()
        .find(|account| account.id == vault.me().id)
        .unwrap_or(vault.me())
        .clone()
}

/// An auditor only looks on; whoever works in the vault is asked for backups.
fn backup_due(
    me: &Account,
    has_content: bool,
    last: Option<Moment>,
    policy: &Policy,
    now: Moment,
) -> Option<String> {
    if me.is(Role::Auditor) || !has_content {
        return None;
    }
    match last {
        None => Some("这个保管库还没有备份过。请备份到另一块硬盘或 U 盘。".to_owned()),
        Some(at) => {
            let days = (now - at).num_days();
            (days >= i64::from(policy.backup_days))
                .then(|| format!("上次备份是 {days} 天前。请备份到另一块硬盘或 U 盘。"))
        }
    }
}

/// The security officer sets the policy; in a unit without one, the administrator does.
fn may_set_policy(me: &Account, accounts: &[Account]) -> bool {
    me.is(Role::SecurityOfficer)
        || me.is(Role::SystemAdministrator) && !anybody(accounts, Role::SecurityOfficer)
}

/// The auditor and the security officer read the records; in a unit without an auditor, the
/// administrator does.
pub(crate) fn may_audit(me: &Account, accounts: &[Account]) -> bool {
    me.is(Role::Auditor)
        || me.is(Role::SecurityOfficer)
        || me.is(Role::SystemAdministrator) && !anybody(accounts, Role::Auditor)
}

fn anybody(accounts: &[Account], role: Role) -> bool {
    accounts
        .iter()
        .any(|account| account.is(role) && account.disabled_at.is_none())
}

/// The rule for passphrases in a sentence.
pub(crate) fn rule(profile: PassphraseProfile) -> String {
    match profile {
        PassphraseProfile::Composed => {
            "至少 10 位，大写字母、小写字母、数字、其他符号占三种；90 天换一次，不能与最近 5 次相同。"
        }
        PassphraseProfile::Long => "至少 15 位，写成一句话也可以；不能与最近 5 次相同。",
    }
    .to_owned()
}

/// Refuses a passphrase that the profile does not take.
pub(crate) fn check_passphrase(profile: PassphraseProfile, text: &str) -> Result<(), Failure> {
    profile.check(text).map_err(|fault| {
        let found = match fault {
            PassphraseFault::Short { found, least } => {
                format!("密码至少 {least} 位，现在是 {found} 位。")
            }
            PassphraseFault::Classes { found, least } => format!(
                "密码要有大写字母、小写字母、数字、其他符号中的 {least} 种，现在是 {found} 种。"
            ),
        };
        Failure::new(FailureCode::Invalid, found)
    })
}

pub(crate) fn change_passphrase(
    desk: &Desk,
    request: PassphraseChangeRequest,
) -> Result<AppStatusView, Failure> {
    // Also while it is due: this is the way out.
    let Some(vault) = desk.peek() else {
        return desk.vault().and_then(|_| crate::app::status(desk));
    };
    let policy = vault.policy().map_err(failure::store)?;
    check_passphrase(policy.passphrases, request.new.as_str())?;
    vault
        .change_passphrase(
            &Passphrase::new(request.old.into_text()),
            &Passphrase::new(request.new.into_text()),
            desk.now(),
        )
        .map_err(failure::passphrase)?;
    desk.passphrase_is_new();
    crate::app::status(desk)
}

pub(crate) fn save_policy(desk: &Desk, request: &PolicyRequest) -> Result<AppStatusView, Failure> {
    let vault = desk.vault()?;
    let accounts = vault.accounts().map_err(failure::store)?;
    if !may_set_policy(&me(&vault, &accounts), &accounts) {
        return Err(Failure::new(
            FailureCode::Forbidden,
            "安全要求由安全保密员设定；单位没有安全保密员时由系统管理员设定。",
        ));
    }
    if !(1..=15).contains(&request.idle_minutes) {
        return Err(Failure::new(
            FailureCode::Invalid,
            "自动锁定的时间应为 1 到 15 分钟。",
        ));
    }
    if !(1..=90).contains(&request.backup_days) {
        return Err(Failure::new(
            FailureCode::Invalid,
            "提醒备份的间隔应为 1 到 90 天。",
        ));
    }
    let policy = Policy {
        passphrases: request.passphrases,
        idle_minutes: request.idle_minutes,
        backup_days: request.backup_days,
        recovery_sheet_at: None,
    };
    vault
        .save_policy(&policy, desk.now())
        .map_err(failure::store)?;
    crate::app::status(desk)
}
