//! Who a person is in a vault.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A person's role in the unit's vault.
///
/// Clause 二（二）: nothing leaves the unit before the unit approved it, and who
/// prepared it does not approve it. The three officers are those of GB/T 22239 and of BMB17: one
/// looks after people, one after secrecy, one watches both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 填报人: fills the form and attaches evidence.
    Preparer,
    /// 单位审核人: returns or approves what another person prepared.
    UnitReviewer,
    /// 系统管理员: adds people, gives roles, makes backups.
    SystemAdministrator,
    /// 安全保密员: sets the policy, is the second officer at a reset.
    SecurityOfficer,
    /// 安全审计员: reads and verifies the audit records, and nothing else.
    Auditor,
}

impl Role {
    /// Every role, in the order a list shows them.
    pub const ALL: [Role; 5] = [
        Role::Preparer,
        Role::UnitReviewer,
        Role::SystemAdministrator,
        Role::SecurityOfficer,
        Role::Auditor,
    ];

    /// The word a user reads.
    pub fn label(self) -> &'static str {
        match self {
            Role::Preparer => "填报人",
            Role::UnitReviewer => "单位审核人",
            Role::SystemAdministrator => "系统管理员",
            Role::SecurityOfficer => "安全保密员",
            Role::Auditor => "安全审计员",
        }
    }

    /// The word in files and on the command line, the same as in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Role::Preparer => "preparer",
            Role::UnitReviewer => "unit-reviewer",
            Role::SystemAdministrator => "system-administrator",
            Role::SecurityOfficer => "security-officer",
            Role::Auditor => "auditor",
        }
    }

    /// Reads the word of the command line back.
    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The roles that one person may hold together.
    ///
    /// # Errors
    /// [`RoleFault`]: none, an auditor with another role, or administrator and security officer in one.
    pub fn check_together(roles: &[Role]) -> Result<(), RoleFault> {
        if roles.is_empty() {
            return Err(RoleFault::None);
        }
        if roles.contains(&Role::Auditor) && roles.iter().any(|role| *role != Role::Auditor) {
            return Err(RoleFault::AuditorAlone);
        }
        if roles.contains(&Role::SystemAdministrator) && roles.contains(&Role::SecurityOfficer) {
            return Err(RoleFault::TwoOfficersInOne);
        }
        Ok(())
    }
}

/// Why roles do not go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RoleFault {
    /// A person without a role can do nothing.
    #[error("no role")]
    None,
    /// 安全审计员 holds no other role.
    #[error("an auditor holds no other role")]
    AuditorAlone,
    /// 系统管理员 and 安全保密员 watch each other.
    #[error("administrator and security officer are two persons")]
    TwoOfficersInOne,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_auditor_holds_no_other_role_and_two_officers_are_two_persons() {
        use Role::{Auditor, Preparer, SecurityOfficer, SystemAdministrator, UnitReviewer};
        for good in [
            &[Preparer][..],
            &[Preparer, UnitReviewer],
            &[Preparer, SystemAdministrator],
            &[Auditor],
            &[SecurityOfficer, UnitReviewer],
        ] {
            assert_eq!(Role::check_together(good), Ok(()), "{good:?}");
        }
        for (bad, fault) in [
            (&[][..], RoleFault::None),
            (&[Auditor, Preparer], RoleFault::AuditorAlone),
            (&[SystemAdministrator, Auditor], RoleFault::AuditorAlone),
            (
                &[SystemAdministrator, SecurityOfficer],
                RoleFault::TwoOfficersInOne,
            ),
        ] {
            assert_eq!(Role::check_together(bad), Err(fault), "{bad:?}");
        }
    }
}
