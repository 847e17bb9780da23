//! The audit chain: verifying it, showing what it tells, taking it out.

use crate::{care, desk::Desk, evidence::write_whole, failure, intake::file_name};
use luguo_domain::Role;
use luguo_ipc::{
    AuditExportRequest, AuditListRequest, AuditRecordView, AuditReportView, Failure, FailureCode,
    FileWrittenView,
};
use luguo_store::{AuditFault, Vault};
use sha2::{Digest as _, Sha256};
use std::io::Write;

/// Records that a screen shows at once.
const MOST: u32 = 1_000;

/// What each action is called.
const NAMES: &[(&str, &str)] = &[
    ("vault.create", "建立保管库"),
    ("vault.open", "打开保管库"),
    ("vault.check", "检查保管库"),
    ("account.add", "添加人员"),
    ("account.roles", "调整角色"),
    ("account.disable", "停用人员"),
    ("passphrase.change", "更换密码"),
    ("passphrase.reset", "重设密码"),
    ("recovery.print", "打印恢复单"),
    ("recovery.use", "使用恢复单"),
    ("policy.save", "修改安全要求"),
    ("backup.make", "备份"),
    ("backup.fail", "备份没有完成"),
    ("backup.restore", "从备份恢复"),
    ("address.export", "导出个人信息"),
    ("declaration.discard", "成果放入回收站"),
    ("declaration.restore", "从回收站取回成果"),
    ("declaration.purge", "彻底删除成果"),
    ("evidence.restore", "从回收站取回佐证"),
    ("evidence.purge", "彻底删除佐证"),
    ("unit.save", "修改单位信息"),
    ("address.save", "保存通讯录"),
    ("address.remove", "从通讯录移除"),
    ("declaration.create", "新建成果"),
    ("declaration.export", "导出表格文件"),
    ("declaration.submit", "送审"),
    ("declaration.withdraw", "撤回"),
    ("declaration.merge", "合并成果"),
    ("declaration.elsewhere", "到省级平台查重"),
    ("evidence.add", "加入佐证材料"),
    ("evidence.edit", "修改佐证说明"),
    ("evidence.order", "调整佐证顺序"),
    ("evidence.replace", "佐证换成新文件"),
    ("evidence.remove", "移除佐证材料"),
    ("evidence.extract", "取出佐证材料"),
    ("evidence.extract_all", "取出全部佐证材料"),
    ("review.approve", "审核通过"),
    ("review.return", "退回"),
    ("package.export", "导出成果包"),
    ("document.print", "存为 PDF"),
    ("annex.write", "写出汇总表或联络员表"),
    ("liaison.save", "保存联络员"),
    ("endpoint.sign_in", "登录接收端"),
    ("outbox.step", "成果包传送进度"),
    ("outbox.hold", "成果包停下"),
    ("receipt.verified", "回执核验通过"),
    ("audit.export", "导出操作记录"),
    ("classification.propose", "提出定密"),
    ("classification.approve", "定密决定：同意"),
    ("classification.refuse", "定密决定：不同意"),
    ("knowledge.add", "登记知悉人员"),
    ("declaration.view", "查看涉密成果"),
    ("declaration.print", "打印涉密成果"),
    ("declaration.extract", "取出涉密材料"),
    ("evidence.view", "查看涉密材料"),
    ("machine.record", "登记涉密计算机"),
    ("key.make", "生成封装密钥"),
    ("key.retire", "停用封装密钥"),
    ("card.take", "收录证书"),
    ("card.void", "作废证书"),
    ("card.write", "导出证书"),
    ("sealed.sealed", "密封包：登记编号"),
    ("sealed.written", "密封包：写入介质"),
    ("sealed.counted", "密封包：清点"),
    ("sealed.registered", "密封包：登记"),
    ("sealed.handed_over", "密封包：移交"),
    ("sealed.signed_for", "密封包：签收"),
    ("sealed.returned", "密封包：退回"),
    ("sealed.destroyed", "密封包：销毁"),
    ("sealed.list", "查看密封包目录"),
    ("sealed.extract", "取出密封包内容"),
    ("sealed.second_holder", "用备用卡打开密封包"),
    ("sealed.receipt", "写出签收回执"),
    ("secrecy.print", "打印涉密登记材料"),
    ("package.receive", "收下成果包"),
    ("package.refuse", "没有收下成果包"),
    ("package.let_go", "移除收到的成果包"),
    ("package.into_classified", "普通成果包收进涉密保管库"),
    ("ruling.make", "提出审核意见"),
    ("ruling.in_force", "审核意见生效"),
    ("ruling.superseded", "审核意见没有生效"),
];

