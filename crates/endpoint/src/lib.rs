//! The reference provincial endpoint: accounts, units, login, manifest, tus, commit, receipt.
