//! The two commands: a use case by name, and a second window for a second screen.

use luguo_desk::Desk;
use luguo_ipc::{Failure, FailureCode};
use serde_json::Value;
use std::sync::Arc;
use tauri::{AppHandle, State};

/// Calls a use case by name on a thread of its own, so that the window keeps answering.
///
/// # Errors
/// The use case's [`Failure`].
#[tauri::command]
pub(crate) async fn rpc(
    desk: State<'_, Arc<Desk>>,
    name: String,
    request: Value,
) -> Result<Value, Failure> {
    let desk = Arc::clone(&desk);
    tauri::async_runtime::spawn_blocking(move || desk.dispatch(&name, request))
        .await
        .unwrap_or_else(|fault| {
            Err(
                Failure::new(FailureCode::Defect, "程序内部出错，已保存的内容不受影响。")
                    .with_detail(fault),
            )
        })
}

/// Opens the window that shows evidence on a second screen, or brings it to the front.
///
/// # Errors
/// A [`Failure`] when the system cannot make one.
#[tauri::command]
pub(crate) async fn second_window(app: AppHandle) -> Result<(), Failure> {
    crate::window::open_second(&app).map_err(|fault| {
        Failure::new(
            FailureCode::Defect,
            "系统没有打开第二个窗口，可以继续在这个窗口里看材料。",
        )
        .with_detail(fault)
    })
}
