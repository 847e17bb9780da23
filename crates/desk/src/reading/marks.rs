//! Marks and ticks of the open vault's people.

use super::{labels::label, suggest::suggest};
use crate::{declaration::view::readable, desk::Desk, failure, received};
use luguo_domain::{
    DeclarationId, MarkId, Role, State,
    decision::{Decision, Verdict},
    marks::{self, Mark, MarkAnswer, MarkFault},
    release::Revision,
    ruling::RulingKind,
};
use luguo_ipc::{
    Failure, FailureCode, MarkAnswerRequest, MarkFindRequest, MarkHitView, MarkRequest,
    MarkSaveRequest, MarkView, ReadingView, TickRequest,
};
use luguo_store::{StoredDeclaration, StoredMark, Vault};
use uuid::Uuid;

/// Marks that a search shows.
const MOST_FOUND: u32 = 100;

/// A submission as the desk reads it: the own unit's, or another unit's that was taken in.
struct Submission {
    revision: Option<Revision>,
    /// What reviewers shared, the newest first.
    shared: Vec<Shared>,
    may_mark: bool,
    may_answer: bool,
    /// The revision before this one that the reader knows.
    before: Option<u32>,
}

/// Marks that went out with a decision or a ruling.
struct Shared {
    revision: u32,
    marks: Vec<Mark>,
    /// The revision was returned with them.
    returned: bool,
}

/// What the unit decided and what the authority ruled, the newest first: an authority rules on what
/// the unit approved.
fn shared(
    vault: &Vault,
    id: DeclarationId,
    decisions: Vec<Decision>,
) -> Result<Vec<Shared>, Failure> {
    let rulings = vault.rulings(id).map_err(failure::store)?;
    let mut all: Vec<Shared> = rulings
        .into_iter()
        .rev()
        .map(|stored| Shared {
            revision: stored.ruling.revision,
            returned: stored.ruling.kind == RulingKind::Return
                && stored.told.is_some_and(|told| told.applied),
            marks: stored.ruling.marks,
        })
        .chain(decisions.into_iter().map(|decision| Shared {
            revision: decision.revision,
            returned: decision.verdict == Verdict::Return,
            marks: decision.marks,
        }))
        .collect();
    all.sort_by_key(|shared| std::cmp::Reverse(shared.revision));
    Ok(all)
}

fn submission(vault: &Vault, id: DeclarationId) -> Result<Submission, Failure> {
    let own = vault.declaration(id).map_err(failure::store)?;
    if own.is_none() {
        let all = received::revisions(vault, id)?;
        let Some(revision) = all.first().cloned() else {
            return Err(failure::missing());
        };
        return Ok(Submission {
            before: all.get(1).map(|revision| revision.number),
            shared: shared(vault, id, received::decisions(vault, id)?)?,
            may_mark: may_still_mark(vault, id, revision.number)?,
            revision: Some(revision),
            may_answer: false,
        });
    }
    let found = readable(vault, id)?;
    let revision = newest(vault, &found)?;
    let shared = shared(vault, id, vault.decisions(id).map_err(failure::store)?)?;
    Ok(Submission {
        before: shared
            .iter()
            .find(|shared| shared.returned && shared.revision < found.row.revisions)
            .map(|shared| shared.revision),
        may_mark: may_mark(vault, &found),
        may_answer: found.row.prepared_by == vault.me().id && found.row.state.is_editable(),
        revision,
        shared,
    })
}

pub(crate) fn show(desk: &Desk, id: DeclarationId) -> Result<ReadingView, Failure> {
    let vault = desk.vault()?;
    let submission = submission(&vault, id)?;
    let Some(revision) = submission.revision else {
        return Ok(ReadingView {
            revision: 0,
            marks: Vec::new(),
            ticks: Vec::new(),
            may_mark: false,
            may_answer: false,
            returned: None,
            suggested_return: String::new(),
        });
    };
    let mine = vault.my_marks(id).map_err(failure::store)?;
    let ticks = vault
        .my_ticks(id, revision.number)
        .map_err(failure::store)?;
    let answers = if submission.may_answer {
        vault.mark_answers(id).map_err(failure::store)?
    } else {
        revision.mark_answers.clone()
    };
    let mut views: Vec<MarkView> = mine
        .iter()
        .map(|stored| view(stored, &revision, &answers))
        .collect();
    for decision in submission.shared.iter().rev() {
        let read = match decision.revision {
            number if number == revision.number => Some(revision.clone()),
            number => received::any_revision(&vault, id, number)?,
        };
        for mark in &decision.marks {
            if views.iter().any(|known| known.id == mark.id) {
                continue;
            }
            views.push(MarkView {
                place_label: label(&mark.place, read.as_ref().unwrap_or(&revision)),
                ..of_decision(mark, decision.revision, &answers)
            });
        }
    }
    views.sort_by(|a, b| a.made_at.cmp(&b.made_at));
    Ok(ReadingView {
        revision: revision.number,
        suggested_return: suggest(&revision, &mine, &ticks),
        marks: views,
        ticks,
        may_mark: submission.may_mark,
        may_answer: submission.may_answer,
        returned: submission.before,
    })
}

