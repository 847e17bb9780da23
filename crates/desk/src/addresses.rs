//! The address book: units and people, found while typing.

use crate::{desk::Desk, failure};
use luguo_domain::rules::{CreditCodeFault, check_credit_code};
use luguo_ipc::{
    AddressBookView, AddressPersonRequest, AddressPersonView, AddressQuery, AddressRequest,
    AddressUnitRequest, AddressUnitView, Failure, FailureCode,
};
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
                unit: entry.unit,
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
                person: entry.person,
                used: entry.used,
            })
            .collect(),
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

pub(crate) fn remove(desk: &Desk, request: &AddressRequest) -> Result<AddressBookView, Failure> {
    if !desk
        .vault()?
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
