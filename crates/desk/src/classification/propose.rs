//! Proposing a mark and deciding on it: two persons.

use super::{classified, not_yours, show::show};
use crate::{desk::Desk, failure};
use luguo_domain::{ClassificationId, secrecy::ClassificationFault};
use luguo_ipc::{
    ClassificationDecideRequest, ClassificationProposeRequest, ClassificationView, Failure,
    FailureCode,
};
use luguo_store::{ClassifyFault, NewProposal, Vault};
use uuid::Uuid;

/// Proposes a mark, its change or its end.
pub(crate) fn propose(
    desk: &Desk,
    request: &ClassificationProposeRequest,
) -> Result<ClassificationView, Failure> {
    let vault = classified(desk)?;
    vault
        .propose_classification(
            &NewProposal {
                id: ClassificationId(Uuid::now_v7()),
                declaration: request.id,
                step: request.step,
                content: request.content.as_ref(),
                reason: &request.reason,
                notice: &request.notice,
            },
            (desk.host.local_date)(),
            desk.now(),
        )
        .map_err(|fault| refused(&vault, fault, "承办人或涉密成果专管员"))?;
    show(desk, request.id)
}

/// Decides on a proposal.
pub(crate) fn decide(
    desk: &Desk,
    request: &ClassificationDecideRequest,
) -> Result<ClassificationView, Failure> {
    let vault = classified(desk)?;
    let decided = vault
        .decide_classification(
            request.proposal,
            request.approve,
            &request.reason,
            (desk.host.local_date)(),
            desk.now(),
        )
        .map_err(|fault| refused(&vault, fault, "定密责任人"))?;
    let id = decided.proposal.declaration;
    match show(desk, id) {
        // Outside 知悉范围 the 定密责任人 sees it no more from the decision on: the answer says what
        // was decided and nothing else.
        Err(failure) if failure.code == FailureCode::NotFound => Ok(ClassificationView {
            declaration: id,
            name: String::new(),
            marking: None,
            current: None,
            pending: None,
            history: vec![super::proposal_view(&decided)],
            parts: Vec::new(),
            people: Vec::new(),
            levels: Vec::new(),
            may_propose: false,
            steps: Vec::new(),
            may_decide: false,
            hindrance: Some("已经记录。您不在知悉范围内，不再显示这项成果的内容。".to_owned()),
            ends_note: None,
        }),
        shown => shown,
    }
}

fn refused(vault: &Vault, fault: ClassifyFault, who: &str) -> Failure {
    let conflict = |words: &str| Failure::new(FailureCode::Conflict, words);
    match fault {
        ClassifyFault::NotFound => failure::missing(),
        ClassifyFault::NotAllowed => not_yours(who),
        ClassifyFault::Pending => {
            conflict("已经有一份定密意见在等定密责任人决定，请等他决定后再提。")
        }
        ClassifyFault::Decided => conflict("这份定密意见已经决定过了，请刷新后查看。"),
        ClassifyFault::OtherStep => {
            conflict("现在不能提出这一项：还没有定密的先确定；已经送审的用变更，不再涉密的用解除。")
        }
        ClassifyFault::Law(fault) => {
            Failure::new(FailureCode::Invalid, law(vault, &fault)).with_detail(&fault)
        }
        ClassifyFault::Store(fault) => failure::store(fault),
    }
}

/// What the law asks for, as a colleague would say it.
fn law(vault: &Vault, fault: &ClassificationFault) -> String {
    let title = |id: &luguo_domain::EvidenceId| {
        vault
            .evidence_title(*id)
            .ok()
            .flatten()
            .map_or_else(|| "有一份材料".to_owned(), |title| format!("“{title}”"))
    };
    match fault {
        ClassificationFault::NotByCity => {
            "设区的市一级只能定机密级、秘密级（保密法第十七条）。需要定绝密级的，请报有权限的上级定密。".to_owned()
        }
        ClassificationFault::LongerWithoutReason { years } => format!(
            "保密期限超过 {years} 年要写明理由（保密法第二十条）。"
        ),
        ClassificationFault::TermOver => "保密期限已经届满或者是 0 年，请核对定密日期和期限。".to_owned(),
        ClassificationFault::ConditionMissing => "请写明解密条件。".to_owned(),
        ClassificationFault::MarkedInFuture => "定密日期不能晚于今天。".to_owned(),
        ClassificationFault::BasisMissing => {
            "请写明定密依据：保密事项范围的条目，或者派生定密所依据的文件。".to_owned()
        }
        ClassificationFault::NobodyKnows => {
            "知悉范围里至少要有一位本保管库的人员，限定到具体的人（保密法第二十一条）。".to_owned()
        }
        ClassificationFault::Name { name } if name.trim().is_empty() => {
            "知悉范围里有一行没有写姓名。".to_owned()
        }
        ClassificationFault::Name { name } => format!("知悉范围里“{name}”写了两次。"),
        ClassificationFault::PartOpen { evidence } => format!(
            "{}还没有回答是否涉密。每份材料都要单独定：涉密的标密级，不涉密的选“不涉密”。",
            title(evidence)
        ),
        ClassificationFault::PartHigher { evidence } => format!(
            "{}的密级高于征集表。汇编涉密材料按其中最高密级标志，请把征集表的密级提到同样或更高。",
            title(evidence)
        ),
        ClassificationFault::TooLong => "有一处文字太长，请缩短到 500 字以内（解密条件 60 字以内）。".to_owned(),
        ClassificationFault::NoticeMissing => "变更和解除要写明理由，以及书面通知的文号和标题。".to_owned(),
        ClassificationFault::OwnProposal => {
            "定密要两个人：承办人提出，另一位定密责任人决定。请由另一位定密责任人登录后决定。".to_owned()
        }
        ClassificationFault::RefusalWithoutReason => "不同意要写明理由，承办人才知道怎么改。".to_owned(),
    }
}
