//! The catalogue of the form's 22 fields.
