//! Every fault of the layers below as a code to act on and a sentence to read. No wildcard:
//! a new fault forces a decision here.

use luguo_domain::{VaultKind, decision::DecisionFault, form::FileFault};
use luguo_ipc::{Failure, FailureCode};
use luguo_store::{ImportFault, OpenFault, SaveFault, StepFault, StoreFault};

pub(crate) const OWN_WORK: &str = "审核人不能是填报人本人。请由本单位另一位审核人登录后审核。";
pub(crate) const REFUSED: &str = "姓名或密码不对，没有打开。内容没有任何改动，请重新输入。";

pub(crate) fn store(fault: StoreFault) -> Failure {
    match fault {
        StoreFault::DiskFull => Failure::new(
            FailureCode::DiskFull,
            "磁盘已满，这一步没有完成。之前保存的内容都在，请腾出空间后重试。",
        ),
        StoreFault::Damaged { detail } => Failure::new(
            FailureCode::VaultUnusable,
            "保管库里有内容读不出来。请先备份保管库文件，再联系维护人员。",
        )
        .with_detail(detail),
        StoreFault::Database { detail } => Failure::new(
            FailureCode::Defect,
            "保管库读写出错，这一步没有完成。之前保存的内容都在，请重试。",
        )
        .with_detail(detail),
    }
}

pub(crate) fn open(fault: OpenFault) -> Failure {
    match fault {
        OpenFault::NotFound => Failure::new(
            FailureCode::NotFound,
            "没有找到这个保管库。请确认文件还在原来的位置，或者插好存放它的 U 盘。",
        ),
        OpenFault::Exists => Failure::new(
            FailureCode::VaultExists,
            "这个位置已经有一个保管库，没有覆盖它。请换一个名称或位置。",
        ),
        OpenFault::NotAVault { detail } => Failure::new(
            FailureCode::VaultUnusable,
            "这个文件不是保管库，或者缺少同名的 .keys 文件。请把两个文件放在一起。",
        )
        .with_detail(detail),
        fault @ OpenFault::KeySlotCost { .. } => Failure::new(
            FailureCode::VaultUnusable,
            "与保管库同名的 .keys 文件已损坏，或者不是本程序保存的，没有打开，也没有做任何改动。请用备份里的 .keys 文件换回来再打开。",
        )
        .with_detail(fault),
        OpenFault::OtherEdition { is, .. } => Failure::new(
            FailureCode::VaultUnusable,
            match is {
                VaultKind::Classified => {
                    "这是涉密单机版的保管库，普通版不能打开，也没有做任何改动。请在涉密计算机上用涉密单机版打开。"
                }
                VaultKind::Open => "这是普通版的保管库，涉密单机版不能打开，也没有做任何改动。",
            },
        ),
        OpenFault::Newer { found, known } => Failure::new(
            FailureCode::VaultUnusable,
            "这个保管库是由更新版本的程序保存的，没有做任何改动。请升级程序后再打开。",
        )
        .with_detail(format!("schema {found}, known {known}")),
        OpenFault::Refused => Failure::new(FailureCode::Refused, REFUSED),
        OpenFault::InUse { holder } => Failure::new(
            FailureCode::VaultBusy,
            format!(
                "保管库正由“{}”在另一个窗口或程序里使用（进程 {}）。请先关闭那一边，再打开。",
                holder.person, holder.process
            ),
        ),
        OpenFault::Io(fault) if is_full(&fault) => store(StoreFault::DiskFull),
        OpenFault::Io(fault) => Failure::new(
            FailureCode::File,
            "保管库所在的文件夹不能读写。请检查权限，或换一个位置。",
        )
        .with_detail(fault),
        OpenFault::Store(fault) => store(fault),
    }
}

pub(crate) fn save(fault: SaveFault) -> Failure {
    match fault {
        SaveFault::NotFound => missing(),
        SaveFault::NotEditable { state } => Failure::new(
            FailureCode::Conflict,
            format!(
                "这项成果现在是“{}”，不能修改。需要修改请先撤回，或等审核人退回。",
                state.label()
            ),
        ),
        SaveFault::NotYours => Failure::new(
            FailureCode::Forbidden,
            "这项成果由别人填报，您可以查看，不能修改。",
        ),
        SaveFault::Stale { current } => Failure::new(
            FailureCode::Conflict,
            "这份表格在别处保存过，没有用这里的内容覆盖它。请复制未保存的文字，重新打开后再粘贴。",
        )
        .with_detail(format!("version {current}")),
        SaveFault::NameTaken => Failure::new(
            FailureCode::Invalid,
            "已经有同名的人员。请加上科室或工号以示区别。",
        ),
        SaveFault::Store(fault) => store(fault),
    }
}

