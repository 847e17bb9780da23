//! Search over everything that the person may see.

use crate::{declaration::row_view, desk::Desk, failure};
use chrono::{Months, NaiveDate, TimeZone as _, Utc};
use luguo_domain::Moment;
use luguo_ipc::{
    Failure, FailureCode, SearchHitView, SearchPieceView, SearchPlaceView, SearchRequest,
    SearchView,
};
use luguo_store::{SearchHit, SearchPlace, SearchQuery, SearchedText};
use std::ops::Range;

/// Hits that a person looks through at once.
const MOST: u32 = 50;
/// Places told of one hit, besides the name.
const PLACES: usize = 3;
/// Characters shown before the first mark, and in all.
const BEFORE: usize = 16;
const AROUND: usize = 90;

pub(crate) fn search(desk: &Desk, request: &SearchRequest) -> Result<SearchView, Failure> {
    let vault = desk.vault()?;
    let (from, until) = match request.month.as_deref() {
        None | Some("") => (None, None),
        Some(month) => {
            let (from, until) = bounds(month).ok_or_else(|| {
                Failure::new(
                    FailureCode::Invalid,
                    format!("“{month}”不是月份，请写成 2026-11 这样。"),
                )
            })?;
            (Some(from), Some(until))
        }
    };
    let mut hits = vault
        .search(&SearchQuery {
            text: request.text.clone(),
            states: request.states.clone(),
            field: request.field,
            kind: request.kind,
            from,
            until,
            limit: MOST + 1,
        })
        .map_err(failure::store)?;
    let more = hits.len() > MOST as usize;
    hits.truncate(MOST as usize);
    Ok(SearchView {
        hits: hits
            .into_iter()
            .map(|hit| view(&vault, hit))
            .collect::<Result<_, _>>()?,
        more,
    })
}

/// First moment of a month and of the next, by Beijing time.
fn bounds(month: &str) -> Option<(Moment, Moment)> {
    let first = NaiveDate::parse_from_str(&format!("{month}-01"), "%Y-%m-%d").ok()?;
    let moment = |day: NaiveDate| {
        failure::BEIJING
            .from_local_datetime(&day.and_hms_opt(0, 0, 0)?)
            .single()
            .map(|time| time.with_timezone(&Utc))
    };
    Some((
        moment(first)?,
        moment(first.checked_add_months(Months::new(1))?)?,
    ))
}

fn view(vault: &luguo_store::Vault, hit: SearchHit) -> Result<SearchHitView, Failure> {
    let (names, others): (Vec<_>, Vec<_>) = hit
        .places
        .into_iter()
        .partition(|place| place.of == SearchedText::Name);
    let name = match names.first() {
        Some(place) => pieces(&place.text, &place.marks),
        None => pieces(&hit.row.name, &[]),
    };
    Ok(SearchHitView {
        name,
        places: others.iter().take(PLACES).map(place_view).collect(),
        row: row_view(vault, hit.row)?,
    })
}

fn place_view(place: &SearchPlace) -> SearchPlaceView {
    let of = match place.of {
        SearchedText::Name => "名称",
        SearchedText::Summary => "内容",
        SearchedText::Unit => "单位",
        SearchedText::Person => "人员",
        SearchedText::Number => "编号",
        SearchedText::Evidence => "佐证材料",
    };
    // Cut at characters, so that the first mark is in sight.
    let first = place.marks.first().map_or(0, |mark| mark.start);
    let starts: Vec<usize> = place.text.char_indices().map(|(at, _)| at).collect();
    let at = starts.iter().position(|start| *start == first).unwrap_or(0);
    let from = at.saturating_sub(BEFORE);
    let start = starts.get(from).copied().unwrap_or(0);
    let end = starts
        .get(from + AROUND)
        .copied()
        .unwrap_or(place.text.len());
    let marks: Vec<Range<usize>> = place
        .marks
        .iter()
        .filter(|mark| mark.start < end)
        .map(|mark| mark.start - start..mark.end.min(end) - start)
        .collect();
    let mut pieces = pieces(&place.text[start..end], &marks);
    if start > 0
        && let Some(first) = pieces.first_mut()
    {
        first.text.insert(0, '…');
    }
    if end < place.text.len()
        && let Some(last) = pieces.last_mut()
    {
        last.text.push('…');
    }
    SearchPlaceView {
        of: of.to_owned(),
        pieces,
    }
}

fn pieces(text: &str, marks: &[Range<usize>]) -> Vec<SearchPieceView> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut push = |part: &str, hit: bool| {
        if !part.is_empty() {
            out.push(SearchPieceView {
                text: part.to_owned(),
                hit,
            });
        }
    };
    for mark in marks {
        push(&text[at..mark.start], false);
        push(&text[mark.clone()], true);
        at = mark.end;
    }
    push(&text[at..], false);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_at_midnight_in_beijing() {
        let (from, until) = bounds("2026-12").expect("a month");
        assert_eq!(from.to_rfc3339(), "2026-11-30T16:00:00+00:00");
        assert_eq!(until.to_rfc3339(), "2026-12-31T16:00:00+00:00");
        assert_eq!(bounds("2026-13"), None);
    }

    #[test]
    fn the_first_mark_is_in_sight_in_a_long_text() {
        let text = format!("{}潜水器{}", "前".repeat(60), "后".repeat(200));
        let mark = text.find('潜').expect("there");
        let view = place_view(&SearchPlace {
            of: SearchedText::Summary,
            marks: std::iter::once(mark..mark + 9).collect(),
            text,
        });
        assert_eq!(view.pieces[0].text, format!("…{}", "前".repeat(16)));
        assert_eq!(
            (view.pieces[1].text.as_str(), view.pieces[1].hit),
            ("潜水器", true)
        );
        assert!(view.pieces[2].text.ends_with("后…"));
    }
}
