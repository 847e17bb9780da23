//! The register of sealed packages: every hand a package passed through is a step of it.
//!
//! 实施条例 Art. 27: received, counted, numbered, registered and signed for (清点、编号、登记、签收).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A step of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HandoverStep {
    /// 封装, with its number (编号).
    Sealed,
    /// 写入介质: written, read back and compared.
    Written,
    /// 清点: counted before the hand-over, or on arrival.
    Counted,
    /// 登记: entered with medium, couriers and channel.
    Registered,
    /// 移交: handed to the couriers.
    HandedOver,
    /// 签收: signed for; the recipient's receipt was verified, or the package was opened here.
    SignedFor,
    /// 退回.
    Returned,
    /// 销毁, with who approved it (实施条例 Art. 28).
    Destroyed,
}

impl HandoverStep {
    /// Every step, in the order of the way.
    pub const ALL: [HandoverStep; 8] = [
        HandoverStep::Sealed,
        HandoverStep::Written,
        HandoverStep::Counted,
        HandoverStep::Registered,
        HandoverStep::HandedOver,
        HandoverStep::SignedFor,
        HandoverStep::Returned,
        HandoverStep::Destroyed,
    ];

    /// The words of the register.
    pub fn label(self) -> &'static str {
        match self {
            HandoverStep::Sealed => "封装",
            HandoverStep::Written => "写入介质",
            HandoverStep::Counted => "清点",
            HandoverStep::Registered => "登记",
            HandoverStep::HandedOver => "移交",
            HandoverStep::SignedFor => "签收",
            HandoverStep::Returned => "退回",
            HandoverStep::Destroyed => "销毁",
        }
    }

    /// The word in files and in the vault, the same as in JSON.
    pub fn code(self) -> &'static str {
        match self {
            HandoverStep::Sealed => "sealed",
            HandoverStep::Written => "written",
            HandoverStep::Counted => "counted",
            HandoverStep::Registered => "registered",
            HandoverStep::HandedOver => "handed_over",
            HandoverStep::SignedFor => "signed_for",
            HandoverStep::Returned => "returned",
            HandoverStep::Destroyed => "destroyed",
        }
    }

    /// Reads a stored word back.
    pub fn from_code(code: &str) -> Option<HandoverStep> {
        HandoverStep::ALL
            .into_iter()
            .find(|step| step.code() == code)
    }
}

/// Where a package stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SealedState {
    /// 已封装.
    Sealed,
    /// 已移交.
    HandedOver,
    /// 已签收.
    SignedFor,
    /// 已退回.
    Returned,
    /// 已销毁.
    Destroyed,
}

impl SealedState {
    /// The words of the register.
    pub fn label(self) -> &'static str {
        match self {
            SealedState::Sealed => "已封装",
            SealedState::HandedOver => "已移交",
            SealedState::SignedFor => "已签收",
            SealedState::Returned => "已退回",
            SealedState::Destroyed => "已销毁",
        }
    }

    /// Whether a step may follow. A package that came in begins with its signature (签收) and is
    /// counted and registered after that; one that went out is handed over once it was counted and
    /// registered.
    pub fn allows(self, step: HandoverStep, taken: &[HandoverStep]) -> bool {
        let was = |step| taken.contains(&step);
        match step {
            HandoverStep::Sealed => false,
            HandoverStep::Written => self == SealedState::Sealed,
            HandoverStep::Counted | HandoverStep::Registered => {
                matches!(self, SealedState::Sealed | SealedState::SignedFor) && !was(step)
            }
            HandoverStep::HandedOver => {
                self == SealedState::Sealed
                    && was(HandoverStep::Counted)
                    && was(HandoverStep::Registered)
            }
            HandoverStep::SignedFor => self == SealedState::HandedOver,
            HandoverStep::Returned => {
                matches!(self, SealedState::HandedOver | SealedState::SignedFor)
            }
            HandoverStep::Destroyed => self != SealedState::Destroyed,
        }
    }
}

/// Where a package stands after its steps.
pub fn sealed_state(steps: impl IntoIterator<Item = HandoverStep>) -> SealedState {
    let mut state = SealedState::Sealed;
    for step in steps {
        state = match step {
            HandoverStep::Sealed
            | HandoverStep::Written
            | HandoverStep::Counted
            | HandoverStep::Registered => state,
            HandoverStep::HandedOver => SealedState::HandedOver,
            HandoverStep::SignedFor => SealedState::SignedFor,
            HandoverStep::Returned => SealedState::Returned,
            HandoverStep::Destroyed => SealedState::Destroyed,
        };
    }
    state
}

/// The number of a package in the register of a year: 密封〔2026〕0001号; 收 for one that came in.
pub fn register_number(outgoing: bool, year: i32, number: u32) -> String {
    let word = if outgoing { "密封" } else { "密收" };
    format!("{word}〔{year}〕{number:04}号")
}
