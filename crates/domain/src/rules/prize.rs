//! The direct track (直通车), clause 二（六）: which contest, when, and in what place.

use super::report::Report;
use crate::{Declaration, form::Contest};

const CLAUSE: &str = "二（六）";
/// The first fifty of the Shandong division enter.
const LAST_PLACE: u16 = 50;

pub(super) fn check(form: &Declaration, report: &mut Report) {
    let Some(prize) = &form.prize else {
        return;
    };
    report.chosen(prize.contest, "prize.contest", CLAUSE, "获奖的大赛");
    report.required(&prize.edition, "prize.edition", CLAUSE, "大赛届次");
    if prize.contest == Some(Contest::InnovationShandong) {
        report.chosen(prize.place, "prize.place", CLAUSE, "山东赛区名次");
        if prize
            .place
            .is_some_and(|place| !(1..=LAST_PLACE).contains(&place))
        {
            report.mandatory(
                "prize.place",
                "prize.place",
                CLAUSE,
                format!("山东赛区名次应在 1 到 {LAST_PLACE} 之间。"),
                format!("前 {LAST_PLACE} 强的参赛成果才走直通车；不是的请取消“走直通车”，按一般成果报送。"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Prize;

    fn found(prize: Option<Prize>) -> Vec<(String, String)> {
        let form = Declaration {
            prize,
            ..Declaration::default()
        };
        let mut report = Report::default();
        check(&form, &mut report);
        report
            .into_findings()
            .into_iter()
            .map(|finding| (finding.code, finding.path))
            .collect()
    }

    fn won(contest: Contest, place: Option<u16>) -> Option<Prize> {
        Some(Prize {
            contest: Some(contest),
            edition: "第十四届".to_owned(),
            place,
        })
    }

    #[test]
    fn the_first_fifty_of_the_shandong_division_enter() {
        for (place, passes) in [(1, true), (50, true), (0, false), (51, false)] {
            let found = found(won(Contest::InnovationShandong, Some(place)));
            assert_eq!(found.is_empty(), passes, "{place}: {found:?}");
        }
        assert_eq!(found(won(Contest::InnovationShandong, None)).len(), 1);
    }

    #[test]
    fn the_disruptive_technology_contest_names_no_place() {
        assert_eq!(found(won(Contest::DisruptiveTechnology, None)), []);
    }

    #[test]
    fn a_prize_names_its_contest_and_edition_and_no_prize_asks_nothing() {
        let missing = |path: &str| ("required.missing".to_owned(), path.to_owned());
        assert_eq!(
            found(Some(Prize::default())),
            [missing("prize.contest"), missing("prize.edition")]
        );
        assert_eq!(found(None), []);
    }
}