pub(crate) fn step(fault: StepFault) -> Failure {
    match fault {
        StepFault::NotFound => missing(),
        StepFault::Illegal(fault) => Failure::new(
            FailureCode::Conflict,
            format!(
                "这项成果现在是“{}”，不能再变为“{}”。请刷新后查看最新状态。",
                fault.from.label(),
                fault.to.label()
            ),
        )
        .with_detail(fault),
        StepFault::NotYours => Failure::new(
            FailureCode::Forbidden,
            "这项成果由别人填报，只有填报人可以送审或撤回。",
        ),
        StepFault::NotAReviewer => Failure::new(
            FailureCode::Forbidden,
            "您不是单位审核人。请由本单位审核人登录后审核。",
        ),
        StepFault::Stale { current } => Failure::new(
            FailureCode::Conflict,
            "打开之后它又有了改动，这一步没有做。请刷新后重新查看。",
        )
        .with_detail(format!("now at {current}")),
        StepFault::Decision(DecisionFault::OwnWork) => {
            Failure::new(FailureCode::Forbidden, OWN_WORK)
        }
        StepFault::Decision(DecisionFault::ReasonMissing) => Failure::new(
            FailureCode::Invalid,
            "退回时请写明需要修改什么，填报人会照着改。",
        ),
        StepFault::Store(fault) => store(fault),
    }
}

pub(crate) fn import(file: &str, fault: ImportFault) -> Failure {
    match fault {
        ImportFault::Cancelled => Failure::new(
            FailureCode::Cancelled,
            format!("“{file}”已取消加入，没有留下任何内容。"),
        ),
        ImportFault::Empty => Failure::new(
            FailureCode::File,
            format!("“{file}”是空文件（0 字节），没有加入。请重新扫描或重新拷贝。"),
        ),
        ImportFault::Read(fault) => Failure::new(
            FailureCode::File,
            format!("“{file}”读不出来，没有加入。请检查文件或 U 盘后重试。"),
        )
        .with_detail(fault),
        ImportFault::Declaration(fault) => save(fault),
        ImportFault::Store(StoreFault::DiskFull) => Failure::new(
            FailureCode::DiskFull,
            format!("磁盘已满，“{file}”没有加入。表格和已加入的材料都在，请腾出空间后再加一次。"),
        ),
        ImportFault::Store(fault) => store(fault),
    }
}

pub(crate) fn declaration_file(file: &str, fault: FileFault) -> Failure {
    match fault {
        FileFault::Shape {
            line,
            column,
            path,
            reason,
        } => Failure::new(
            FailureCode::Invalid,
            format!("“{file}”第 {line} 行第 {column} 列（{path}）无法识别，没有导入任何内容。请改正后再导入。"),
        )
        .with_detail(reason),
        FileFault::Format { found, expected } => Failure::new(
            FailureCode::Invalid,
            format!("“{file}”不是本程序的征集表文件（应为 {expected}），没有导入任何内容。"),
        )
        .with_detail(found),
    }
}

pub(crate) fn file(name: &str, fault: &std::io::Error) -> Failure {
    if is_full(fault) {
        return Failure::new(
            FailureCode::DiskFull,
            format!("磁盘已满，“{name}”没有写成，也没有留下半个文件。请腾出空间后重试。"),
        );
    }
    Failure::new(
        FailureCode::File,
        format!("“{name}”不能读写，这一步没有完成。请检查文件是否还在、有没有权限。"),
    )
    .with_detail(fault)
}

pub(crate) fn missing() -> Failure {
    Failure::new(
        FailureCode::NotFound,
        "没有找到这一项，可能已被删除。请刷新列表。",
    )
}

fn is_full(fault: &std::io::Error) -> bool {
    matches!(
        fault.kind(),
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded
    )
}
