//! The one command: a use case by name.

use luguo_desk::Desk;
use luguo_ipc::{Failure, FailureCode};
use serde_json::Value;
use std::sync::Arc;
use tauri::State;

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
