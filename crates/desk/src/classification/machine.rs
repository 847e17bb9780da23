//! The record of the classified machine.

use super::{classified, not_yours};
use crate::{desk::Desk, failure};
use luguo_domain::{
    Role,
    secrecy::{ApprovedMachine, MachineFault},
};
use luguo_ipc::{Failure, FailureCode, MachineRecordRequest, MachineView};
use luguo_store::MachineRecordFault;

/// What the seal is and is not. It stands wherever somebody seals.
pub(crate) const STATEMENT: &str = "密封包（商用密码）用 SM2、SM3、SM4 算法在软件中封装，作用是发现改动、核对移交、限定收件人。它不是《密码法》要求保护国家秘密的核心密码、普通密码，也不能替代涉密载体的定密、标识、登记、审批、传递和销毁手续。国家秘密的保护依靠本单位经批准的涉密设备和机要渠道；密封包只写入登记过的涉密介质，由机要交通或机要通信传递。";

pub(crate) fn show(desk: &Desk) -> Result<MachineView, Failure> {
    let vault = classified(desk)?;
    Ok(MachineView {
        may_record: vault.me().is(Role::SecurityOfficer),
        machine: vault.machine().map_err(failure::store)?,
        statement: STATEMENT.to_owned(),
    })
}

/// Records the machine, once.
pub(crate) fn record(desk: &Desk, request: &MachineRecordRequest) -> Result<MachineView, Failure> {
    let vault = classified(desk)?;
    let now = desk.now();
    let machine = ApprovedMachine {
        number: request.number.trim().to_owned(),
        approval: request.approval.trim().to_owned(),
        basis: request.basis.trim().to_owned(),
        by_secrecy_channel: request.by_secrecy_channel,
        recorded_by: vault.me().name.clone(),
        recorded_at: now,
    };
    vault.record_machine(&machine, now).map_err(|fault| {
        let invalid = |words: &str| Failure::new(FailureCode::Invalid, words);
        match fault {
            MachineRecordFault::NotAllowed => not_yours("安全保密员"),
            MachineRecordFault::Recorded => Failure::new(
                FailureCode::Conflict,
                "这台涉密计算机已经登记过，登记不能改写。换了机器请新建保管库。",
            ),
            MachineRecordFault::Machine(MachineFault::Text) => {
                invalid("设备编号、批准情况和使用依据都要填写，每项不超过 500 字。")
            }
            MachineRecordFault::Machine(MachineFault::Channel) => {
                invalid("请确认密封包由机要交通或机要通信传递。不走机要渠道的，不能封装。")
            }
            MachineRecordFault::Store(fault) => failure::store(fault),
        }
    })?;
    show(desk)
}
