//! Why a package waits or is held: a stable code, and a sentence that says what happened, that
//! nothing is lost, and what to do.

use luguo_domain::release::NotReleasable;
use luguo_wire::Refusal;

/// Why a package is not delivered yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Nobody has signed in at an endpoint.
    SignInFirst,
    /// The sign-in ended.
    SignInAgain,
    /// No answer.
    Offline,
    /// The line broke while the endpoint is there.
    CutOff,
    /// Something else answers.
    NotAnEndpoint,
    /// The address is not https.
    PlainHttp,
    /// The endpoint is busy, or the upload is still locked by a lost connection.
    Busy,
    /// The endpoint has a defect.
    ServerFailed {
        /// HTTP status.
        status: u16,
    },
    /// The endpoint's disk is full.
    EndpointFull,
    /// Another protocol version.
    OtherProtocol,
    /// The endpoint lost what was half sent.
    Restarted,
    /// Everything is there; the endpoint is digesting.
    Verifying,
    /// The endpoint was restored from a backup; a delivered package is offered again.
    Reoffered,
    /// The account may not send it.
    Forbidden {
        /// The endpoint's sentence.
        message: String,
    },
    /// The endpoint has other content under the same id.
    OtherManifest,
    /// The endpoint's signing certificate is not the pinned one.
    OtherCertificate,
    /// The endpoint found a rule broken.
    Rejected {
        /// The endpoint's sentence.
        message: String,
    },
    /// The receipt's signature is not by the pinned certificate.
    ReceiptSignature,
    /// The receipt tells of something else than what was sent.
    ReceiptContent,
    /// The declaration cannot take the step that the receipt asks for.
    ReceiptStep,
    /// The release rules hold it back.
    NotReleasable(NotReleasable),
    /// What this vault keeps does not match its digest.
    LocalDamage {
        /// The file's name, or its path in the package.
        name: String,
    },
}

impl Reason {
    /// The reason behind a refusal, where the refusal alone says it.
    pub fn of(refusal: &Refusal) -> Reason {
        match refusal {
            Refusal::Unreachable { .. } => Reason::Offline,
            Refusal::NotAnEndpoint { .. } => Reason::NotAnEndpoint,
            Refusal::PlainHttp => Reason::PlainHttp,
            Refusal::SignInEnded | Refusal::SignInRefused => Reason::SignInAgain,
            Refusal::Forbidden { message } => Reason::Forbidden {
                message: message.clone(),
            },
            Refusal::Unknown | Refusal::OtherOffset | Refusal::BlobsMissing { .. } => {
                Reason::Restarted
            }
            Refusal::OtherManifest { .. } => Reason::OtherManifest,
            Refusal::Busy { .. } => Reason::Busy,
            Refusal::Server { status, .. } => Reason::ServerFailed { status: *status },
            Refusal::EndpointFull => Reason::EndpointFull,
            Refusal::Rejected { message, .. } => Reason::Rejected {
                message: message.clone(),
            },
            Refusal::OtherProtocol { .. } => Reason::OtherProtocol,
        }
    }

