//! From the command line to an open window.

use crate::{arguments::Arguments, commands, content, dialogs::SystemDialogs, environment, window};
use chrono::{Local, Utc};
use luguo_desk::{Desk, Host, VaultKind};
use std::{process::ExitCode, sync::Arc};
use tauri::{App, Manager, RunEvent};

/// The kind of vault this edition makes and opens.
const EDITION: VaultKind = if cfg!(feature = "classified") {
    VaultKind::Classified
} else {
    VaultKind::Open
};

#[cfg(all(feature = "network", feature = "classified"))]
compile_error!(
    "the classified edition is built without network: --no-default-features --features classified"
);

/// Runs the app until its window is closed.
pub fn run() -> ExitCode {
    if let Some(code) = luguo_desk::decode::serve_if_asked() {
        return code;
    }
    environment::prepare();
    let arguments = Arguments::read(std::env::args_os().skip(1));
    let mut context = tauri::generate_context!();
    if EDITION == VaultKind::Classified {
        // Own identity, own data folder, own icon: nobody mistakes one edition for the other.
        context.config_mut().identifier = "cn.luguo.classified".to_owned();
        context.set_default_window_icon(Some(tauri::include_image!("icons/classified.png")));
    }
    let builder = tauri::Builder::default();
    #[cfg(feature = "network")]
    let builder = builder.plugin(tauri_plugin_notification::init());
    let outcome = builder
        .invoke_handler(tauri::generate_handler![
            commands::rpc,
            commands::second_window
        ])
        .register_asynchronous_uri_scheme_protocol(content::SCHEME, content::serve)
        .setup(move |app| {
            let desk = Arc::new(Desk::new(host(app, &arguments)?));
            app.manage(Arc::clone(&desk));
            #[cfg(feature = "network")]
            crate::network::start_background(desk);
            window::open(app, EDITION)?;
            Ok(())
        })
        .build(context);
    match outcome {
        Ok(app) => {
            app.run(|app, event| {
                // The toolkit ends the process without dropping anything.
                if let RunEvent::Exit = event
                    && let Some(desk) = app.try_state::<Arc<Desk>>()
                {
                    desk.close();
                }
            });
            ExitCode::SUCCESS
        }
        Err(fault) => {
            eprintln!("鲁果没有启动：{fault}");
            ExitCode::FAILURE
        }
    }
}

/// What the desk is given of this machine.
fn host(app: &App, arguments: &Arguments) -> Result<Host, Box<dyn std::error::Error>> {
    let vaults = match &arguments.vaults {
        Some(folder) => folder.clone(),
        None => app.path().app_data_dir()?,
    };
    std::fs::create_dir_all(&vaults)?;
    Ok(Host {
        edition: EDITION,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        clock: Arc::new(Utc::now),
        local_date: Arc::new(|| Local::now().date_naive()),
        vaults,
        fonts: app
            .path()
            .resource_dir()
            .map(|folder| vec![folder.join("fonts")])
            .unwrap_or_default(),
        decoder: luguo_desk::decode::Program::of(std::env::current_exe()?),
        scanner: luguo_desk::scanner::here(),
        dialogs: Arc::new(SystemDialogs::new(app.handle().clone())),
        #[cfg(feature = "network")]
        notices: Arc::new(crate::notices::SystemNotices(app.handle().clone())),
        #[cfg(feature = "network")]
        connector: Arc::new(crate::network::HttpConnector),
    })
}
