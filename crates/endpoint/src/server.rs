//! Starting and stopping: the folder is swept, the routes are joined, the time limits are set.

use crate::{
    access, assigned, contents,
    data::{Data, Signer},
    documentation, packages, rulings,
    space::{Disk, FreeSpace},
    twins, uploads,
};
use anyhow::Context as _;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post, put},
};
use hyper_util::rt::TokioTimer;
use std::{
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};
use tokio::{sync::Semaphore, task::JoinHandle};
use tower_http::timeout::RequestBodyTimeoutLayer;

/// A half-open connection must not keep an upload locked.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);
const HEADER_TIMEOUT: Duration = Duration::from_secs(8);
const LARGEST_PATCH: usize = 32 << 20;
const LARGEST_JSON: usize = 8 << 20;
const LOGINS_AT_ONCE: usize = 4;

/// How a server is started.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// Data folder; made when missing.
    pub data: PathBuf,
    /// Address; port 0 takes a free one.
    pub listen: SocketAddr,
    /// How long a sign-in lasts, minutes.
    pub token_minutes: u32,
}

/// What every route needs.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) data: Data,
    pub(crate) signer: Arc<Signer>,
    pub(crate) certificate_pem: Arc<str>,
    pub(crate) token_minutes: u32,
    pub(crate) writers: uploads::Writers,
    pub(crate) logins: Arc<Semaphore>,
    pub(crate) space: Arc<dyn FreeSpace>,
}

/// A running server.
pub struct RunningServer {
    address: SocketAddr,
    handle: axum_server::Handle<SocketAddr>,
    task: JoinHandle<std::io::Result<()>>,
}

impl RunningServer {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until it is ended.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn wait(self) -> anyhow::Result<()> {
        Ok(self.task.await??)
    }

    /// Ends it; connections are cut.
    pub async fn stop(self) {
        self.handle.shutdown();
        // It ends either way; there is nobody to tell.
        let _ = self.task.await;
    }
}

/// Starts serving.
///
/// # Errors
/// When the data folder or the address cannot be used.
pub async fn start(config: ServerConfig) -> anyhow::Result<RunningServer> {
    start_with(config, Arc::new(Disk)).await
}

/// Starts serving; `space` says how much room the data folder has.
///
/// # Errors
/// When the data folder or the address cannot be used.
pub async fn start_with(
    config: ServerConfig,
    space: Arc<dyn FreeSpace>,
) -> anyhow::Result<RunningServer> {
    let data = Data::open(&config.data)?;
    let now = u64::try_from(chrono::Utc::now().timestamp()).unwrap_or_default();
    let signer = data.signer(now)?;
    uploads::sweep(&data)?;
    twins::catch_up(&data)?;
    assigned::catch_up(&data)?;
    {
        let connection = data.read();
        contents::sweep(data.folder(), |sha256| {
            connection.query_row(
                "SELECT EXISTS (SELECT 1 FROM package_content WHERE sha256 = ?1)",
                [sha256],
                |row| row.get(0),
            )
        })?;
    }
    let shared = Shared {
        certificate_pem: signer.certificate.to_pem()?.into(),
        signer: Arc::new(signer),
        data,
        token_minutes: config.token_minutes,
        writers: uploads::Writers::default(),
        logins: Arc::new(Semaphore::new(LOGINS_AT_ONCE)),
        space,
    };
    let listener = TcpListener::bind(config.listen)
        .with_context(|| format!("cannot listen on {}", config.listen))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let handle = axum_server::Handle::new();
    let mut server = axum_server::from_tcp(listener)?.handle(handle.clone());
    // Without a timer of its own a connection that never ends its header stays for ever.
    server
        .http_builder()
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT);
    let service = routes(shared).into_make_service();
    let task = tokio::spawn(async move { server.serve(service).await });
    Ok(RunningServer {
        address,
        handle,
        task,
    })
}

fn routes(shared: Shared) -> Router {
    Router::new()
        .route("/v1/endpoint", get(access::info))
        .route("/v1/login", post(access::login))
        .route("/v1/logout", post(access::logout))
        .route("/v1/openapi.json", get(documentation::document))
        .route(
            "/v1/packages/{id}",
            put(packages::announce).get(packages::show),
        )
        .route("/v1/packages/{id}/commit", post(packages::commit))
        .route(
            "/v1/packages/{id}/contents/{sha256}",
            get(assigned::content),
        )
        .route("/v1/assigned", get(assigned::list))
        .route("/v1/packages/{id}/rulings", post(rulings::rule))
        .route("/v1/rulings", get(rulings::list))
        .route("/v1/twins", post(twins::ask))
        .layer(DefaultBodyLimit::max(LARGEST_JSON))
        .merge(
            Router::new()
                .route("/v1/uploads", post(uploads::create))
                .route(
                    "/v1/uploads/{id}",
                    axum::routing::head(uploads::offset)
                        .patch(uploads::append)
                        .delete(uploads::terminate),
                )
                .layer(DefaultBodyLimit::max(LARGEST_PATCH)),
        )
        .layer(middleware::from_fn(access::protocol))
        .layer(RequestBodyTimeoutLayer::new(BODY_TIMEOUT))
        .with_state(shared)
}
