//! What goes to paper: typeset pages as PDF/A-2b, and as pictures for the preview.
