//! One module a table. Each operation is one transaction with its audit record in it.

pub(crate) mod account;
pub(crate) mod address;
pub(crate) mod audit;
pub(crate) mod bin;
pub(crate) mod blob;
pub(crate) mod decision;
pub(crate) mod declaration;
pub(crate) mod elsewhere;
pub(crate) mod endpoint;
pub(crate) mod evidence;
pub(crate) mod evidence_change;
pub(crate) mod heads;
pub(crate) mod liaison;
pub(crate) mod mark;
pub(crate) mod merge;
pub(crate) mod meta;
pub(crate) mod outbox;
pub(crate) mod package;
pub(crate) mod passphrase;
pub(crate) mod pending;
pub(crate) mod policy;
pub(crate) mod receipt;
pub(crate) mod release;
pub(crate) mod revision;
pub(crate) mod search;
pub(crate) mod text;
