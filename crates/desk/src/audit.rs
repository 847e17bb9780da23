//! Verifying the audit chain.

use crate::{desk::Desk, failure};
use luguo_ipc::{AuditReportView, Failure};
use luguo_store::AuditFault;

pub(crate) fn verify(desk: &Desk) -> Result<AuditReportView, Failure> {
    let report = desk.vault()?.verify_audit().map_err(failure::store)?;
    Ok(AuditReportView {
        valid: report.fault.is_none(),
        records: report.records,
        head: report.head.hash,
        fault: report.fault.map(|fault| match fault {
            AuditFault::Gap { expected, .. } => {
                format!("第 {expected} 条操作记录不见了，记录被删改过。")
            }
            AuditFault::Broken { seq } => {
                format!("第 {seq} 条操作记录与前一条接不上，记录被调换或删改过。")
            }
            AuditFault::Changed { seq } => format!("第 {seq} 条操作记录的内容被改过。"),
        }),
    })
}
