//! From what stands in a cell to a value of the form, or what is wrong with it.

use super::{cells::Given, day, layout::Kind, options::List};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::Value;

/// Why a cell cannot be taken, and what to do; both in Chinese.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) message: String,
    pub(super) remedy: String,
}

fn wrong<T>(message: impl Into<String>, remedy: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong {
        message: message.into(),
        remedy: remedy.into(),
    })
}

/// From here on a number in a cell has lost digits: spreadsheets keep fifteen.
const MOST_EXACT: f64 = 1e15;

/// The value for a slot of this kind; nothing when the mark is not set.
pub(super) fn value(kind: Kind, given: &Given) -> Result<Option<Value>, Wrong> {
    match given {
        Given::Error(error) => {
            return wrong(
                format!("单元格里是公式错误 {error}"),
                "请删去公式，直接填写内容",
            );
        }
        Given::NoResult => {
            return wrong(
                "单元格里的公式没有计算结果",
                "请删去公式，直接填写内容；或用 Excel、WPS 打开并保存一次",
            );
        }
        _ => {}
    }
    Ok(match kind {
        Kind::Text => Some(text(given)?.into()),
        Kind::Choice(list) => Some(choice(list, given)?.into()),
        Kind::Answer => Some(answer(given)?.into()),
        Kind::Mark(code) => mark(given)?.then(|| code.into()),
        Kind::Day => Some(a_day(given)?.to_string().into()),
        Kind::Month => Some(a_month(given)?.into()),
        Kind::Amount => Some(amount(given)?.to_string().into()),
        Kind::Names => {
            let names = text(given)?;
            let names = names.split(['、', '；', ';', '\n']).map(str::trim);
            Some(names.filter(|name| !name.is_empty()).collect())
        }
    })
}

fn text(given: &Given) -> Result<String, Wrong> {
    match given {
        Given::Text(words) => Ok(clean(words)),
        Given::Number(number) if number.abs() < MOST_EXACT => Ok(number.to_string()),
        Given::Number(_) => wrong(
            "数字超过 15 位，表格软件会丢掉末几位",
            "请把单元格设为“文本”格式后重新填写",
        ),
        Given::Serial(_) => wrong(
            "这里应填文字，表格软件把它变成了日期",
            "请把单元格设为“文本”格式后重新填写",
        ),
        Given::Truth(_) | Given::Error(_) | Given::NoResult => {
            wrong("这里应填文字", "请直接填写文字")
        }
    }
}

/// Without blanks at the ends; line breaks of one kind; other control characters, which
/// programs put in for tabs or paste in unseen, become blanks.
fn clean(words: &str) -> String {
    let words = words.replace("\r\n", "\n").replace('\r', "\n");
    let visible = words.chars().map(|c| match c {
        '\n' | '\t' => c,
        c if c.is_control() => ' ',
        c => c,
    });
    visible.collect::<String>().trim().to_owned()
}

/// What stands in a cell, as a reader sees it.
fn shown(given: &Given) -> String {
    match given {
        Given::Text(words) => {
            let mut short: String = words.trim().chars().take(20).collect();
            if short.chars().count() < words.trim().chars().count() {
                short.push('…');
            }
            short
        }
        Given::Number(number) => number.to_string(),
        Given::Serial(number) => {
            day::of_serial(*number).map_or_else(|| number.to_string(), |day| day.to_string())
        }
        Given::Truth(true) => "TRUE".to_owned(),
        Given::Truth(false) => "FALSE".to_owned(),
        Given::NoResult => String::new(),
        Given::Error(error) => error.clone(),
    }
}

fn choice(list: List, given: &Given) -> Result<&'static str, Wrong> {
    if let Given::Text(words) = given
        && let Some(code) = list.code(words)
    {
        return Ok(code);
    }
    wrong(
        format!("“{}”不是{}的选项", shown(given), list.title()),
        format!("请从下拉列表中选择：{}", list.labels()),
    )
}

/// 是 or 否, also as TRUE and FALSE, which some programs make of them.
pub(super) fn answer(given: &Given) -> Result<bool, Wrong> {
    match given {
        Given::Truth(truth) => Ok(*truth),
        Given::Text(words) if words.trim() == "是" => Ok(true),
        Given::Text(words) if words.trim() == "否" => Ok(false),
        _ => wrong(
            format!("“{}”看不出是或否", shown(given)),
            "请从下拉列表中选择“是”或“否”",
        ),
    }
}

fn mark(given: &Given) -> Result<bool, Wrong> {
    match given {
        Given::Text(words) if matches!(words.trim(), "√" | "✓" | "✔" | "☑") => Ok(true),
        Given::Number(number) if *number == 1.0 || *number == 0.0 => Ok(*number == 1.0),
        given => answer(given).or_else(|_| {
            wrong(
                format!("“{}”看不出是否选中", shown(given)),
                "选中的填“是”，没有选中的留空",
            )
        }),
    }
}

fn a_day(given: &Given) -> Result<NaiveDate, Wrong> {
    let found = match given {
        Given::Serial(number) => day::of_serial(*number),
        Given::Number(number) => day::of_number(*number),
        Given::Text(words) => day::day(words),
        _ => None,
    };
    match found {
        Some(day) => Ok(day),
        None => wrong(
            format!("“{}”不是完整的日期", shown(given)),
            "请填年月日，如 2025-3-1 或 2025年3月1日",
        ),
    }
}

