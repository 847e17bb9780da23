//! The command list over HTTP on loopback, for browsers: compatibility mode and UI tests.
