//! Once only at the endpoint, clause 二（一）: what it told, and asking it.

use crate::failure;
use luguo_domain::{
    Declaration, DeclarationId, Moment,
    prints::{Elsewhere, PrintGround, Prints},
};
use luguo_ipc::{ElsewhereView, Failure, TwinElsewhereView};
use luguo_store::Vault;

/// What the endpoint told; twins that stand in this vault too are told from here.
pub(crate) fn told(
    vault: &Vault,
    id: DeclarationId,
) -> Result<Option<(Moment, Elsewhere)>, Failure> {
    let Some((asked_at, mut told)) = vault.elsewhere(id).map_err(failure::store)? else {
        return Ok(None);
    };
    let mut strangers = Vec::new();
    for twin in told.twins {
        let here = vault
            .declaration(twin.declaration)
            .map_err(failure::store)?
            .is_some();
        if !here {
            strangers.push(twin);
        }
    }
    told.twins = strangers;
    Ok(Some((asked_at, told)))
}

pub(crate) fn view(form: &Declaration, asked_at: Moment, told: &Elsewhere) -> ElsewhereView {
    ElsewhereView {
        asked_at: asked_at.to_rfc3339(),
        outdated: Prints::of(form) != told.asked,
        twins: told
            .twins
            .iter()
            .map(|twin| TwinElsewhereView {
                number: twin.number.clone(),
                name: twin.name.clone(),
                unit: twin.unit.clone(),
                grounds: words(&twin.grounds),
            })
            .collect(),
    }
}

fn words(grounds: &[PrintGround]) -> Vec<String> {
    let (mut rights, mut projects, mut words) = (0, 0, Vec::new());
    for ground in grounds {
        match ground {
            PrintGround::RightNumber { .. } => rights += 1,
            PrintGround::ProjectNumber { .. } => projects += 1,
            PrintGround::Name { similarity } => {
                words.push(format!("名称相近（{:.0}%）", similarity * 100.0));
            }
        }
    }
    if projects > 0 {
        words.insert(0, format!("{projects} 个项目编号相同"));
    }
    if rights > 0 {
        words.insert(0, format!("{rights} 项知识产权相同"));
    }
    words
}

/// Asks the endpoint. Digests go out; what comes back is kept, so that it is known offline too.
#[cfg(feature = "network")]
pub(crate) fn ask(
    desk: &crate::desk::Desk,
    id: DeclarationId,
) -> Result<luguo_ipc::CheckView, Failure> {
    use luguo_domain::VaultKind;
    use luguo_ipc::FailureCode;
    use luguo_wire::{Refusal, Token, TwinsRequest};

    let vault = desk.vault()?;
    if vault.kind() != VaultKind::Open {
        return Err(Failure::new(
            FailureCode::Forbidden,
            "涉密成果不到省级平台查重。",
        ));
    }
    let found = vault
        .declaration(id)
        .map_err(failure::store)?
        .ok_or_else(failure::missing)?;
    if found.row.prepared_by != vault.me().id || !found.row.state.is_editable() {
        return Err(Failure::new(
            FailureCode::Forbidden,
            "由填报人在送审前查重；送审后看查到的结果即可。",
        ));
    }
    let prints = Prints::of(&found.form);
    if prints.is_empty() {
        return Err(Failure::new(
            FailureCode::Invalid,
            "还没有可以查的内容：请先填成果名称、知识产权号或项目编号。",
        ));
    }
    let endpoint = vault.endpoint().map_err(failure::store)?;
    let Some((endpoint, token)) =
        endpoint.and_then(|row| row.token.clone().map(|token| (row, Token(token))))
    else {
        return Err(Failure::new(
            FailureCode::SignInRefused,
            "还没有登录接收端。请到“传输”登录后再查；不查也可以送审。",
        ));
    };
    let connection = desk
        .host
        .connector
        .connect(&endpoint.url)
        .map_err(crate::outbox::refused)?;
    let request = TwinsRequest {
        declaration: id,
        prints: prints.clone(),
    };
    let mut answer = None;
    desk.host.connector.run(Box::pin(async {
        answer = Some(connection.twins(&token, &request).await);
    }));
    match answer {
        Some(Ok(answer)) => {
            let told = Elsewhere {
                asked: prints,
                twins: answer.twins,
            };
            vault
                .keep_elsewhere(id, &told, desk.now())
                .map_err(failure::store)?;
            super::view::check_now(desk, &vault, id)
        }
        Some(Err(Refusal::Unknown)) => Err(Failure::new(
            FailureCode::Endpoint,
            "接收端还不支持查重。不查也可以送审，由主管部门核对。",
        )),
        Some(Err(refusal)) => {
            if refusal == Refusal::SignInEnded {
                vault.forget_token().map_err(failure::store)?;
            }
            Err(crate::outbox::refused(refusal))
        }
        None => Err(Failure::new(FailureCode::Defect, "查重没有完成，请重试。")),
    }
}
