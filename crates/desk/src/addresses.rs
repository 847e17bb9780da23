//! The address book: units and people, found while typing.

use crate::{desk::Desk, evidence::write_whole, failure, intake::file_name};
use luguo_domain::{
    form::{Researcher, UnitInfo},
    rules::{CreditCodeFault, check_credit_code},
};
use luguo_ipc::{
    AddressBookView, AddressEntryView, AddressExportRequest, AddressPersonRequest,
    AddressPersonView, AddressQuery, AddressRequest, AddressUnitRequest, AddressUnitView, Failure,
    FailureCode, FileWrittenView,
};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::io::Write as _;
use uuid::Uuid;

/// What the book's own screen shows at once.
const PAGE: u32 = 500;

pub(crate) fn list(desk: &Desk, query: &AddressQuery) -> Result<AddressBookView, Failure> {
    let vault = desk.vault()?;
    let limit = query.limit.min(PAGE);
    Ok(AddressBookView {
        units: vault
            .address_units(&query.text, limit)
            .map_err(failure::store)?
            .into_iter()
            .map(|entry| AddressUnitView {
                id: entry.id,
                unit: masked_unit(entry.unit),
                credit_code: entry.credit_code,
                used: entry.used,
            })
            .collect(),
        people: vault
            .address_people(&query.text, limit)
            .map_err(failure::store)?
            .into_iter()
            .map(|entry| AddressPersonView {
                id: entry.id,
                person: masked_person(entry.person),
                used: entry.used,
            })
            .collect(),
    })
}

/// A list shows who it is, not how to reach them: PIPL article 6, no more than the purpose needs.
fn masked_unit(unit: UnitInfo) -> UnitInfo {
    UnitInfo {
        email: masked_email(&unit.email),
        phone: masked_phone(&unit.phone),
        ..unit
    }
}

fn masked_person(person: Researcher) -> Researcher {
    Researcher {
        born: person
            .born
            .chars()
            .map(|c| if c.is_ascii_digit() { '*' } else { c })
            .collect(),
        ..person
    }
}

/// The last four digits stay.
fn masked_phone(phone: &str) -> String {
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let mut before = 0;
    phone
        .chars()
        .map(|c| {
            if c.is_ascii_digit() {
                before += 1;
                if before + 4 <= digits { '*' } else { c }
            } else {
                c
            }
        })
        .collect()
}

/// The first letter and what follows the @ stay.
fn masked_email(email: &str) -> String {
    match email.split_once('@') {
        Some((name, host)) => {
            let first: String = name.chars().take(1).collect();
            format!("{first}***@{host}")
        }
        None => "*".repeat(email.chars().count()),
    }
}

/// One entry as it is known, to fill a form with or to change.
pub(crate) fn show(desk: &Desk, request: &AddressRequest) -> Result<AddressEntryView, Failure> {
    let (unit, person) = desk
        .vault()?
        .address_entry(request.id)
        .map_err(failure::store)?;
    if unit.is_none() && person.is_none() {
        return Err(failure::missing());
    }
    Ok(AddressEntryView {
        unit: unit.map(|entry| AddressUnitView {
            id: entry.id,
            unit: entry.unit,
            credit_code: entry.credit_code,
            used: entry.used,
        }),
        person: person.map(|entry| AddressPersonView {
            id: entry.id,
            person: entry.person,
            used: entry.used,
        }),
    })
}

/// Writes what the vault knows of a person: the entry, and the forms that name them.
pub(crate) fn export(
    desk: &Desk,
    request: &AddressExportRequest,
) -> Result<FileWrittenView, Failure> {
    let vault = desk.vault()?;
    let (_, person) = vault.address_entry(request.id).map_err(failure::store)?;
    let entry = person.ok_or_else(failure::missing)?;
    let forms = vault.forms_naming(&entry.person).map_err(failure::store)?;
    let path = desk.intake.get(&request.place)?;
    let name = file_name(&path);
    let text = serde_json::to_vec_pretty(&json!({
        "format": "luguo.person/1",
        "person": entry.person,
        "forms": forms.iter().map(|form| json!({
            "declaration": form.declaration,
            "name": form.name,
            "submitted_revision": form.revision,
        })).collect::<Vec<_>>(),
    }))
    .unwrap_or_default();
    write_whole(&path, |out| out.write_all(&text)).map_err(|fault| failure::file(&name, &fault))?;
    vault
        .record("address.export", &entry.person.name, &name, desk.now())
        .map_err(failure::store)?;
    Ok(FileWrittenView {
        name,
        size: text.len() as u64,
        sha256: hex::encode(Sha256::digest(&text)),
    })
}

