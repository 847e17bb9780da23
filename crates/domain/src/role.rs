//! Who a person is in a vault.

use crate::VaultKind;
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
    /// 定密责任人: decides on what a handler proposes; classified vaults only.
    ClassificationOfficer,
    /// 涉密成果专管员: seals, hands over and keeps the register; classified vaults only.
    ResultsOfficer,
}

impl Role {
    /// Every role, in the order a list shows them.
    pub const ALL: [Role; 7] = [
        Role::Preparer,
        Role::UnitReviewer,
        Role::SystemAdministrator,
        Role::SecurityOfficer,
        Role::Auditor,
        Role::ClassificationOfficer,
        Role::ResultsOfficer,
    ];

    /// Whether a vault of this kind knows the role.
    pub fn is_known_in(self, kind: VaultKind) -> bool {
        match self {
            Role::Preparer
            | Role::UnitReviewer
            | Role::SystemAdministrator
            | Role::SecurityOfficer
            | Role::Auditor => true,
            Role::ClassificationOfficer | Role::ResultsOfficer => kind == VaultKind::Classified,
        }
    }

    /// The word a user reads.
    pub fn label(self) -> &'static str {
        match self {
            Role::Preparer => "填报人",
            Role::UnitReviewer => "单位审核人",
            Role::SystemAdministrator => "系统管理员",
            Role::SecurityOfficer => "安全保密员",
            Role::Auditor => "安全审计员",
            Role::ClassificationOfficer => "定密责任人",
            Role::ResultsOfficer => "涉密成果专管员",
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
            Role::ClassificationOfficer => "classification-officer",
            Role::ResultsOfficer => "results-officer",
        }
    }

    /// Reads the word of the command line back.
    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The roles that one person may hold together in a vault of this kind.
    ///
    /// # Errors
    /// [`RoleFault`]: none, an auditor with another role, administrator and security officer in
    /// one, or a role that the vault does not know.
    pub fn check_together(roles: &[Role], kind: VaultKind) -> Result<(), RoleFault> {
        if roles.is_empty() {
            return Err(RoleFault::None);
        }
        if !roles.iter().all(|role| role.is_known_in(kind)) {
            return Err(RoleFault::ClassifiedOnly);
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
    /// The role belongs to classified results.
    #[error("the role belongs to a classified vault")]
    ClassifiedOnly,
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
            for kind in [VaultKind::Open, VaultKind::Classified] {
                assert_eq!(Role::check_together(good, kind), Ok(()), "{good:?}");
            }
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
            assert_eq!(
                Role::check_together(bad, VaultKind::Open),
                Err(fault),
                "{bad:?}"
            );
        }
    }

    #[test]
    fn officers_of_classified_results_exist_in_classified_vaults_alone() {
        for role in [Role::ClassificationOfficer, Role::ResultsOfficer] {
            let roles = [role, Role::Preparer];
            assert_eq!(Role::check_together(&roles, VaultKind::Classified), Ok(()));
            assert_eq!(
                Role::check_together(&roles, VaultKind::Open),
                Err(RoleFault::ClassifiedOnly)
            );
        }
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(role));
        }
    }
}