    /// The stable code, as stored.
    pub fn code(&self) -> &'static str {
        match self {
            Reason::SignInFirst => "sign_in_first",
            Reason::SignInAgain => "sign_in",
            Reason::Offline => "offline",
            Reason::CutOff => "cut_off",
            Reason::NotAnEndpoint => "not_an_endpoint",
            Reason::PlainHttp => "plain_http",
            Reason::Busy => "busy",
            Reason::ServerFailed { .. } => "server_failed",
            Reason::EndpointFull => "endpoint_full",
            Reason::OtherProtocol => "other_protocol",
            Reason::Restarted => "restarted",
            Reason::Verifying => "verifying",
            Reason::Reoffered => "reoffered",
            Reason::Forbidden { .. } => "forbidden",
            Reason::OtherManifest => "other_manifest",
            Reason::OtherCertificate => "other_certificate",
            Reason::Rejected { .. } => "rejected",
            Reason::ReceiptSignature => "receipt_signature",
            Reason::ReceiptContent => "receipt_content",
            Reason::ReceiptStep => "receipt_step",
            Reason::NotReleasable(_) => "not_releasable",
            Reason::LocalDamage { .. } => "local_damage",
        }
    }

    /// The sentence a user reads.
    pub fn sentence(&self) -> String {
        match self {
            Reason::SignInFirst => "还没有登录接收端。内容都在本机，登录后会自动送出。".into(),
            Reason::SignInAgain => {
                "没有送出：登录已失效，请重新登录。内容都在本机，登录后会自动继续。".into()
            }
            Reason::Offline => {
                "没有送出：接收端没有应答。内容都在本机，联网后会自动继续。".into()
            }
            Reason::CutOff => {
                "传送中断了。已到达的部分保留，稍后自动从断点继续。".into()
            }
            Reason::NotAnEndpoint => "没有送出：应答的不是接收端，可能要先登录所在的网络。\
                内容都在本机，网络正常后会自动继续；一直如此请核对接收端地址。"
                .into(),
            Reason::PlainHttp => "没有送出：接收端地址不是 https，内容在途中可能被人看到。\
                内容都在本机，请用 https 开头的地址重新登录。"
                .into(),
            Reason::Busy => "接收端正忙，稍后自动继续，已到达的部分不必重传。".into(),
            Reason::ServerFailed { status } => format!(
                "没有送出：接收端出了故障（状态 {status}）。内容都在本机，稍后自动重试。"
            ),
            Reason::EndpointFull => "没有送出：接收端的存储空间已满。内容都在本机，稍后自动重试；\
                一直如此请告诉接收端管理员。"
                .into(),
            Reason::OtherProtocol => "没有送出：接收端使用另一版本的传输协议。内容都在本机，\
                请更新本软件，更新后会自动继续。"
                .into(),
            Reason::Restarted => {
                "接收端没有保住传到一半的内容。内容都在本机，稍后自动重传缺少的部分。".into()
            }
            Reason::Verifying => "内容已全部到达，接收端正在逐个核对文件，核对完就发回回执。".into(),
            Reason::Reoffered => "接收端曾从备份恢复，正在核对这份成果包是否还在那里，缺少的会自动补送。\
                原回执和本机内容都保留。"
                .into(),
            Reason::Forbidden { message } => format!(
                "没有送出：接收端不允许这个账号送交{}。内容都在本机，请核对登录的账号是否属于本单位，\
                 改正后重试。",
                quoted(message)
            ),
            Reason::OtherManifest => "没有送出：接收端已有编号相同而内容不同的成果包，两份都没有被覆盖。\
                内容都在本机，请与接收端管理员核对。"
                .into(),
            Reason::OtherCertificate => "已停止送出：接收端的签名证书与首次登录时记下的不同。\
                内容都在本机，请先向接收端管理员核实证书，再重试。"
                .into(),
            Reason::Rejected { message } => format!(
                "接收端没有接收{}。内容都在本机，请按所说的原因处理后重试，或与接收端管理员联系。",
                quoted(message)
            ),
            Reason::ReceiptSignature => "回执的签名没有通过核验，没有当作已送达。\
                内容都在本机，请与接收端管理员核对签名证书，再重试。"
                .into(),
            Reason::ReceiptContent => "回执所列的内容与送出的不一致，没有当作已送达。\
                内容都在本机，请与接收端管理员核对，再重试。"
                .into(),
            Reason::ReceiptStep => "回执有效，但这项成果目前的状态不能记为已送达。\
                内容都在本机，请把“详情”交给技术支持。"
                .into(),
            Reason::NotReleasable(fault) => match fault {
                NotReleasable::Classified => {
                    "不能送出：涉密成果不得通过网络传送。请按保密要求以专用介质移交。".into()
                }
                NotReleasable::NotApproved | NotReleasable::Decision(_) => {
                    "不能送出：这一版还没有经本单位另一位审核人通过。请先送单位审核。".into()
                }
                NotReleasable::OtherRevision { .. } => {
                    "不能送出：审核通过的与要送出的不是同一版内容。本机内容没有改变，请重新送单位审核。"
                        .into()
                }
            },
            Reason::LocalDamage { name } => format!(
                "没有送出：本机保存的“{name}”与登记的摘要不符，可能是磁盘损坏。\
                 请从最近的备份恢复，再重试。"
            ),
        }
    }
}

fn quoted(message: &str) -> String {
    let message = message.trim().trim_end_matches(['。', '.']);
    if message.is_empty() {
        String::new()
    } else {
        format!("（{message}）")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ended_sign_in_says_what_to_do_and_that_nothing_is_lost() {
        let said = Reason::SignInAgain.sentence();
        assert!(
            said.contains("请重新登录") && said.contains("内容都在本机"),
            "{said}"
        );
    }

    #[test]
    fn the_endpoints_own_words_reach_the_person() {
        let reason = Reason::Rejected {
            message: "专利号校验位不符。".to_owned(),
        };
        assert!(
            reason
                .sentence()
                .starts_with("接收端没有接收（专利号校验位不符）。")
        );
        let silent = Reason::Forbidden {
            message: " ".to_owned(),
        };
        assert!(!silent.sentence().contains("（"), "{}", silent.sentence());
    }
}
