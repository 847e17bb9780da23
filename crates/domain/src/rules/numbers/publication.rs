//! Numbers of papers and books: DOI (ISO 26324) and ISBN (GB/T 5795, with its check digit).
//! Journals' volume and page, or anything else, is not judged.

use super::fold;

/// What is wrong with a publication's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PublicationFault {
    /// It begins like a DOI and is none: 10., four to nine digits, a slash, a suffix.
    #[error("a DOI is written 10.xxxx/suffix")]
    Doi,
    /// The last digit of an ISBN-13 does not agree.
    #[error("the last digit of the ISBN is {found} instead of {expected}")]
    IsbnCheck {
        /// What stands there.
        found: u32,
        /// What should.
        expected: u32,
    },
}

/// Judges what looks like a DOI or an ISBN-13; everything else passes.
///
/// # Errors
/// [`PublicationFault`].
pub fn check_publication(number: &str) -> Result<(), PublicationFault> {
    let folded = fold(number);
    let doi = folded
        .strip_prefix("HTTPS://DOI.ORG/")
        .or_else(|| folded.strip_prefix("DOI:"))
        .or_else(|| folded.strip_prefix("DOI"))
        .or_else(|| folded.starts_with("10.").then_some(folded.as_str()));
    if let Some(doi) = doi {
        let is_doi = doi
            .strip_prefix("10.")
            .and_then(|rest| rest.split_once('/'))
            .is_some_and(|(registrant, suffix)| {
                (4..=9).contains(&registrant.len())
                    && registrant.chars().all(|c| c.is_ascii_digit() || c == '.')
                    && !suffix.is_empty()
            });
        return if is_doi {
            Ok(())
        } else {
            Err(PublicationFault::Doi)
        };
    }
    let isbn = folded.strip_prefix("ISBN").unwrap_or(&folded);
    if !isbn
        .chars()
        .all(|c| c.is_ascii_digit() || c == '-' || c == ':')
    {
        return Ok(());
    }
    let digits: Vec<u32> = isbn.chars().filter_map(|c| c.to_digit(10)).collect();
    if digits.len() != 13 || !matches!(digits[..3], [9, 7, 8 | 9]) {
        return Ok(());
    }
    let sum: u32 = digits[..12]
        .iter()
        .zip([1, 3].into_iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .sum();
    let expected = (10 - sum % 10) % 10;
    if digits[12] == expected {
        Ok(())
    } else {
        Err(PublicationFault::IsbnCheck {
            found: digits[12],
            expected,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doi_has_registrant_and_suffix_and_an_isbn_its_check_digit() {
        let wrong_isbn = Err(PublicationFault::IsbnCheck {
            found: 8,
            expected: 7,
        });
        for (number, judged) in [
            ("10.1234/hyhj.2025.0417", Ok(())),
            ("doi:10.1038/s41586-020-2649-2", Ok(())),
            ("https://doi.org/10.1000/182", Ok(())),
            ("10.1234", Err(PublicationFault::Doi)),
            ("10.1234/", Err(PublicationFault::Doi)),
            ("DOI 11.1234/x", Err(PublicationFault::Doi)),
            ("978-3-16-148410-0", Ok(())),
            ("ISBN 978-0-306-40615-7", Ok(())),
            ("ISBN 978-0-306-40615-8", wrong_isbn),
            ("海洋环境科学，2025，44（3）：417—425", Ok(())),
            ("", Ok(())),
        ] {
            assert_eq!(check_publication(number), judged, "{number}");
        }
    }
}
