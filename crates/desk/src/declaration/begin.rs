//! Beginning a declaration: the question 是否涉密 comes before anything else.

use crate::{desk::Desk, failure, people};
use luguo_domain::{Declaration, DeclarationId, Role, VaultKind, form::DeclarationFile, rules};
use luguo_ipc::{
    DeclarationCreateRequest, DeclarationImportRequest, DeclarationView, Failure, FailureCode,
};
use luguo_store::Vault;
use uuid::Uuid;

const CLASSIFIED_ENDS_HERE: &str = "涉密成果不在普通版里填报，本机没有保存任何内容。请联系本单位保密工作机构，在涉密计算机上使用涉密单机版填报。";
const ONLY_CLASSIFIED: &str =
    "涉密单机版只受理涉密成果，没有保存任何内容。非涉密成果请在普通版里填报。";

/// The longest file that is read as a form.
const LARGEST_FORM: u64 = 16 << 20;

/// Begins an empty form.
pub(crate) fn create(
    desk: &Desk,
    request: &DeclarationCreateRequest,
) -> Result<DeclarationView, Failure> {
    belongs_here(desk, request.classified)?;
    let vault = preparer(desk)?;
    begin(desk, &vault, &Declaration::default())
}

/// Takes a form in from a file that the person picked.
pub(crate) fn import(
    desk: &Desk,
    request: &DeclarationImportRequest,
) -> Result<DeclarationView, Failure> {
    let picked = desk.intake.find(&request.file)?;
    let name = picked.name();
    let text = text_of(&name, picked.read_all(LARGEST_FORM)?)?;
    import_text(desk, &name, &text)
}

/// Takes a form in from a file's text; nothing is stored unless all of it can be read.
pub(crate) fn import_text(desk: &Desk, name: &str, text: &str) -> Result<DeclarationView, Failure> {
    let vault = preparer(desk)?;
    let file =
        DeclarationFile::parse(text).map_err(|fault| failure::declaration_file(name, fault))?;
    belongs_here(desk, file.classified)?;
    begin(desk, &vault, &file.declaration)
}

fn text_of(name: &str, bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|fault| {
        Failure::new(
            FailureCode::Invalid,
            format!(
                "“{name}”不是 UTF-8 编码的文本，没有导入任何内容。请用本程序重新导出后再导入。"
            ),
        )
        .with_detail(fault.utf8_error())
    })
}

pub(crate) fn begin(
    desk: &Desk,
    vault: &Vault,
    form: &Declaration,
) -> Result<DeclarationView, Failure> {
    let id = DeclarationId(Uuid::now_v7());
    vault
        .create_declaration(id, form, rules::completeness(form), desk.now())
        .map_err(failure::store)?;
    desk.known.learn(id, form);
    super::show(desk, id)
}

fn belongs_here(desk: &Desk, classified: bool) -> Result<(), Failure> {
    match (desk.host.edition, classified) {
        (VaultKind::Open, true) => Err(Failure::new(
            FailureCode::ClassifiedEndsHere,
            CLASSIFIED_ENDS_HERE,
        )),
        (VaultKind::Classified, false) => Err(Failure::new(FailureCode::Invalid, ONLY_CLASSIFIED)),
        (VaultKind::Open, false) | (VaultKind::Classified, true) => Ok(()),
    }
}

pub(crate) fn preparer(desk: &Desk) -> Result<Vault, Failure> {
    let vault = desk.vault()?;
    if people::person(vault.me()).roles.contains(&Role::Preparer) {
        Ok(vault)
    } else {
        Err(Failure::new(
            FailureCode::Forbidden,
            "只有填报人可以新建成果。请由填报人登录后新建。",
        ))
    }
}
