//! The routes: commands by name, files, the user interface.

use crate::{
    access::{AccessToken, require_token},
    files,
    host::{DownloadFolder, HttpConnector},
    user_interface,
};
use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Path as RoutePath, State},
    http::{StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use chrono::{Local, Utc};
use luguo_desk::{ContentRefusal, Desk, Host, VaultKind};
use luguo_ipc::{Failure, FailureCode};
use serde_json::Value;
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::net::TcpListener;

/// A form with its texts fits many times over; files have their own route.
const LARGEST_REQUEST: usize = 64 << 20;

/// How the bridge is started.
#[derive(Debug, Clone)]
pub struct Config {
    /// The kind of vault: the shipped program serves open ones alone.
    pub edition: VaultKind,
    /// The folder of vaults.
    pub vaults: PathBuf,
    /// The built user interface.
    pub user_interface: PathBuf,
    /// An executable that is a decoding process when it is asked to be: this program.
    pub decoder: PathBuf,
    /// Where to listen; loopback only.
    pub listen: SocketAddr,
}

/// What every route needs.
#[derive(Clone)]
pub struct Shared {
    /// The desk.
    pub desk: Arc<Desk>,
    /// The temporary folder of uploads and downloads.
    pub folder: PathBuf,
}

/// Serves until the program is ended; tells the address with its token once it listens.
///
/// # Errors
/// When the address is not loopback, is in use, or there is no temporary folder.
pub async fn serve(config: Config, tell: impl FnOnce(&str)) -> anyhow::Result<()> {
    anyhow::ensure!(
        config.listen.ip().is_loopback(),
        "{} is not this machine's loopback address",
        config.listen
    );
    let temporary = tempfile::tempdir()?;
    let desk = Arc::new(Desk::new(host(&config, temporary.path())));
    let token = AccessToken::draw()?;
    let listener = TcpListener::bind(config.listen).await?;
    let address = listener.local_addr()?;

    let loop_desk = Arc::clone(&desk);
    std::thread::spawn(move || {
        loop {
            loop_desk.background_tick();
            std::thread::sleep(Duration::from_secs(1));
        }
    });

    let shared = Shared {
        desk,
        folder: temporary.path().to_owned(),
    };
    let app = routes(shared, token.clone(), config.user_interface);
    tell(&format!(
        "http://{address}/?token={}",
        token.expose_for_address()
    ));
    axum::serve(listener, app).await?;
    Ok(())
}

fn routes(shared: Shared, token: AccessToken, user_interface: PathBuf) -> Router {
    Router::new()
        .route(
            "/rpc/{name}",
            post(command).layer(DefaultBodyLimit::max(LARGEST_REQUEST)),
        )
        .route(
            "/files",
            post(files::upload).layer(DefaultBodyLimit::disable()),
        )
        .route("/files/{token}", get(files::download))
        .route("/content/{*piece}", get(content))
        .route_layer(middleware::from_fn_with_state(token, require_token))
        .with_state(shared)
        .fallback_service(
            Router::new()
                .fallback(get(user_interface::file))
                .with_state(user_interface),
        )
}

/// `GET /content/{token}/{offset}/{length}` or `…/page/{number}/{width}`: a piece of evidence.
async fn content(State(shared): State<Shared>, RoutePath(piece): RoutePath<String>) -> Response {
    let served = tokio::task::spawn_blocking(move || shared.desk.serve_content(&piece)).await;
    match served {
        Ok(Ok(served)) => {
            ([(header::CONTENT_TYPE, served.media_type)], served.bytes).into_response()
        }
        Ok(Err(ContentRefusal::Unreadable(why))) => {
            (StatusCode::UNPROCESSABLE_ENTITY, why).into_response()
        }
        Ok(Err(ContentRefusal::Unknown)) | Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `POST /rpc/{name}`: a use case by name; a refusal is 422 with the failure as JSON.
async fn command(
    State(shared): State<Shared>,
    RoutePath(name): RoutePath<String>,
    Json(request): Json<Value>,
) -> Response {
    let outcome = tokio::task::spawn_blocking(move || shared.desk.dispatch(&name, request))
        .await
        .unwrap_or_else(|fault| {
            Err(
                Failure::new(FailureCode::Defect, "程序内部出错，已保存的内容不受影响。")
                    .with_detail(fault),
            )
        });
    match outcome {
        Ok(answer) => Json(answer).into_response(),
        Err(failure) => (StatusCode::UNPROCESSABLE_ENTITY, Json(failure)).into_response(),
    }
}

/// Fonts that came with the program lie in a folder beside it.
fn fonts() -> Vec<PathBuf> {
    std::env::current_exe()
        .ok()
        .and_then(|program| Some(program.parent()?.join("fonts")))
        .into_iter()
        .collect()
}

fn host(config: &Config, temporary: &Path) -> Host {
    Host {
        edition: config.edition,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        clock: Arc::new(Utc::now),
        local_date: Arc::new(|| Local::now().date_naive()),
        vaults: config.vaults.clone(),
        fonts: fonts(),
        decoder: luguo_desk::decode::Program::of(config.decoder.clone()),
        scanner: luguo_desk::scanner::here(),
        dialogs: Arc::new(DownloadFolder::new(temporary, &config.vaults.join("备份"))),
        notices: Arc::new(luguo_desk::NoNotices),
        connector: Arc::new(HttpConnector::new(tokio::runtime::Handle::current())),
    }
}
