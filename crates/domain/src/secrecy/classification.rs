//! 定密: proposed by the handler, decided by the 定密责任人 — two persons by construction (Art. 16,
//! 实施条例 Art. 14–17); changes and the end are records of the same kind.

use super::marking::{Marking, SecrecyTerm, highest};
use crate::{AccountId, ClassificationId, DeclarationId, EvidenceId, Moment};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// The longest text in a classification.
const LONGEST: usize = 500;

/// What is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ClassificationStep {
    /// 确定.
    Determine,
    /// 变更: level, term or who may know.
    Change,
    /// 解除: it is no secret any more.
    End,
}

impl ClassificationStep {
    /// The words of the law.
    pub fn label(self) -> &'static str {
        match self {
            ClassificationStep::Determine => "确定",
            ClassificationStep::Change => "变更",
            ClassificationStep::End => "解除",
        }
    }
}

/// A person within 知悉范围, down to the name (Art. 21).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Knower {
    /// The account, of a person of this vault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// Name.
    pub name: String,
    /// Unit and post; may be empty for a person of this vault.
    #[serde(default)]
    pub unit: String,
}

/// What is to hold from the decision on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Classification {
    /// The mark of the form.
    pub marking: Marking,
    /// 定密日期: the term counts from it (实施条例 Art. 19).
    #[ts(type = "string")]
    pub marked_on: NaiveDate,
    /// 定密依据: the item of the secrecy catalogue or the document it is derived from.
    pub basis: String,
    /// 知悉范围, by name.
    pub scope: Vec<Knower>,
    /// Each attachment: its own mark, or nothing for one that is no secret.
    #[ts(type = "{ [key in string]: Marking | null }")]
    pub parts: BTreeMap<EvidenceId, Option<Marking>>,
    /// Why a term is longer than the law gives; empty where none is.
    #[serde(default)]
    pub longer_reason: String,
}

/// Whose decision it is: the law gives each rank the levels that it may set (Art. 17).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecidingRank {
    /// Province level and above: every level.
    Province,
    /// A city and what belongs to it: 机密 and 秘密.
    City,
}

/// Why a classification is not recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClassificationFault {
    /// Art. 17: 绝密 is set at province level and above.
    #[error("an authority at city level sets no top secret")]
    NotByCity,
    /// Art. 20: longer than 30, 20 or 10 years needs a reason.
    #[error("a term longer than {years} years needs a reason")]
    LongerWithoutReason {
        /// What the law gives without one.
        years: u32,
    },
    /// A term that has run out already, or of no years.
    #[error("the term has run out")]
    TermOver,
    /// 解密条件 without words.
    #[error("the condition is missing")]
    ConditionMissing,
    /// 定密日期 lies after today.
    #[error("the day of marking lies in the future")]
    MarkedInFuture,
    /// 定密依据 is missing.
    #[error("the basis is missing")]
    BasisMissing,
    /// 知悉范围 is empty, or names nobody of this vault.
    #[error("nobody may know")]
    NobodyKnows,
    /// A name in 知悉范围 is empty or stands twice.
    #[error("a name in the scope is empty or stands twice: {name}")]
    Name {
        /// The name.
        name: String,
    },
    /// An attachment for which nobody said whether it is secret.
    #[error("nobody said whether the attachment is secret")]
    PartOpen {
        /// The attachment.
        evidence: EvidenceId,
    },
    /// An attachment is marked higher than the whole (实施条例 Art. 18).
    #[error("an attachment is marked higher than the whole")]
    PartHigher {
        /// The attachment.
        evidence: EvidenceId,
    },
    /// A text is too long.
    #[error("a text is longer than {LONGEST} characters")]
    TooLong,
    /// A change or an end without its reason or its notice.
    #[error("a change and an end have a reason and a notice")]
    NoticeMissing,
    /// Who proposed it does not decide on it.
    #[error("who proposed it does not decide on it")]
    OwnProposal,
    /// A refusal says why.
    #[error("a refusal has a reason")]
    RefusalWithoutReason,
}

