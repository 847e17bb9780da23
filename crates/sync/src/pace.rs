//! How much to send at a time: about five seconds' worth, because a cut loses the whole piece.

use chrono::TimeDelta;

const SMALLEST: u64 = 512 * 1024;
const LARGEST: u64 = 16 << 20;
const SECONDS: u64 = 5;

/// The size of the next piece, by the last one's speed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    chunk: u64,
}

impl Default for Pace {
    fn default() -> Self {
        Self { chunk: SMALLEST }
    }
}

impl Pace {
    /// Bytes to send next at most.
    pub fn chunk(self) -> u64 {
        self.chunk
    }

    /// Learns from a piece that arrived.
    pub fn arrived(&mut self, bytes: u64, took: TimeDelta) {
        // A clock set back says nothing; one too fast to measure is as fast as can be.
        let Ok(took) = u64::try_from(took.num_milliseconds()) else {
            return;
        };
        self.chunk = (bytes.saturating_mul(SECONDS * 1000) / took.max(1)).clamp(SMALLEST, LARGEST);
    }

    /// Starts small again after a piece was lost.
    pub fn lost(&mut self) {
        self.chunk = SMALLEST;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_five_seconds_of_the_measured_speed_within_bounds() {
        let mut pace = Pace::default();
        assert_eq!(pace.chunk(), SMALLEST);
        pace.arrived(1 << 20, TimeDelta::seconds(1));
        assert_eq!(pace.chunk(), 5 << 20);
        pace.arrived(1 << 20, TimeDelta::zero());
        assert_eq!(pace.chunk(), LARGEST);
        pace.arrived(1 << 20, TimeDelta::seconds(-60));
        assert_eq!(pace.chunk(), LARGEST, "a clock set back changes nothing");
        pace.arrived(1 << 10, TimeDelta::seconds(60));
        assert_eq!(pace.chunk(), SMALLEST);
    }
}
