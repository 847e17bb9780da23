//! The form as a JSON file: one declaration with the answer to 是否涉密.

use super::declaration::Declaration;
use serde::{Deserialize, Serialize};

/// A declaration as it is imported and exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclarationFile {
    /// Always [`DeclarationFile::FORMAT`].
    pub format: String,
    /// The answer to 是否涉密, asked before anything else; no default, so that nobody skips it.
    pub classified: bool,
    /// The form.
    pub declaration: Declaration,
}

/// The file could not be read as a declaration; says where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// Not JSON, or JSON of another shape: an unknown field, an unknown option, a wrong type.
    #[error("line {line}, column {column}, field {path}: {reason}")]
    Shape {
        /// Line of the fault, from 1.
        line: usize,
        /// Column of the fault, from 1.
        column: usize,
        /// Field path such as `declaration.rights[0].kind`; `.` for the whole file.
        path: String,
        /// What the reader found instead of what it expected.
        reason: String,
    },
    /// The file says it is something else.
    #[error("format is {found:?}, expected {expected:?}")]
    Format {
        /// What the file says.
        found: String,
        /// What this program reads.
        expected: &'static str,
    },
}

impl DeclarationFile {
    /// The one format this version reads and writes.
    pub const FORMAT: &'static str = "luguo.declaration/1";

    /// Wraps a form for export.
    pub fn new(declaration: Declaration, classified: bool) -> Self {
        Self {
            format: Self::FORMAT.to_owned(),
            classified,
            declaration,
        }
    }

    /// Reads a file's text.
    ///
    /// # Errors
    /// [`FileFault`] with line, column and field path.
    pub fn parse(text: &str) -> Result<Self, FileFault> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = serde_json::Deserializer::from_str(text);
        let shape = |path: String, fault: &serde_json::Error| FileFault::Shape {
            line: fault.line(),
            column: fault.column(),
            path,
            reason: reason_without_place(fault),
        };
        let file: Self = serde_path_to_error::deserialize(&mut reader)
            .map_err(|fault| shape(fault.path().to_string(), fault.inner()))?;
        reader
            .end()
            .map_err(|fault| shape(".".to_owned(), &fault))?;
        if file.format != Self::FORMAT {
            return Err(FileFault::Format {
                found: file.format,
                expected: Self::FORMAT,
            });
        }
        Ok(file)
    }
}

/// serde_json appends " at line L column C" to every message; the place has fields of its own here.
fn reason_without_place(fault: &serde_json::Error) -> String {
    let text = fault.to_string();
    match text.rfind(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}