fn a_month(given: &Given) -> Result<String, Wrong> {
    let found = match given {
        Given::Serial(number) => day::of_serial(*number).map(|day| day.format("%Y-%m").to_string()),
        Given::Number(number) => day::month(&number.to_string())
            .or_else(|| day::of_number(*number).map(|day| day.format("%Y-%m").to_string())),
        Given::Text(words) => day::month(words),
        _ => None,
    };
    match found {
        Some(month) => Ok(month),
        None => wrong(
            format!("“{}”不是年月", shown(given)),
            "请填年和月，如 1980-05 或 1980年5月",
        ),
    }
}

fn amount(given: &Given) -> Result<Decimal, Wrong> {
    let found = match given {
        Given::Number(number) if number.abs() < MOST_EXACT => number.to_string().parse().ok(),
        Given::Text(words) => {
            let plain: String = words.chars().filter(|c| !c.is_whitespace()).collect();
            let plain = plain.trim_end_matches("万元");
            without_thousands(plain).and_then(|plain| Decimal::from_str_exact(&plain).ok())
        }
        _ => None,
    };
    match found {
        Some(amount) if amount.is_sign_negative() && !amount.is_zero() => wrong(
            format!("金额 {amount} 小于 0"),
            "请填 0 或大于 0 的数，单位万元",
        ),
        Some(amount) => Ok(amount),
        None => wrong(
            format!("“{}”不是数字", shown(given)),
            "请只填数字，单位万元；不需要时填 0",
        ),
    }
}

/// Takes out the commas between thousands; nothing where a comma stands elsewhere, because
/// "3,5" may mean three and a half.
fn without_thousands(words: &str) -> Option<String> {
    let narrow = words.replace('，', ",");
    let mut groups = narrow.split(',');
    let mut plain = groups.next()?.to_owned();
    for group in groups {
        let whole = group.split('.').next().unwrap_or(group);
        if plain.contains('.') || whole.len() != 3 {
            return None;
        }
        plain.push_str(group);
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &str) -> Given {
        Given::Text(words.to_owned())
    }

    fn taken(kind: Kind, given: &Given) -> Value {
        value(kind, given)
            .expect("it can be taken")
            .expect("it is not blank")
    }

    #[test]
    fn a_number_stored_as_text_is_a_number() {
        assert_eq!(amount(&words("1,234,567.5")), amount(&words("1234567.5")));
        for text in ["300", " 300 ", "300万元", "300 万元", "300.00"] {
            let amount = amount(&words(text)).expect("an amount");
            assert_eq!(amount, Decimal::from(300), "{text}");
        }
        assert_eq!(taken(Kind::Amount, &Given::Number(0.1)), "0.1");
        for text in ["三百", "300元左右", "1e3", "-1", "3.0.0", "3,5", "3,00"] {
            assert!(value(Kind::Amount, &words(text)).is_err(), "{text}");
        }
    }

    #[test]
    fn a_phone_number_stored_as_a_number_is_taken_with_every_digit() {
        let phone = Given::Number(13_906_360_000.0);
        assert_eq!(taken(Kind::Text, &phone), "13906360000");
        let lost = Given::Number(370_102_198_001_011_200.0);
        assert!(value(Kind::Text, &lost).is_err());
    }

    #[test]
    fn a_date_stored_as_a_serial_or_in_words_is_a_date() {
        for given in [
            Given::Serial(45_717.0),
            Given::Number(45_717.0),
            words("2025年3月1日"),
        ] {
            assert_eq!(taken(Kind::Day, &given), "2025-03-01");
        }
        assert!(value(Kind::Day, &words("2025年3月")).is_err());
        assert!(value(Kind::Text, &Given::Serial(45_717.0)).is_err());
    }

    #[test]
    fn a_formula_without_a_value_is_never_a_blank() {
        for kind in [
            Kind::Text,
            Kind::Day,
            Kind::Amount,
            Kind::Answer,
            Kind::Mark("none"),
        ] {
            assert!(value(kind, &Given::NoResult).is_err());
            assert!(value(kind, &Given::Error("#REF!".to_owned())).is_err());
        }
    }

    #[test]
    fn a_mark_is_yes_or_blank() {
        for given in [
            words("是"),
            words("√"),
            Given::Truth(true),
            Given::Number(1.0),
        ] {
            assert_eq!(taken(Kind::Mark("standard"), &given), "standard");
        }
        for given in [words("否"), Given::Truth(false), Given::Number(0.0)] {
            assert_eq!(value(Kind::Mark("standard"), &given), Ok(None));
        }
        assert!(value(Kind::Mark("standard"), &words("大概")).is_err());
    }

    #[test]
    fn unseen_characters_become_blanks_and_line_breaks_are_of_one_kind() {
        assert_eq!(
            taken(Kind::Text, &words(" 甲\r\n乙\u{1}丙\u{b}丁\t戊\n")),
            "甲\n乙 丙 丁\t戊"
        );
    }

    #[test]
    fn names_stand_between_marks() {
        let names = taken(Kind::Names, &words("甲大学、乙公司；丙研究院\n丁站;"));
        assert_eq!(
            names,
            serde_json::json!(["甲大学", "乙公司", "丙研究院", "丁站"])
        );
    }
}