impl Classification {
    /// Checks what the law asks for. `evidence` are the attachments that there are.
    ///
    /// # Errors
    /// [`ClassificationFault`], the first one.
    pub fn check(
        &self,
        rank: DecidingRank,
        today: NaiveDate,
        evidence: &[EvidenceId],
    ) -> Result<(), ClassificationFault> {
        if self.marked_on > today {
            return Err(ClassificationFault::MarkedInFuture);
        }
        let marked = self.parts.values().flatten();
        for marking in [&self.marking].into_iter().chain(marked) {
            self.check_marking(marking, rank, today)?;
        }
        if self.basis.trim().is_empty() {
            return Err(ClassificationFault::BasisMissing);
        }
        let texts = [&self.basis, &self.longer_reason];
        if texts.iter().any(|text| text.chars().count() > LONGEST) {
            return Err(ClassificationFault::TooLong);
        }
        self.check_scope()?;
        for id in evidence {
            match self.parts.get(id) {
                None => return Err(ClassificationFault::PartOpen { evidence: *id }),
                Some(Some(marking)) if marking.level > self.marking.level => {
                    return Err(ClassificationFault::PartHigher { evidence: *id });
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    fn check_marking(
        &self,
        marking: &Marking,
        rank: DecidingRank,
        today: NaiveDate,
    ) -> Result<(), ClassificationFault> {
        if rank == DecidingRank::City && marking.level == super::SecrecyLevel::TopSecret {
            return Err(ClassificationFault::NotByCity);
        }
        match &marking.term {
            SecrecyTerm::Years { years: 0 } => return Err(ClassificationFault::TermOver),
            SecrecyTerm::Condition { words } if words.trim().is_empty() => {
                return Err(ClassificationFault::ConditionMissing);
            }
            SecrecyTerm::Condition { words } if words.chars().count() > 60 => {
                return Err(ClassificationFault::TooLong);
            }
            _ => {}
        }
        if marking
            .ends_on(self.marked_on)
            .is_some_and(|ends| ends <= today)
        {
            return Err(ClassificationFault::TermOver);
        }
        if marking.is_longer_than_usual(self.marked_on) && self.longer_reason.trim().is_empty() {
            return Err(ClassificationFault::LongerWithoutReason {
                years: marking.level.most_years(),
            });
        }
        Ok(())
    }

    fn check_scope(&self) -> Result<(), ClassificationFault> {
        if !self.scope.iter().any(|knower| knower.account.is_some()) {
            return Err(ClassificationFault::NobodyKnows);
        }
        let mut seen = std::collections::BTreeSet::new();
        for knower in &self.scope {
            let name = knower.name.trim();
            if name.is_empty() || !seen.insert((name, knower.unit.trim())) {
                return Err(ClassificationFault::Name {
                    name: knower.name.clone(),
                });
            }
        }
        Ok(())
    }

    /// The mark of the whole: the highest of form and attachments.
    pub fn whole(&self) -> &Marking {
        let parts = self.parts.values().flatten();
        highest(
            [&self.marking]
                .into_iter()
                .chain(parts)
                .map(|marking| (marking, self.marked_on)),
        )
        .unwrap_or(&self.marking)
    }

    /// The first day on which the whole is no secret any more.
    pub fn ends_on(&self) -> Option<NaiveDate> {
        self.whole().ends_on(self.marked_on)
    }
}

/// A proposal, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// Identity.
    pub id: ClassificationId,
    /// The declaration.
    pub declaration: DeclarationId,
    /// What is proposed.
    pub step: ClassificationStep,
    /// What is to hold; absent for an end.
    pub content: Option<Classification>,
    /// Why; required for a change and an end.
    pub reason: String,
    /// Number and title of the notice that goes with a change or an end.
    pub notice: String,
    /// 承办人.
    pub proposed_by: AccountId,
    /// 承办人, by name.
    pub proposed_by_name: String,
    /// When.
    pub proposed_at: Moment,
}

impl Proposal {
    /// Checks that a change or an end says why and with which notice.
    ///
    /// # Errors
    /// [`ClassificationFault::NoticeMissing`], [`ClassificationFault::TooLong`].
    pub fn check(&self) -> Result<(), ClassificationFault> {
        let says = !self.reason.trim().is_empty() && !self.notice.trim().is_empty();
        if self.step != ClassificationStep::Determine && !says {
            return Err(ClassificationFault::NoticeMissing);
        }
        let texts = [&self.reason, &self.notice];
        if texts.iter().any(|text| text.chars().count() > LONGEST) {
            return Err(ClassificationFault::TooLong);
        }
        Ok(())
    }
}

/// What the 定密责任人 decided on a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassificationVerdict {
    /// It holds.
    pub approved: bool,
    /// Why; required for a refusal.
    pub reason: String,
    /// 定密责任人.
    pub decided_by: AccountId,
    /// 定密责任人, by name.
    pub decided_by_name: String,
    /// When.
    pub decided_at: Moment,
}

impl ClassificationVerdict {
    /// Checks that two persons were at work and that a refusal says why.
    ///
    /// # Errors
    /// [`ClassificationFault::OwnProposal`], [`ClassificationFault::RefusalWithoutReason`].
    pub fn check(&self, proposal: &Proposal) -> Result<(), ClassificationFault> {
        if self.decided_by == proposal.proposed_by {
            return Err(ClassificationFault::OwnProposal);
        }
        if !self.approved && self.reason.trim().is_empty() {
            return Err(ClassificationFault::RefusalWithoutReason);
        }
        if self.reason.chars().count() > LONGEST {
            return Err(ClassificationFault::TooLong);
        }
        Ok(())
    }
}
