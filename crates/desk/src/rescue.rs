//! The safe mode: what a damaged vault still has, shown and written into a folder.

use crate::{desk::Desk, evidence::write_whole, failure, intake::file_name, names, vault};
use luguo_domain::{VaultKind, form::DeclarationFile};
use luguo_ipc::{
    Failure, FailureCode, FolderRequest, RescueRowView, RescueView, RescueWrittenView,
    VaultUnlockRequest,
};
use luguo_store::{Passphrase, Rescue, Rescued, RescuedDeclaration};
use std::{
    collections::BTreeSet,
    io::Write as _,
    path::{Path, PathBuf},
    sync::PoisonError,
};

pub(crate) fn show(desk: &Desk, request: VaultUnlockRequest) -> Result<RescueView, Failure> {
    let path = vault::resolve(desk, &request.vault)?;
    desk.let_go();
    let mut rescue = Rescue::open(
        &path,
        desk.host.edition,
        request.person.trim(),
        &Passphrase::new(request.passphrase.into_text()),
        desk.now(),
    )
    .map_err(failure::open)?;
    let found = rescue.list();
    let view = RescueView {
        declarations: found
            .declarations
            .iter()
            .map(|declaration| RescueRowView {
                name: named(declaration),
                form: declaration.form.is_some(),
                evidence: declaration.evidence.len() as u32,
            })
            .collect(),
        lost: lost(&found),
    };
    *desk.rescue.lock().unwrap_or_else(PoisonError::into_inner) = Some((rescue, found));
    Ok(view)
}

fn named(declaration: &RescuedDeclaration) -> String {
    match declaration.name.trim() {
        "" => "（名称读不出来）".to_owned(),
        name => name.to_owned(),
    }
}

fn lost(found: &Rescued) -> Vec<String> {
    found
        .lost
        .iter()
        .map(|table| {
            match table.as_str() {
                "declaration" => "有一部分成果的表格读不出来，能读的都列在这里。",
                "revision" => "有一部分送审过的版本读不出来。",
                "evidence" => "有一部分佐证材料的清单读不出来。",
                _ => "有一部分内容读不出来。",
            }
            .to_owned()
        })
        .collect()
}

/// Writes everything readable into a new folder, and what is lost as a list beside it.
pub(crate) fn write(desk: &Desk, request: &FolderRequest) -> Result<RescueWrittenView, Failure> {
    let into = desk.intake.get(&request.folder)?;
    let mut rescue = desk.rescue.lock().unwrap_or_else(PoisonError::into_inner);
    let Some((rescue, found)) = rescue.as_mut() else {
        return Err(Failure::new(
            FailureCode::Locked,
            "请先选择要抢救的保管库并输入密码。",
        ));
    };
    let folder = free(&into, "鲁果抢救");
    let unwritten = |fault: std::io::Error| failure::file(&file_name(&folder), &fault);
    std::fs::create_dir(&folder).map_err(unwritten)?;
    let mut lost = lost(found);
    let (mut forms, mut pieces) = (0, 0);
    for (n, declaration) in (1..).zip(&found.declarations) {
        let name = named(declaration);
        let own = free(&folder, &names::safe(&format!("{n:03} {name}")));
        std::fs::create_dir(&own).map_err(unwritten)?;
        match &declaration.form {
            Some(form) => {
                let file =
                    DeclarationFile::new(form.clone(), desk.host.edition == VaultKind::Classified);
                let text = serde_json::to_vec_pretty(&file).unwrap_or_default();
                write_whole(&own.join("征集表.json"), |out| out.write_all(&text))
                    .map_err(unwritten)?;
                forms += 1;
            }
            None => lost.push(format!("“{name}”的表格读不出来。")),
        }
        let mut taken = BTreeSet::new();
        for (place, piece) in (1..).zip(&declaration.evidence) {
            let called = names::of_evidence(&name, place, &piece.title, &piece.file_name);
            let path = own.join(names::distinct(&mut taken, &called));
            let whole = write_whole(&path, |out| rescue.write(piece, out)).map_err(unwritten)?;
            if whole {
                pieces += 1;
            } else {
                // What is not as its digest says must not look like evidence.
                std::fs::remove_file(&path).map_err(unwritten)?;
                lost.push(format!("“{name}”的佐证材料“{}”读不出来。", piece.title));
            }
        }
    }
    let list = if lost.is_empty() {
        "全部内容都已取出。\n".to_owned()
    } else {
        lost.join("\n") + "\n"
    };
    write_whole(&folder.join("没有取出的内容.txt"), |out| {
        out.write_all(list.as_bytes())
    })
    .map_err(unwritten)?;
    Ok(RescueWrittenView {
        folder: file_name(&folder),
        forms,
        evidence: pieces,
        lost,
    })
}

/// A name in a folder that nothing has yet.
fn free(folder: &Path, name: &str) -> PathBuf {
    let mut path = folder.join(name);
    let mut n = 2;
    while path.exists() {
        path = folder.join(format!("{name} {n}"));
        n += 1;
    }
    path
}
