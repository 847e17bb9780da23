//! 移交清单: goes with a sealed package from hand to hand (实施条例 Art. 27 and 29).

use super::or_dash;
use crate::paper::{
    fault::PaperFault,
    marked::Marked,
    press::{Paper, Press},
    qr,
    stamp::Stamp,
};
use serde_json::json;

/// What stands on the sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HandoverSheet {
    /// 移交单号.
    pub number: String,
    /// 密封包编号, of the register.
    pub package_number: String,
    /// The package's id, 32 hexadecimal digits.
    pub package_id: String,
    /// SM3 of the package's index, hexadecimal.
    pub digest: String,
    /// The mark of the package: the highest of its contents.
    pub marking: String,
    /// 份号 of the copies that are handed over.
    pub copy_numbers: Vec<String>,
    /// How many copies.
    pub copies: u32,
    /// What is inside.
    pub items: Vec<HandoverItem>,
    /// Label of the medium, as the unit numbers it.
    pub medium_label: String,
    /// Serial number of the medium.
    pub medium_serial: String,
    /// Who hands over.
    pub sender: UnitLine,
    /// Who carries it: two for 绝密 (实施条例 Art. 29). Each gets a place to sign.
    pub couriers: Vec<String>,
    /// Who receives it.
    pub recipient: UnitLine,
    /// Who sealed it: the officer, and the approver who was present.
    pub sealed_by: (String, String),
    /// 机要交通 or 机要通信.
    pub channel: String,
    /// Number and SM3 of the last audit record.
    pub audit_head: String,
    /// What else is to be said.
    pub remarks: String,
}

/// One item of the package.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HandoverItem {
    /// Its number, from 1.
    pub no: u32,
    /// Its title; withheld where the sheet must not tell it.
    pub title: Option<String>,
    /// Its mark.
    pub marking: String,
    /// Its 份号; empty before it was given.
    pub copy_number: String,
    /// 12 页, or 3.2 MB.
    pub pages_or_size: String,
    /// Its pieces of evidence.
    pub evidence_count: u32,
}

/// A unit and the person who acts for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitLine {
    /// 单位名称.
    pub unit: String,
    /// Name.
    pub person: String,
    /// Telephone.
    pub phone: String,
}

impl HandoverSheet {
    /// What the sheet's code says: `LUGUO:HANDOVER:1:<package>:<digest>:<audit head>`, in capitals
    /// for a coarser code; the parts of the audit head are joined by a colon.
    pub fn code(&self) -> String {
        let head: Vec<_> = self.audit_head.split_whitespace().collect();
        format!(
            "LUGUO:HANDOVER:1:{}:{}:{}",
            self.package_id,
            self.digest,
            head.join(":")
        )
        .to_uppercase()
    }
}

impl Press {
    /// Typesets the handover sheet.
    ///
    /// # Errors
    /// [`PaperFault`] when the typesetter refuses.
    pub fn handover_sheet(
        &self,
        sheet: &HandoverSheet,
        marked: Option<&Marked>,
    ) -> Result<Paper, PaperFault> {
        let items: Vec<_> = sheet
            .items
            .iter()
            .map(|item| {
                [
                    item.no.to_string(),
                    item.title
                        .clone()
                        .unwrap_or_else(|| "见密封包内清单".to_owned()),
                    or_dash(&item.marking).to_owned(),
                    or_dash(&item.copy_number).to_owned(),
                    or_dash(&item.pages_or_size).to_owned(),
                    item.evidence_count.to_string(),
                ]
            })
            .collect();
        let evidence: u32 = sheet.items.iter().map(|item| item.evidence_count).sum();
        let acting = |line: &UnitLine| {
            let words = [line.person.trim(), line.phone.trim()];
            words.join("　").trim().to_owned()
        };
        // A courier who is not known yet has a place to sign all the same.
        let couriers: Vec<_> = sheet
            .couriers
            .iter()
            .map(|name| name.trim())
            .filter(|name| !name.is_empty())
            .collect();
        let mut signing = vec!["移交人".to_owned()];
        match sheet.couriers.len() {
            0 | 1 => signing.push("押运人".to_owned()),
            several => signing.extend((1..=several).map(|n| format!("押运人{n}"))),
        }
        signing.extend(["接收人".to_owned(), "监交人".to_owned()]);
        let data = json!({
            "title": "密封包移交清单",
            "author": sheet.sender.unit,
            "stamp": Stamp::Plain.data(),
            "number": sheet.number,
            "rows": [
                ["密封包编号", sheet.package_number, "密级和期限", sheet.marking],
                ["份数", format!("{} 份", sheet.copies), "份号", sheet.copy_numbers.join("、")],
                ["载体标签", sheet.medium_label, "载体序列号", sheet.medium_serial],
                ["移交单位", sheet.sender.unit, "移交人", acting(&sheet.sender)],
                ["接收单位", sheet.recipient.unit, "接收人", acting(&sheet.recipient)],
                ["押运人", couriers.join("、"), "传递渠道", sheet.channel],
                ["封装人", sheet.sealed_by.0, "审批人（在场）", sheet.sealed_by.1],
            ],
            "digests": [
                ["密封包标识", sheet.package_id],
                ["摘要（SM3）", sheet.digest],
            ],
            "heads": ["序号", "标题", "密级", "份号", "页数或大小", "佐证（件）"],
            "items": items,
            "sum": format!("合计 {} 项，佐证 {evidence} 件", sheet.items.len()),
            "steps": [
                ["清点", "实有　　　份，与清单"],
                ["编号", "编号"],
                ["登记", "登记簿"],
                ["签收", "封口、标签"],
            ],
            "signing": signing,
            "audit": sheet.audit_head,
            "remarks": sheet.remarks,
        });
        let code = qr::qr_svg(&sheet.code());
        let files = vec![("code.svg".to_owned(), code.into_bytes())];
        self.print("handover.typ", &data, &Stamp::Plain, files, true, marked)
    }
}
