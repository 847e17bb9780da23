//! Once only at the endpoint, clause 二（一）: what another unit already reported.

use super::report::Report;
use crate::{
    Declaration,
    prints::{Elsewhere, PrintGround, Prints, of_project_number, of_right_number},
};

const CLAUSE: &str = "二（一）";
const REMEDY: &str = "同一成果只报一次、只走一个渠道：请与那个单位核对，不是同一成果的说明理由。";

/// The answer is older than the form may be: what it says counts only where the form still
/// stands as it was asked about.
pub(super) fn check(form: &Declaration, told: &Elsewhere, report: &mut Report) {
    let now = Prints::of(form);
    let same_name = now.name == told.asked.name && now.marks == told.asked.marks;
    for twin in &told.twins {
        let who = format!(
            "省级平台已收到{}的“{}”（{}）",
            twin.unit, twin.name, twin.number
        );
        for ground in &twin.grounds {
            match *ground {
                PrintGround::RightNumber { print } => {
                    for (place, right) in form.rights.iter().enumerate() {
                        if of_right_number(&right.number) == print {
                            report.verify(
                                "elsewhere.right_number",
                                format!("rights[{place}].number"),
                                CLAUSE,
                                format!("{who}，也填了知识产权 {}。", right.number.trim()),
                                REMEDY,
                            );
                        }
                    }
                }
                PrintGround::ProjectNumber { print } => {
                    for (place, entry) in form.projects.iter().enumerate() {
                        if of_project_number(&entry.number) == print {
                            report.verify(
                                "elsewhere.project_number",
                                format!("projects[{place}].number"),
                                CLAUSE,
                                format!("{who}，也填了项目编号 {}。", entry.number.trim()),
                                REMEDY,
                            );
                        }
                    }
                }
                PrintGround::Name { similarity } if same_name => report.verify(
                    "elsewhere.name",
                    "name",
                    CLAUSE,
                    format!("{who}，名称相近（相似度 {:.0}%）。", similarity * 100.0),
                    REMEDY,
                ),
                PrintGround::Name { .. } => {}
            }
        }
    }
}
