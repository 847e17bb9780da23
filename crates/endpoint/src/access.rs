//! Who calls: sign-in, lockout, bearer tokens (kept as digests), the protocol version.

use crate::{answer::Refused, data::Data, passwords, server::Shared};
use axum::{
    Json,
    extract::{FromRequestParts, Request, State},
    http::{StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, TimeDelta, Utc};
use luguo_domain::Sha256Digest;
use luguo_wire::{EndpointInfo, LoginAnswer, LoginRequest, PROTOCOL_VERSION, Token};
use rusqlite::{OptionalExtension as _, params};

const MOST_FAILURES: u32 = 5;
const LOCKED_MINUTES: i64 = 10;

/// The account behind a bearer token.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) account: String,
    pub(crate) unit: String,
    /// The unit is an authority: it reviews, and reports nothing itself.
    pub(crate) authority: bool,
}

/// Refuses other protocol versions; a call that names none speaks the first.
pub(crate) async fn protocol(request: Request, next: Next) -> Response {
    let spoken = request
        .headers()
        .get("LuGuo-Protocol")
        .map(|value| value.to_str().ok().and_then(|text| text.parse().ok()));
    match spoken {
        None | Some(Some(PROTOCOL_VERSION)) => next.run(request).await,
        Some(_) => Refused::OtherProtocol.into_response(),
    }
}

/// `GET /v1/endpoint`.
#[utoipa::path(get, path = "/v1/endpoint", responses((status = 200, body = EndpointInfo)))]
pub(crate) async fn info(State(shared): State<Shared>) -> Result<Json<EndpointInfo>, Refused> {
    Ok(Json(EndpointInfo {
        name: "山东省重大科技成果征集接收端".to_owned(),
        protocols: vec![PROTOCOL_VERSION],
        epoch: shared.data.epoch().to_owned(),
        certificate_pem: shared.certificate_pem.to_string(),
        time: Utc::now(),
    }))
}

/// `POST /v1/login`.
#[utoipa::path(post, path = "/v1/login", request_body = LoginRequest,
    responses((status = 200, body = LoginAnswer), (status = 401), (status = 429)))]
pub(crate) async fn login(
    State(shared): State<Shared>,
    Json(request): Json<LoginRequest>,
) -> Result<Json<LoginAnswer>, Refused> {
    // At most a few at a time: each takes 64 MiB and a tenth of a second.
    let _permit = shared.logins.acquire().await.map_err(|_| Refused::Busy)?;
    let data = shared.data.clone();
    let minutes = shared.token_minutes;
    tokio::task::spawn_blocking(move || sign_in(&data, &request, minutes, Utc::now()))
        .await
        .map_err(|fault| Refused::Defect(fault.to_string()))?
        .map(Json)
}

type StoredAccount = (String, Vec<u8>, Vec<u8>, u32, Option<String>);

fn sign_in(
    data: &Data,
    request: &LoginRequest,
    minutes: u32,
    now: DateTime<Utc>,
) -> Result<LoginAnswer, Refused> {
    let found: Option<StoredAccount> = data
        .read()
        .query_row(
            "SELECT unit, salt, password, failures, locked_until FROM account WHERE name = ?1",
            [&request.account],
            |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                ))
            },
        )
        .optional()?;
    let Some((unit, salt, password, failures, locked_until)) = found else {
        // An unknown account costs as much as a wrong password.
        passwords::digest(&request.password, &[0; 16])?;
        return Err(Refused::WrongPassword);
    };
    if let Some(until) = locked_until.and_then(|text| read_time(&text))
        && until > now
    {
        return Err(Refused::LockedOut {
            seconds: (until - now).num_seconds().max(1) as u64,
        });
    }
    let offered = passwords::digest(&request.password, &salt)?;
    if !passwords::same(&offered, &password) {
        let failures = failures + 1;
        let locked = (failures >= MOST_FAILURES)
            .then(|| (now + TimeDelta::minutes(LOCKED_MINUTES)).to_rfc3339());
        let failures = if locked.is_some() { 0 } else { failures };
        data.change(|change| -> Result<(), Refused> {
            change.execute(
                "UPDATE account SET failures = ?2, locked_until = ?3 WHERE name = ?1",
                params![request.account, failures, locked],
            )?;
            Ok(())
        })?;
        return Err(Refused::WrongPassword);
    }
    let token = hex::encode(passwords::draw::<32>()?);
    let expires_at = now + TimeDelta::minutes(i64::from(minutes));
    data.change(|change| -> Result<(), Refused> {
        change.execute(
            "UPDATE account SET failures = 0, locked_until = NULL WHERE name = ?1",
            [&request.account],
        )?;
        change.execute(
            "DELETE FROM token WHERE expires_at < ?1",
            [now.to_rfc3339()],
        )?;
        change.execute(
            "INSERT INTO token (digest, account, expires_at) VALUES (?1, ?2, ?3)",
            params![digest(&token), request.account, expires_at.to_rfc3339()],
        )?;
        Ok(())
    })?;
    let authority = data.read().query_row(
        "SELECT EXISTS (SELECT 1 FROM authority WHERE name = ?1)",
        [&unit],
        |row| row.get(0),
    )?;
    Ok(LoginAnswer {
        authority,
        token: Token(token),
        expires_at,
        account: request.account.clone(),
        unit,
    })
}

/// `POST /v1/logout`.
#[utoipa::path(post, path = "/v1/logout", responses((status = 204), (status = 401)))]
pub(crate) async fn logout(
    State(shared): State<Shared>,
    caller: Caller,
) -> Result<StatusCode, Refused> {
    shared.data.change(|change| -> Result<(), Refused> {
        change.execute("DELETE FROM token WHERE account = ?1", [&caller.account])?;
        Ok(())
    })?;
    Ok(StatusCode::NO_CONTENT)
}

impl FromRequestParts<Shared> for Caller {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Refused> {
        let token = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|text| text.strip_prefix("Bearer "))
            .ok_or(Refused::SignInEnded)?;
        let found: Option<(String, String, String, bool)> = shared
            .data
            .read()
            .query_row(
                "SELECT account.name, account.unit, token.expires_at,
                    EXISTS (SELECT 1 FROM authority WHERE authority.name = account.unit)
                 FROM token JOIN account ON account.name = token.account WHERE token.digest = ?1",
                [digest(token)],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
            )
            .optional()?;
        let (account, unit, expires_at, authority) = found.ok_or(Refused::SignInEnded)?;
        if read_time(&expires_at).is_none_or(|end| end <= Utc::now()) {
            return Err(Refused::SignInEnded);
        }
        Ok(Caller {
            account,
            unit,
            authority,
        })
    }
}

fn digest(token: &str) -> String {
    Sha256Digest::of(token.as_bytes()).to_hex()
}

fn read_time(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|time| time.to_utc())
}
