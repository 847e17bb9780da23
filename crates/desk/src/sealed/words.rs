//! Faults of sealed packages as a colleague would say them. What a stranger's bytes provoke says no
//! more than that it does not open.

use crate::{failure, keys};
use luguo_ipc::{Failure, FailureCode};
use luguo_sealed::{OpenFault, SealFault};

/// Why a package is not opened.
pub(super) fn opening(name: &str, fault: &OpenFault) -> Failure {
    let file = |words: String| Failure::new(FailureCode::File, words).with_detail(fault);
    match fault {
        OpenFault::Io(fault) => failure::file(name, fault),
        OpenFault::NotAPackage => file(format!(
            "“{name}”不是密封包，或者没有写完整，什么也没有存。请检查介质，或请对方重新封装。"
        )),
        OpenFault::Version(_) | OpenFault::Suite(_) => file(format!(
            "“{name}”是更新版本的程序封装的，或者用了这里不认的算法，没有打开。请升级程序，或请对方用同一版本封装。"
        )),
        OpenFault::Record(_) | OpenFault::Members | OpenFault::Changed(_) => file(format!(
            "“{name}”在封装以后被改动过或者已经损坏，没有打开，什么也没有存。请保留介质并报告保密工作机构。"
        )),
        OpenFault::Seal(_) | OpenFault::OtherSealer => file(format!(
            "“{name}”的封装签名不对，没有打开，什么也没有存。请保留介质并报告保密工作机构。"
        )),
        OpenFault::Card(card) => Failure::new(
            FailureCode::Forbidden,
            format!(
                "“{name}”的封装人证书{}，没有打开。请先核对并收录对方的证书；已作废的，请联系对方。",
                keys::fault_words(*card)
            ),
        ),
        OpenFault::OtherRecipient => Failure::new(
            FailureCode::Forbidden,
            format!("“{name}”不是封给本保管库的，这里没有能打开它的密钥。请核对收件单位。"),
        ),
        OpenFault::NotOpened => file(format!(
            "“{name}”打不开，什么也没有存。请保留介质并报告保密工作机构。"
        )),
    }
}

/// Why nothing was sealed.
pub(super) fn sealing(fault: &SealFault) -> Failure {
    let invalid = |words: String| Failure::new(FailureCode::Invalid, words);
    match fault {
        SealFault::Io(fault) => failure::file("密封包", fault),
        SealFault::NoRecipient => invalid("没有选收件人证书，没有封装。".to_owned()),
        SealFault::CardTwice => invalid(
            "同一张证书选了两次，或者把备用卡也选成了收件人，没有封装。请去掉一张。".to_owned(),
        ),
        SealFault::Card { holder, fault } => invalid(format!(
            "“{}”的证书{}，没有封装，介质上没有留下内容。请换一张证书。",
            holder.strip_prefix("CN=").unwrap_or(holder),
            keys::fault_words(*fault)
        )),
        SealFault::Content(name) => Failure::new(
            FailureCode::VaultUnusable,
            format!(
                "“{name}”在保管库里已损坏，没有封装，介质上没有留下内容。请从备份恢复后再封装。"
            ),
        ),
        SealFault::Count(count) => invalid(format!(
            "一个密封包最多装 9000 份内容，现在是 {count} 份。请分几个密封包。"
        )),
        SealFault::Envelope(_) | SealFault::Signature(_) | SealFault::Unmakeable(_) => {
            Failure::new(
                FailureCode::Defect,
                "没有封装成功，介质上没有留下内容。请把详情告诉维护人员。",
            )
            .with_detail(fault)
        }
    }
}
