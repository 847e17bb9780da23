//! The terminal as a host: the clock, no dialogs, connections on a small runtime.

use chrono::{Local, Utc};
use luguo_desk::{Dialogs, Host, VaultKind};
use std::{path::PathBuf, sync::Arc};

/// The kind of vault this build makes and opens.
pub const EDITION: VaultKind = if cfg!(feature = "network") {
    VaultKind::Open
} else {
    VaultKind::Classified
};

struct NoDialogs;

impl Dialogs for NoDialogs {
    fn pick_files(&self, _multiple: bool, _title: &str) -> Vec<PathBuf> {
        Vec::new()
    }

    fn pick_place(&self, _file_name: &str, _title: &str) -> Option<PathBuf> {
        None
    }

    fn pick_folder(&self, _title: &str) -> Option<PathBuf> {
        None
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

/// What the desk is given.
pub(crate) fn host(edition: VaultKind, folder: PathBuf) -> anyhow::Result<Host> {
    Ok(Host {
        edition,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        clock: Arc::new(Utc::now),
        local_date: Arc::new(|| Local::now().date_naive()),
        vaults: folder,
        fonts: fonts(),
        decoder: luguo_desk::decode::Program::of(std::env::current_exe()?),
        scanner: luguo_desk::scanner::here(),
        dialogs: Arc::new(NoDialogs),
        #[cfg(feature = "network")]
        notices: Arc::new(luguo_desk::NoNotices),
        #[cfg(feature = "network")]
        connector: Arc::new(network::HttpConnector::default()),
    })
}

#[cfg(feature = "network")]
mod network {
    //! Connections over HTTP.

    use luguo_desk::{
        Connector,
        wire::{ProvincialEndpoint, Refusal},
    };
    use luguo_transport::HttpEndpoint;
    use std::{
        pin::Pin,
        sync::{Arc, OnceLock},
    };
    use tokio::runtime::Runtime;

    /// The runtime is made when something is sent: most calls never leave this machine.
    #[derive(Default)]
    pub(super) struct HttpConnector(OnceLock<Runtime>);

    impl HttpConnector {
        fn runtime(&self) -> &Runtime {
            self.0.get_or_init(|| {
                tokio::runtime::Builder::new_multi_thread()
                    .worker_threads(1)
                    .enable_all()
                    .build()
                    .expect("a system that opens sockets runs threads")
            })
        }
    }

    impl Connector for HttpConnector {
        fn connect(&self, url: &str) -> Result<Arc<dyn ProvincialEndpoint>, Refusal> {
            let _inside = self.runtime().enter();
            Ok(Arc::new(HttpEndpoint::new(url)?))
        }

        fn run(&self, work: Pin<Box<dyn Future<Output = ()> + Send + '_>>) {
            self.runtime().block_on(work);
        }
    }
}
