//! Why something does not come or go on, in one sentence that says what is kept and what to do.

use luguo_wire::Refusal;

/// The sentence of a refusal, for what is fetched and for what is handed in.
pub(crate) fn words(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Unreachable { .. } => {
            "网络断开了，已有的都留着，网络恢复后自动接着来。".to_owned()
        }
        Refusal::NotAnEndpoint { .. } | Refusal::PlainHttp => {
            "连到的不是接收端，可能要先登录上网认证页面。已有的都留着。".to_owned()
        }
        Refusal::SignInEnded | Refusal::SignInRefused => {
            "接收端的登录已失效，请到“传输”重新登录，之后自动接着来。".to_owned()
        }
        Refusal::Busy { .. } | Refusal::Server { .. } | Refusal::EndpointFull => {
            "接收端正忙，稍后自动接着来。".to_owned()
        }
        Refusal::OtherProtocol { .. } => "接收端的版本不同，请升级程序后再试。".to_owned(),
        Refusal::Forbidden { message } | Refusal::Rejected { message, .. } => {
            format!("接收端没有同意：{message}")
        }
        Refusal::Unknown
        | Refusal::OtherManifest { .. }
        | Refusal::OtherOffset
        | Refusal::BlobsMissing { .. } => {
            "接收端上找不到这个成果包的材料，稍后再试；一直如此请联系接收端管理员。".to_owned()
        }
    }
}
