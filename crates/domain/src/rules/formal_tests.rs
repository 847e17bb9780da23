//! The formal checks: for each rule what fails, and what stands just on the other side of it.

use super::tests::{codes, complete};
use crate::{
    Declaration,
    form::{IntellectualProperty, RightKind},
};

type Change = fn(&mut Declaration);

/// Puts one right of a kind and a number into the form, with its kind chosen.
fn only_right(form: &mut Declaration, kind: RightKind, number: &str) {
    let first = form.rights[0].clone();
    form.rights = vec![IntellectualProperty {
        kind: Some(kind),
        number: number.to_owned(),
        ..first
    }];
    form.right_kinds = vec![kind];
}

#[test]
fn each_formal_check_finds_its_fault_and_lets_the_neighbour_pass() {
    // Code, field, what fails, what passes.
    let table: &[(&str, &str, Change, Change)] = &[
        (
            "name.long",
            "name",
            |f| f.name = "深".repeat(41),
            |f| f.name = format!("{} 　", "深".repeat(40)),
        ),
        (
            "right.patent_kind",
            "rights[0].number",
            |f| only_right(f, RightKind::UtilityModel, "ZL201310699744.2"),
            |f| only_right(f, RightKind::InventionPatent, "ZL201310699744.2"),
        ),
        (
            "right.software_shape",
            "rights[0].number",
            |f| only_right(f, RightKind::Software, "2023SR01234"),
            |f| only_right(f, RightKind::Software, "２０２３SR 0123456"),
        ),
        (
            "right.variety_shape",
            "rights[0].number",
            |f| only_right(f, RightKind::PlantAnimalVariety, "CNA123"),
            |f| only_right(f, RightKind::PlantAnimalVariety, "CNA20231005874"),
        ),
        (
            "right.layout_shape",
            "rights[0].number",
            |f| only_right(f, RightKind::CircuitLayout, "155508385"),
            |f| only_right(f, RightKind::CircuitLayout, "BS.155508385"),
        ),
        (
            "right.standard_shape",
            "rights[0].number",
            |f| only_right(f, RightKind::Standard, "GB/T 9704"),
            |f| only_right(f, RightKind::Standard, "GB/T 9704—2012"),
        ),
        (
            "right.doi_shape",
            "rights[0].number",
            |f| only_right(f, RightKind::Publication, "10.1234"),
            |f| only_right(f, RightKind::Publication, "10.1234/a"),
        ),
        (
            "right.isbn_check_digit",
            "rights[0].number",
            |f| only_right(f, RightKind::Publication, "978-0-306-40615-8"),
            |f| only_right(f, RightKind::Publication, "978-0-306-40615-7"),
        ),
        (
            "right.date_before_research",
            "rights[0].date",
            |f| f.rights[0].date = f.research.from.and_then(|day| day.pred_opt()),
            |f| f.rights[0].date = f.research.from,
        ),
        (
            "project.number_twice",
            "projects[1].number",
            |f| f.projects[1].number = format!(" {} ", f.projects[0].number.to_lowercase()),
            |f| f.projects[1].number = format!("{}1", f.projects[0].number),
        ),
        (
            "right.number_twice",
            "rights[1].number",
            |f| f.rights[1].number = f.rights[0].number.clone(),
            |f| {
                // A word in place of a number is no number that stands twice.
                f.rights[0].number = "申请中".to_owned();
                f.rights[1].number = "申请中".to_owned();
            },
        ),
        (
            "unit.twice",
            "units[1].name",
            |f| f.units[1].name = format!(" {}", f.units[0].name),
            |f| f.units[1].name = format!("{}分院", f.units[0].name),
        ),
        (
            "transfer.no_mode",
            "cooperation",
            |f| {
                f.needs_transfer = Some(true);
                f.cooperation.clear();
            },
            |f| {
                f.needs_transfer = Some(false);
                f.cooperation.clear();
            },
        ),
        (
            "researcher.twice",
            "researchers[1].name",
            |f| f.researchers[1] = f.researchers[0].clone(),
            |f| {
                // Two people of one name are told apart by their month of birth.
                f.researchers[1].name = f.researchers[0].name.clone();
            },
        ),
        (
            "researcher.unit_not_listed",
            "researchers[0].unit",
            |f| f.researchers[0].unit = "外省某大学".to_owned(),
            |f| f.researchers[0].unit = format!("{}材料室", f.units[0].name),
        ),
        (
            "commitment.signed_before_end",
            "commitment.signed_on",
            |f| f.commitment.signed_on = f.research.to.and_then(|day| day.pred_opt()),
            |f| f.commitment.signed_on = f.research.to,
        ),
        (
            "unit.phone_shape",
            "units[0].phone",
            |f| f.units[0].phone = "12905320000".to_owned(),
            |f| f.units[0].phone = "+86 139 0532 0000".to_owned(),
        ),
        (
            "name.brand",
            "name",
            |f| f.name = "某某®深海浮力球".to_owned(),
            |f| f.name = "深海浮力球".to_owned(),
        ),
    ];
    for (code, path, fails, passes) in table {
        let is_found = |change: &Change| {
            let mut form = complete();
            change(&mut form);
            codes(&form)
                .iter()
                .any(|(found, at)| found == code && at == path)
        };
        assert!(is_found(fails), "{code} at {path} is found");
        assert!(!is_found(passes), "{code}: the neighbour passes");
    }
}
