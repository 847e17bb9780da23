//! Acceptance stories across crates, the real window under WebDriver, interop.
