//! The OpenAPI document of every route.

use crate::{access, assigned, packages, rulings, twins, uploads};
use axum::Json;
use utoipa::OpenApi;

/// The endpoint's interface.
#[derive(OpenApi)]
#[openapi(
    info(title = "LuGuo reference endpoint", version = "1"),
    paths(
        access::info,
        access::login,
        access::logout,
        packages::announce,
        packages::show,
        packages::commit,
        assigned::list,
        assigned::content,
        rulings::rule,
        rulings::list,
        twins::ask,
        uploads::create,
        uploads::offset,
        uploads::append,
        uploads::terminate
    )
)]
struct Interface;

/// `GET /v1/openapi.json`.
pub(crate) async fn document() -> Json<serde_json::Value> {
    Json(serde_json::to_value(Interface::openapi()).expect("an OpenAPI document is JSON"))
}
