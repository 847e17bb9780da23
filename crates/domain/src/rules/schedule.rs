//! The collection's calendar, clause 三（二）: from August 2023 on, by the 10th of each month;
//! the first batch by 10 July 2023.

use chrono::{Datelike as _, NaiveDate};

/// Day of the month by which a batch is due.
pub const DUE_DAY: u32 = 10;

/// The day by which what is reported now is due: this month's 10th, or the next month's after it.
pub fn due_day(today: NaiveDate) -> NaiveDate {
    let first_batch = NaiveDate::from_ymd_opt(2023, 7, DUE_DAY).expect("a date of the notice");
    if today <= first_batch {
        return first_batch;
    }
    let this = today
        .with_day(DUE_DAY)
        .expect("every month has a tenth day");
    if today <= this {
        this
    } else {
        this.checked_add_months(chrono::Months::new(1))
            .expect("the calendar goes on")
    }
}

/// The month that what is reported today belongs to, as its first day.
pub fn collection_month(today: NaiveDate) -> NaiveDate {
    due_day(today)
        .with_day(1)
        .expect("every month has a first day")
}

/// The last due day on which an achievement that ended then is still within two years, clause
/// 一（二）: the end is not before the collection month less 24 months.
pub fn last_due_day(research_end: NaiveDate) -> Option<NaiveDate> {
    research_end
        .checked_add_months(chrono::Months::new(24))?
        .with_day(DUE_DAY)
}

/// Days until the due day; 0 on the day itself.
pub fn days_to_deadline(today: NaiveDate) -> u32 {
    (due_day(today) - today).num_days().max(0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a literal date")
    }

    #[test]
    fn a_batch_is_due_on_the_tenth_and_the_first_one_on_10_july_2023() {
        for (today, due, left) in [
            ("2023-06-01", "2023-07-10", 39),
            ("2023-07-10", "2023-07-10", 0),
            ("2023-07-11", "2023-08-10", 30),
            ("2026-11-04", "2026-11-10", 6),
            ("2026-11-10", "2026-11-10", 0),
            ("2026-11-11", "2026-12-10", 29),
            ("2026-12-31", "2027-01-10", 10),
        ] {
            assert_eq!(due_day(day(today)), day(due), "{today}");
            assert_eq!(days_to_deadline(day(today)), left, "{today}");
        }
        assert_eq!(collection_month(day("2026-12-31")), day("2027-01-01"));
    }

    #[test]
    fn the_last_due_day_is_the_last_one_that_the_two_year_rule_lets_pass() {
        for end in ["2024-11-01", "2024-11-30", "2024-02-29", "2025-01-15"] {
            let last = last_due_day(day(end)).expect("a date");
            let earliest = |due| collection_month(due) - chrono::Months::new(24);
            assert!(day(end) >= earliest(last), "{end} passes on {last}");
            let next = last + chrono::Months::new(1);
            assert!(day(end) < earliest(next), "{end} does not on {next}");
        }
    }
}