fn everything(desk: &Desk) -> Result<AddressBookView, Failure> {
    list(
        desk,
        &AddressQuery {
            text: String::new(),
            limit: PAGE,
        },
    )
}

pub(crate) fn save_unit(
    desk: &Desk,
    request: &AddressUnitRequest,
) -> Result<AddressBookView, Failure> {
    if request.unit.name.trim().is_empty() {
        return Err(nameless("单位名称"));
    }
    let code = match request.credit_code.trim() {
        "" => String::new(),
        code => check_credit_code(code).map_err(|fault| code_fault(&fault))?,
    };
    desk.vault()?
        .save_address_unit(Uuid::now_v7(), &request.unit, &code, desk.now())
        .map_err(failure::store)?;
    everything(desk)
}

pub(crate) fn save_person(
    desk: &Desk,
    request: &AddressPersonRequest,
) -> Result<AddressBookView, Failure> {
    if request.person.name.trim().is_empty() {
        return Err(nameless("姓名"));
    }
    desk.vault()?
        .save_address_person(Uuid::now_v7(), &request.person, desk.now())
        .map_err(failure::store)?;
    everything(desk)
}

/// Erases an entry. A person whom a submitted revision names stays: the record has to say whom it
/// was about.
pub(crate) fn remove(desk: &Desk, request: &AddressRequest) -> Result<AddressBookView, Failure> {
    let vault = desk.vault()?;
    let (_, person) = vault.address_entry(request.id).map_err(failure::store)?;
    if let Some(entry) = person {
        let submitted: Vec<_> = vault
            .forms_naming(&entry.person)
            .map_err(failure::store)?
            .into_iter()
            .filter_map(|form| Some((form.name, form.revision?)))
            .collect();
        if let Some((form, revision)) = submitted.first() {
            return Err(Failure::new(
                FailureCode::Conflict,
                format!(
                    "“{}”在送审过的成果里（如“{form}”第 {revision} 次送审，共 {} 处），送审记录要留存，不能删除。",
                    entry.person.name,
                    submitted.len()
                ),
            ));
        }
    }
    if !vault
        .remove_address(request.id, desk.now())
        .map_err(failure::store)?
    {
        return Err(failure::missing());
    }
    everything(desk)
}

fn nameless(what: &str) -> Failure {
    Failure::new(
        FailureCode::Invalid,
        format!("请填写{what}，没有名称的条目以后找不到。"),
    )
}

fn code_fault(fault: &CreditCodeFault) -> Failure {
    let sentence = match fault {
        CreditCodeFault::Length { found } => {
            format!("统一社会信用代码应为 18 位，现在是 {found} 位。请核对登记证书。")
        }
        CreditCodeFault::Character { place, found } => {
            format!(
                "统一社会信用代码第 {place} 位“{found}”不会出现在代码里（不用 I、O、S、V、Z）。请核对登记证书。"
            )
        }
        CreditCodeFault::Check { found, expected } => {
            format!("统一社会信用代码最后一位应为 {expected}，现在是 {found}。请核对登记证书。")
        }
    };
    Failure::new(FailureCode::Invalid, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_shows_who_it_is_and_not_how_to_reach_them() {
        assert_eq!(masked_phone("0532-8866 1234"), "****-**** 1234");
        assert_eq!(masked_phone("13812345678"), "*******5678");
        assert_eq!(masked_phone("1234"), "1234");
        assert_eq!(masked_email("wangmin@example.org"), "w***@example.org");
        assert_eq!(masked_email("wangmin"), "*******");
        let person = masked_person(Researcher {
            born: "1980-05".to_owned(),
            name: "王敏".to_owned(),
            ..Researcher::default()
        });
        assert_eq!(
            (person.born.as_str(), person.name.as_str()),
            ("****-**", "王敏")
        );
    }
}
