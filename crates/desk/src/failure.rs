//! Every fault of the layers below as a code to act on and a sentence to read. No wildcard:
//! a new fault forces a decision here.

use chrono::FixedOffset;
use luguo_domain::{
    VaultKind, decision::DecisionFault, form::FileFault, role::RoleFault, ruling::RulingFault,
};
use luguo_ipc::{Failure, FailureCode};
use luguo_store::{
    AccountFault, BackupFault, ImportFault, OpenFault, PassphraseChangeFault, SaveFault, StepFault,
    StoreFault,
};

/// The clock on the wall in Shandong.
pub(crate) const BEIJING: FixedOffset = FixedOffset::east_opt(8 * 3600).expect("an offset");

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
            "保管库里有内容读不出来。请先锁定，在登录页用“只读抢救”取出能读的内容，或者从备份恢复。",
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
        OpenFault::LockedOut { until } => Failure::new(
            FailureCode::LockedOut,
            format!(
                "连续 5 次输错，{} 之前不能再试，内容没有任何改动。忘了密码请找系统管理员和安全保密员重设，或者用恢复单。",
                until.with_timezone(&BEIJING).format("%H:%M")
            ),
        ),
        OpenFault::NetworkFileSystem { path, kind } => Failure::new(
            FailureCode::NetworkFolder,
            format!(
                "“{path}”在网络共享上（{kind}），保管库和备份都不能放在那里：断网时会损坏。请放在本机硬盘或 U 盘上。"
            ),
        ),
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

pub(crate) fn only_administrator() -> Failure {
    Failure::new(
        FailureCode::Forbidden,
        "这一步由系统管理员来做，请由他登录后操作。",
    )
}

pub(crate) fn account(fault: AccountFault) -> Failure {
    let refused = |sentence: &str| Failure::new(FailureCode::Invalid, sentence);
    match fault {
        AccountFault::NotFound => missing(),
        AccountFault::NameTaken => refused("已经有同名的人员。请加上科室或工号以示区别。"),
        AccountFault::NotAllowed => only_administrator(),
        AccountFault::Oneself => refused("不能停用自己的账号。请由另一位系统管理员来做。"),
        AccountFault::LastAdministrator => {
            refused("至少要留一位系统管理员。请先把这个角色给另一个人。")
        }
        AccountFault::Roles(RoleFault::None) => refused("请至少选一个角色。"),
        AccountFault::Roles(RoleFault::AuditorAlone) => {
            refused("安全审计员不能兼任其他角色，请只选这一个。")
        }
        AccountFault::Roles(RoleFault::ClassifiedOnly) => {
            refused("定密责任人和涉密成果专管员只在涉密单机版里设。")
        }
        AccountFault::Roles(RoleFault::TwoOfficersInOne) => {
            refused("系统管理员和安全保密员要由两个人担任。")
        }
        AccountFault::Keys(fault) => open(fault),
    }
}

pub(crate) fn passphrase(fault: PassphraseChangeFault) -> Failure {
    match fault {
        PassphraseChangeFault::Used => {
            Failure::new(FailureCode::Invalid, "这个密码最近用过，请换一个没用过的。")
        }
        PassphraseChangeFault::NotAllowed => only_administrator(),
        PassphraseChangeFault::NoSecondOfficer => Failure::new(
            FailureCode::Forbidden,
            "重设密码要有安全保密员在场：请填写他的姓名，由他输入自己的密码。单位还没有安全保密员的，请先添加一位。",
        ),
        PassphraseChangeFault::Keys(OpenFault::Refused) => {
            Failure::new(FailureCode::Refused, "密码不对，没有改动。请重新输入。")
        }
        PassphraseChangeFault::Keys(fault) => open(fault),
    }
}

pub(crate) fn backup(name: &str, fault: BackupFault) -> Failure {
    match fault {
        BackupFault::Cancelled => Failure::new(
            FailureCode::Cancelled,
            format!("“{name}”已停下，没有留下半份备份。"),
        ),
        BackupFault::Exists => Failure::new(
            FailureCode::VaultExists,
            format!("“{name}”要写的位置已经有同名的内容，没有覆盖它。请换一个位置。"),
        ),
        BackupFault::NotABackup => Failure::new(
            FailureCode::Invalid,
            format!("“{name}”里没有本版本的备份。请选择名称以“鲁果备份”开头的文件夹。"),
        ),
        BackupFault::Changed { file } => Failure::new(
            FailureCode::VaultUnusable,
            format!(
                "备份里的“{file}”与备份时不一样，可能已损坏，没有恢复，原来的保管库没有动。请换一份备份。"
            ),
        ),
        BackupFault::NotWhole { report } => Failure::new(
            FailureCode::VaultUnusable,
            format!(
                "“{name}”读回核对时发现问题，没有采用，原来的内容没有动。请换一块硬盘或 U 盘再试。"
            ),
        )
        .with_detail(format!("{report:?}")),
        BackupFault::Io(fault) => file(name, &fault),
        BackupFault::Vault(fault) => open(fault),
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
        StepFault::NoAuthority => Failure::new(
            FailureCode::Forbidden,
            "这里还没有用主管部门的账号登录过接收端，不能提出审核意见。请先在“传输”里登录。",
        ),
        StepFault::Ruling(fault) => Failure::new(
            FailureCode::Invalid,
            match fault {
                RulingFault::ReasonMissing => "退回和一票否决要写明理由，报送单位会看到。",
                RulingFault::GroundMissing => {
                    "一票否决要选依据：绿色门槛、行政处罚或知识产权纠纷。"
                }
                RulingFault::GroundWithoutVeto => "只有一票否决才选依据，请重新选择。",
            },
        ),
        StepFault::Unmarked => Failure::new(
            FailureCode::Conflict,
            "还没有定密，没有送审，填写的内容都在。请先在“定密”里提出密级、期限和知悉范围，每份材料都回答是否涉密，由定密责任人决定后再送审。",
        ),
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
