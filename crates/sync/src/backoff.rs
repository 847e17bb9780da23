//! When to try again: full jitter between 5 s and 15 min, never before the endpoint asked.

use std::time::Duration;

const SHORTEST: Duration = Duration::from_secs(5);
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// An endpoint cannot put a desk off for longer than this.
const LONGEST_ASKED: Duration = Duration::from_secs(60 * 60);

/// Chance, given by the caller so that tests need none.
pub trait Jitter: Send + Sync {
    /// A duration between two bounds, both included.
    fn between(&self, low: Duration, high: Duration) -> Duration;
}

/// Chance from the operating system's generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct RandomJitter;

impl Jitter for RandomJitter {
    fn between(&self, low: Duration, high: Duration) -> Duration {
        let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        Duration::from_millis(rand::random_range(
            millis(low)..=millis(high).max(millis(low)),
        ))
    }
}

/// How long to wait after failed tries in a row (0 before the first), and not before what
/// `Retry-After` asked for, in seconds.
pub fn delay(attempts: u32, retry_after: Option<u64>, jitter: &dyn Jitter) -> Duration {
    let highest = SHORTEST
        .saturating_mul(2_u32.saturating_pow(attempts.min(16) + 1))
        .min(LONGEST);
    let asked = retry_after.map_or(Duration::ZERO, |seconds| {
        Duration::from_secs(seconds).min(LONGEST_ASKED)
    });
    jitter.between(SHORTEST, highest).max(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Highest;
    impl Jitter for Highest {
        fn between(&self, _low: Duration, high: Duration) -> Duration {
            high
        }
    }

    #[test]
    fn waits_double_up_to_a_quarter_of_an_hour() {
        let seconds: Vec<u64> = [0, 1, 2, 5, 7, 60, u32::MAX]
            .into_iter()
            .map(|attempts| delay(attempts, None, &Highest).as_secs())
            .collect();
        assert_eq!(seconds, [10, 20, 40, 320, 900, 900, 900]);
    }

    #[test]
    fn chance_stays_within_its_bounds() {
        for attempts in 0..40 {
            let wait = delay(attempts, None, &RandomJitter);
            assert!(wait >= SHORTEST && wait <= LONGEST, "{wait:?}");
        }
    }

    #[test]
    fn the_endpoint_is_not_asked_before_it_said() {
        assert_eq!(delay(0, Some(120), &Highest).as_secs(), 120);
        assert_eq!(delay(0, Some(1), &Highest).as_secs(), 10);
        assert_eq!(delay(0, Some(u64::MAX), &Highest), LONGEST_ASKED);
    }
}
