//! Refusals as HTTP: a status and an `ErrorBody` with a stable code and a sentence.

use crate::space;
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use luguo_domain::Sha256Digest;
use luguo_wire::{ErrorBody, PROTOCOL_VERSION};

/// A refusal on its way out.
#[derive(Debug)]
pub(crate) enum Refused {
    SignInEnded,
    WrongPassword,
    LockedOut {
        seconds: u64,
    },
    Forbidden(&'static str),
    Unknown,
    OtherManifest {
        ours: Sha256Digest,
        theirs: Sha256Digest,
    },
    BlobsMissing(Vec<Sha256Digest>),
    OtherOffset,
    Busy,
    Full,
    NoRoom {
        needed: u64,
        free: u64,
    },
    Rejected {
        code: &'static str,
        message: String,
    },
    OtherProtocol,
    Defect(String),
}

impl From<rusqlite::Error> for Refused {
    fn from(fault: rusqlite::Error) -> Self {
        match fault.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Refused::Full,
            _ => Refused::Defect(fault.to_string()),
        }
    }
}

impl From<std::io::Error> for Refused {
    fn from(fault: std::io::Error) -> Self {
        match fault.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Refused::Full,
            _ => Refused::Defect(fault.to_string()),
        }
    }
}

impl From<serde_json::Error> for Refused {
    fn from(fault: serde_json::Error) -> Self {
        Refused::Defect(fault.to_string())
    }
}

impl From<anyhow::Error> for Refused {
    fn from(fault: anyhow::Error) -> Self {
        Refused::Defect(fault.to_string())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut digests = Vec::new();
        let mut retry_after = None;
        let (status, code, message) = match self {
            Refused::SignInEnded => (
                StatusCode::UNAUTHORIZED,
                "sign_in_ended",
                "登录已失效，请重新登录。".to_owned(),
            ),
            Refused::WrongPassword => (
                StatusCode::UNAUTHORIZED,
                "sign_in_refused",
                "账号或密码不对。".to_owned(),
            ),
            Refused::LockedOut { seconds } => {
                retry_after = Some(seconds);
                (
                    StatusCode::TOO_MANY_REQUESTS,
                    "busy",
                    "输错次数过多，请稍后再试。".to_owned(),
                )
            }
            Refused::Forbidden(message) => (StatusCode::FORBIDDEN, "forbidden", message.to_owned()),
            Refused::Unknown => (StatusCode::NOT_FOUND, "unknown", "没有这一项。".to_owned()),
            Refused::OtherManifest { ours, theirs } => {
                digests = vec![ours, theirs];
                (
                    StatusCode::CONFLICT,
                    "other_manifest",
                    "这个编号下已有另一份清单。".to_owned(),
                )
            }
            Refused::BlobsMissing(missing) => {
                digests = missing;
                (
                    StatusCode::CONFLICT,
                    "blobs_missing",
                    "还有内容没有到达。".to_owned(),
                )
            }
            Refused::OtherOffset => (
                StatusCode::CONFLICT,
                "other_offset",
                "续传的位置不对，请先查询。".to_owned(),
            ),
            Refused::Busy => {
                retry_after = Some(2);
                (StatusCode::LOCKED, "busy", "这份内容正在接收。".to_owned())
            }
            Refused::Full => (
                StatusCode::INSUFFICIENT_STORAGE,
                "full",
                "接收端存储空间已满。".to_owned(),
            ),
            Refused::NoRoom { needed, free } => (
                StatusCode::INSUFFICIENT_STORAGE,
                "full",
                format!(
                    "接收端放不下这个成果包：还要接收 {}，可用空间 {}。内容都没有上传，请联系接收端管理员腾出空间。",
                    space::words(needed),
                    space::words(free)
                ),
            ),
            Refused::Rejected { code, message } => {
                (StatusCode::UNPROCESSABLE_ENTITY, code, message)
            }
            Refused::OtherProtocol => (
                StatusCode::UPGRADE_REQUIRED,
                "other_protocol",
                "传输协议版本不同，请升级程序。".to_owned(),
            ),
            Refused::Defect(detail) => {
                report(&detail);
                (
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "defect",
                    "接收端内部出错。".to_owned(),
                )
            }
        };
        let protocols = if status == StatusCode::UPGRADE_REQUIRED {
            vec![PROTOCOL_VERSION]
        } else {
            Vec::new()
        };
        let body = ErrorBody {
            code: code.to_owned(),
            message,
            digests,
            protocols,
        };
        let mut response = (status, Json(body)).into_response();
        if let Some(seconds) = retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// The operator reads the server's standard error; callers never see it.
#[expect(clippy::print_stderr, reason = "the operator's log")]
fn report(detail: &str) {
    eprintln!("{} defect: {detail}", chrono::Utc::now().to_rfc3339());
}