/// What was returned, vetoed or recommended is not marked any more: the marks went with it.
fn may_still_mark(vault: &Vault, id: DeclarationId, revision: u32) -> Result<bool, Failure> {
    let stands = vault.standing(id, revision).map_err(failure::store)?;
    Ok(matches!(
        stands,
        State::AuthorityReview | State::Held | State::Evaluation
    ))
}

/// A reviewer marks what waits for a decision, never own work.
fn may_mark(vault: &Vault, found: &StoredDeclaration) -> bool {
    vault.me().is(Role::UnitReviewer)
        && found.row.prepared_by != vault.me().id
        && found.row.state == State::UnitReview
}

fn newest(vault: &Vault, found: &StoredDeclaration) -> Result<Option<Revision>, Failure> {
    match found.row.revisions {
        0 => Ok(None),
        number => vault.revision(found.row.id, number).map_err(failure::store),
    }
}

fn view(stored: &StoredMark, revision: &Revision, answers: &[MarkAnswer]) -> MarkView {
    MarkView {
        place_label: label(&stored.mark.place, revision),
        shared: stored.shared,
        mine: true,
        ..of_decision(&stored.mark, stored.revision, answers)
    }
}

fn of_decision(mark: &Mark, revision: u32, answers: &[MarkAnswer]) -> MarkView {
    MarkView {
        id: mark.id,
        revision,
        place: mark.place.clone(),
        place_label: String::new(),
        words: mark.words.clone(),
        author: mark.author.clone(),
        made_at: mark.made_at.to_rfc3339(),
        shared: true,
        mine: false,
        answer: answers
            .iter()
            .find(|answer| answer.mark == mark.id)
            .map(|answer| answer.words.clone()),
    }
}

/// The declaration and the number of the revision that the person marks now.
fn marking(vault: &Vault, id: DeclarationId) -> Result<u32, Failure> {
    let submission = submission(vault, id)?;
    if let (true, Some(revision)) = (submission.may_mark, submission.revision) {
        return Ok(revision.number);
    }
    Err(Failure::new(
        FailureCode::Conflict,
        "这项成果现在不在审核中，批注没有改动。请刷新后再看它的状态。",
    ))
}

pub(crate) fn save(desk: &Desk, request: &MarkSaveRequest) -> Result<ReadingView, Failure> {
    let vault = desk.vault()?;
    let revision = marking(&vault, request.declaration)?;
    marks::check_words(&request.words)
        .and_then(|()| request.place.check())
        .map_err(refused)?;
    vault
        .save_mark(
            request.id.unwrap_or_else(|| MarkId(Uuid::now_v7())),
            (request.declaration, revision),
            &request.place,
            &request.words,
            request.shared,
            desk.now(),
        )
        .map_err(failure::save)?;
    show(desk, request.declaration)
}

fn refused(fault: MarkFault) -> Failure {
    Failure::new(
        FailureCode::Invalid,
        match fault {
            MarkFault::Empty => "批注里还没有写字，没有保存。".to_owned(),
            MarkFault::TooLong(characters) => format!(
                "批注有 {characters} 字，最多 {} 字，没有保存。请写短一些。",
                marks::MOST_CHARACTERS
            ),
            MarkFault::Region => {
                "批注的位置不在页面上，没有保存。请在页面上重新框一次。".to_owned()
            }
        },
    )
}

pub(crate) fn remove(desk: &Desk, request: &MarkRequest) -> Result<ReadingView, Failure> {
    let vault = desk.vault()?;
    marking(&vault, request.declaration)?;
    vault.remove_mark(request.id).map_err(failure::save)?;
    show(desk, request.declaration)
}

pub(crate) fn tick(desk: &Desk, request: &TickRequest) -> Result<ReadingView, Failure> {
    let vault = desk.vault()?;
    let revision = marking(&vault, request.declaration)?;
    vault
        .tick(
            request.declaration,
            revision,
            request.claim,
            request.verdict,
            desk.now(),
        )
        .map_err(failure::store)?;
    show(desk, request.declaration)
}

pub(crate) fn answer(desk: &Desk, request: &MarkAnswerRequest) -> Result<ReadingView, Failure> {
    let vault = desk.vault()?;
    if !request.words.trim().is_empty() {
        marks::check_words(&request.words).map_err(refused)?;
    }
    vault
        .answer_mark(
            request.declaration,
            request.mark,
            &request.words,
            desk.now(),
        )
        .map_err(failure::save)?;
    show(desk, request.declaration)
}

pub(crate) fn find(desk: &Desk, request: &MarkFindRequest) -> Result<Vec<MarkHitView>, Failure> {
    let vault = desk.vault()?;
    let words = request.text.trim();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut hits = Vec::new();
    for stored in vault
        .find_marks(words, MOST_FOUND)
        .map_err(failure::store)?
    {
        let Some(revision) = received::any_revision(&vault, stored.declaration, stored.revision)?
        else {
            continue;
        };
        hits.push(MarkHitView {
            declaration: stored.declaration,
            name: revision.declaration.name.clone(),
            mark: view(&stored, &revision, &revision.mark_answers),
        });
    }
    Ok(hits)
}
