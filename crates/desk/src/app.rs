//! What the window needs at its start, and the form's catalogue.

use crate::{care, desk::Desk, failure, people, vault};
use luguo_domain::{
    Moment, VaultKind,
    form::{
        fields::CATALOGUE,
        help::{HELP, help_for},
    },
    rules,
};
use luguo_ipc::{AppStatusView, Failure, FieldHelpView, FormFieldView, OptionView, UnitProfile};
use luguo_store::{Recovery, Unit, Vault};

pub(crate) fn status(desk: &Desk) -> Result<AppStatusView, Failure> {
    let open = desk.peek();
    let today = (desk.host.local_date)();
    Ok(AppStatusView {
        version: desk.host.version.clone(),
        edition: desk.host.edition,
        network: cfg!(feature = "network") && desk.host.edition == VaultKind::Open,
        today: today.to_string(),
        vaults: vault::known(desk),
        person: open.as_ref().map(|vault| people::person(vault.me())),
        unit: open
            .as_ref()
            .map(|vault| vault.unit().map(unit_view).map_err(failure::store))
            .transpose()?,
        recovered: open.as_ref().map(recovered).unwrap_or_default(),
        days_to_deadline: rules::days_to_deadline(today),
        care: open
            .as_ref()
            .map(|vault| care::view(desk, vault))
            .transpose()?,
    })
}

pub(crate) fn unit_view(unit: Unit) -> UnitProfile {
    UnitProfile {
        name: unit.name,
        direct_reporting: unit.direct_reporting,
        city: unit.city,
    }
}

pub(crate) fn unit_of(profile: UnitProfile) -> Unit {
    Unit {
        name: profile.name.trim().to_owned(),
        direct_reporting: profile.direct_reporting,
        city: profile.city,
    }
}

fn recovered(vault: &Vault) -> Vec<String> {
    vault
        .recovered()
        .iter()
        .map(|recovery| match recovery {
            Recovery::InterruptedImports { count } => format!(
                "上次有 {count} 份材料没有加完就中断了，没加完的部分已清理干净，其余内容都在。"
            ),
            Recovery::Unclean {
                person,
                since,
                last,
            } => {
                let time = |at: &Moment| {
                    at.with_timezone(&failure::BEIJING)
                        .format("%-m 月 %-d 日 %H:%M:%S")
                        .to_string()
                };
                let kept = match last {
                    Some((name, at)) if name.is_empty() => {
                        format!("最后一次保存是 {}，已保存的内容都在。", time(at))
                    }
                    Some((name, at)) => {
                        format!("最后一次保存是 {} 的“{name}”，已保存的内容都在。", time(at))
                    }
                    None => "已保存的内容都在。".to_owned(),
                };
                format!(
                    "上次（{} 由{person}打开）程序没有正常退出，可能是断电或被强行结束。{kept}",
                    time(since)
                )
            }
            Recovery::WrongPassphrases { count } => {
                format!(
                    "上次登录以后，有人用您的姓名输错过 {count} 次密码。如果不是您本人，请换密码。"
                )
            }
        })
        .collect()
}

pub(crate) fn catalogue() -> Vec<FormFieldView> {
    CATALOGUE
        .iter()
        .map(|entry| FormFieldView {
            number: entry.number,
            path: entry.path.to_owned(),
            label: entry.label.to_owned(),
            hint: entry.hint.to_owned(),
            help: help_for(entry.path).unwrap_or(entry.hint).to_owned(),
            clause: entry.clause.to_owned(),
            section: entry.section.key().to_owned(),
            required: entry.required,
            options: (entry.options)()
                .into_iter()
                .map(|(code, label)| OptionView {
                    code: code.to_owned(),
                    label: label.to_owned(),
                })
                .collect(),
        })
        .collect()
}

pub(crate) fn help() -> Vec<FieldHelpView> {
    HELP.iter()
        .map(|(path, help)| FieldHelpView {
            path: (*path).to_owned(),
            help: (*help).to_owned(),
        })
        .collect()
}
