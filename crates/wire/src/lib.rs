//! What desk and endpoint say to each other: types, error codes, versions, one protocol trait.