pub(crate) fn list(
    desk: &Desk,
    request: &AuditListRequest,
) -> Result<Vec<AuditRecordView>, Failure> {
    let vault = allowed(desk)?;
    let records = vault
        .audit(request.before, request.limit.min(MOST))
        .map_err(failure::store)?;
    records
        .into_iter()
        .map(|record| {
            let named = vault.name_of(&record.subject).map_err(failure::store)?;
            Ok(AuditRecordView {
                seq: record.seq,
                at: record.at,
                person: record.person,
                action: NAMES
                    .iter()
                    .find(|(code, _)| *code == record.action)
                    .map_or(record.action.clone(), |(_, name)| (*name).to_owned()),
                subject: match named {
                    Some(name) if name.is_empty() => "（未命名）".to_owned(),
                    Some(name) => name,
                    // The vault itself needs no name.
                    None if record.subject == vault.id().to_string() => String::new(),
                    None => record.subject,
                },
                detail: in_words(&record.detail),
                hash: record.hash,
            })
        })
        .collect()
}

/// What a record says besides, as a person reads it; the record itself stays as it is.
fn in_words(detail: &str) -> String {
    let words: Vec<String> = detail
        .split(' ')
        .map(|word| match word {
            "revision" => "送审版本".to_owned(),
            "with" => "，在场：".to_owned(),
            "open" => "普通版".to_owned(),
            "classified" => "涉密单机版".to_owned(),
            _ => {
                let roles: Option<Vec<_>> = word.split(',').map(Role::from_code).collect();
                match roles {
                    Some(roles) => roles
                        .into_iter()
                        .map(Role::label)
                        .collect::<Vec<_>>()
                        .join("、"),
                    None => word.to_owned(),
                }
            }
        })
        .collect();
    words.join(" ")
}

/// The vault, for somebody who may read its records.
fn allowed(desk: &Desk) -> Result<Vault, Failure> {
    let vault = desk.vault()?;
    let accounts = vault.accounts().map_err(failure::store)?;
    if care::may_audit(&care::me(&vault, &accounts), &accounts) {
        Ok(vault)
    } else {
        Err(Failure::new(
            FailureCode::Forbidden,
            "操作记录由安全审计员和安全保密员查看；单位没有安全审计员时由系统管理员查看。",
        ))
    }
}

/// Writes the records, whole or not at all; that they were written is a record itself.
pub(crate) fn export(
    desk: &Desk,
    request: &AuditExportRequest,
) -> Result<FileWrittenView, Failure> {
    let vault = allowed(desk)?;
    let path = desk.intake.get(&request.place)?;
    let name = file_name(&path);
    vault
        .record_signed("audit.export", "", &name, desk.now())
        .map_err(failure::store)?;
    let mut counted = Counted {
        size: 0,
        digest: Sha256::new(),
    };
    let mut unread = None;
    write_whole(&path, |out| {
        let mut both = Both(out, &mut counted);
        match vault.write_audit(&mut both) {
            Ok(written) => written.map(drop),
            Err(fault) => {
                unread = Some(fault);
                Err(std::io::Error::other("the vault could not be read"))
            }
        }
    })
    .map_err(|fault| match unread {
        Some(unread) => failure::store(unread),
        None => failure::file(&name, &fault),
    })?;
    Ok(FileWrittenView {
        name,
        size: counted.size,
        sha256: hex::encode(counted.digest.finalize()),
    })
}

/// What went through, for the answer.
struct Counted {
    size: u64,
    digest: Sha256,
}

struct Both<'a, W: Write>(W, &'a mut Counted);

impl<W: Write> Write for Both<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let taken = self.0.write(bytes)?;
        self.1.size += taken as u64;
        self.1.digest.update(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

pub(crate) fn verify(desk: &Desk) -> Result<AuditReportView, Failure> {
    let report = desk.vault()?.verify_audit().map_err(failure::store)?;
    Ok(AuditReportView {
        valid: report.fault.is_none(),
        records: report.records,
        head: report.head.hash,
        fault: report.fault.as_ref().map(words),
    })
}

/// How the chain breaks, in a sentence that names the first broken record.
pub(crate) fn words(fault: &AuditFault) -> String {
    let seq = fault.seq();
    match fault {
        AuditFault::Gap { .. } => format!("第 {seq} 条操作记录不见了，记录被删改过。"),
        AuditFault::Broken { .. } => {
            format!("第 {seq} 条操作记录与前一条接不上，记录被调换或删改过。")
        }
        AuditFault::Changed { .. } => format!("第 {seq} 条操作记录的内容被改过。"),
        AuditFault::Cut { expected, .. } => format!(
            "第 {seq} 条以后的操作记录不见了（应到第 {expected} 条），记录被截断或换成了旧的。"
        ),
        AuditFault::Head { .. } => {
            format!("第 {seq} 条操作记录与当时的签名对不上，这一条以前的记录被整个改写过。")
        }
    }
}
