//! From the command line to an open window.

use crate::{
    arguments::Arguments, commands, content, dialogs::SystemDialogs, environment,
    switches::Switches, window,
};
use chrono::{Local, Utc};
use luguo_desk::{Desk, Host, VaultKind};
use std::{process::ExitCode, sync::Arc};
use tauri::{App, Manager, RunEvent};

/// The kind of vault this edition makes and opens.
pub(crate) const EDITION: VaultKind = if cfg!(feature = "classified") {
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
    let switches = Switches::read();
    #[cfg(feature = "classified")]
    if let Some(code) = shut_off(&switches) {
        return code;
    }
    if let Some(code) = luguo_desk::decode::serve_if_asked() {
        return code;
    }
    environment::prepare();
    let arguments = Arguments::read(std::env::args_os().skip(1));
    // The classified edition has its own identifier, data folder and icon: its overlay is laid over
    // tauri.conf.json when it is built.
    let context = tauri::generate_context!();
    #[cfg(debug_assertions)]
    let context = switches.changed(context);
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
            window::open(app, EDITION, &switches)?;
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

/// Takes the network away before anything else happens, in the decoding process too; the exit code
/// where that does not succeed or where nothing but its proof was asked for.
#[cfg(feature = "classified")]
#[expect(clippy::print_stdout, reason = "the answer to --self-test")]
fn shut_off(switches: &Switches) -> Option<ExitCode> {
    if let Err(refusal) = crate::offline::enforce(switches) {
        eprintln!("鲁果涉密单机版没有启动：{refusal}。没有打开任何保管库。");
        return Some(ExitCode::from(crate::offline::REFUSED));
    }
    if std::env::args_os()
        .nth(1)
        .is_some_and(|word| word == "--self-test")
    {
        print!("{}", crate::offline::tell());
        return Some(ExitCode::SUCCESS);
    }
    None
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
