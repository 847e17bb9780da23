//! The fingerprint of a card on paper: handed over by another way than the card's file, so that
//! both can be compared.

use super::by_four;
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
pub struct CardSheet {
    /// Whose card it is.
    pub holder: String,
    /// The unit.
    pub unit: String,
    /// The fingerprint; printed in groups of four however it comes.
    pub fingerprint: String,
    /// From when it is good.
    pub valid_from: String,
    /// Until when.
    pub valid_until: String,
    /// What it is for, as 签名、解封.
    pub usage: String,
    /// What the code says.
    pub qr: String,
}

impl Press {
    /// Typesets the sheet: A5 across, one page.
    ///
    /// # Errors
    /// [`PaperFault`] when the typesetter refuses.
    pub fn card_sheet(
        &self,
        sheet: &CardSheet,
        marked: Option<&Marked>,
    ) -> Result<Paper, PaperFault> {
        let data = json!({
            "title": "证书指纹卡",
            "author": sheet.unit,
            "stamp": Stamp::Plain.data(),
            "rows": [
                ["持有人", sheet.holder],
                ["单位", sheet.unit],
                ["用途", sheet.usage],
                ["有效期", format!("{} 至 {}", sheet.valid_from, sheet.valid_until)],
            ],
            "groups": by_four(&sheet.fingerprint),
            "below": "收到证书文件后，在“密钥与证书”页导入，与本卡逐组核对指纹（当面、电话念读或扫码均可），一致才启用。本卡与证书文件请分开送达。",
        });
        let files = vec![("code.svg".to_owned(), qr::qr_svg(&sheet.qr).into_bytes())];
        self.print("card.typ", &data, &Stamp::Plain, files, true, marked)
    }
}
