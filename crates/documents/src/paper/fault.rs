//! What can go wrong on the way to paper.

/// Why nothing was printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperFault {
    /// None of the places has a Chinese font.
    #[error("no font with Chinese characters was found")]
    NoFont,
    /// There is no such page.
    #[error("page {page} of {pages}")]
    NoPage {
        /// The page that was asked for, from 1.
        page: usize,
        /// Pages there are.
        pages: usize,
    },
    /// The typesetter refused: a fault of a template, or a picture that cannot be shown.
    #[error("the page was not typeset: {detail}")]
    Typesetting {
        /// Technical text.
        detail: String,
    },
}
