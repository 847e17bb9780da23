//! The open edition's way out: connections over HTTP, and the loop that lets the outbox try.

use luguo_desk::{
    Connector, Desk,
    wire::{ProvincialEndpoint, Refusal},
};
use luguo_transport::HttpEndpoint;
use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

/// Connections over HTTP on the app's runtime.
pub(crate) struct HttpConnector;

impl Connector for HttpConnector {
    fn connect(&self, url: &str) -> Result<Arc<dyn ProvincialEndpoint>, Refusal> {
        Ok(Arc::new(HttpEndpoint::new(url)?))
    }

    fn run(&self, work: Pin<Box<dyn Future<Output = ()> + Send + '_>>) {
        tauri::async_runtime::block_on(work);
    }
}

/// Lets the outbox try whenever something is due; nobody has to press a button.
pub(crate) fn start_background(desk: Arc<Desk>) {
    std::thread::spawn(move || {
        loop {
            desk.background_tick();
            std::thread::sleep(Duration::from_secs(1));
        }
    });
}
