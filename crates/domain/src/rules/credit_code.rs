//! 统一社会信用代码, GB 32100-2015: 18 characters, the last one a check character modulo 31.

/// The characters in the order of their values: no I, O, S, V, Z.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// What is wrong with a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreditCodeFault {
    /// Not 18 characters.
    #[error("{found} characters instead of 18")]
    Length {
        /// Characters found, spaces not counted.
        found: usize,
    },
    /// A character that no code has.
    #[error("character {place} is {found:?}")]
    Character {
        /// Its place, from 1.
        place: usize,
        /// The character.
        found: char,
    },
    /// The check character does not agree.
    #[error("the last character is {found:?} instead of {expected:?}")]
    Check {
        /// What stands there.
        found: char,
        /// What should.
        expected: char,
    },
}

/// Checks a code; full-width characters, lower case and spaces are folded first. Returns the
/// folded code.
///
/// # Errors
/// [`CreditCodeFault`] with the place or the expected character.
pub fn check_credit_code(code: &str) -> Result<String, CreditCodeFault> {
    use unicode_normalization::UnicodeNormalization as _;
    let folded: String = code
        .nfkc()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_uppercase)
        .collect();
    let length = folded.chars().count();
    if length != 18 {
        return Err(CreditCodeFault::Length { found: length });
    }
    let values = (1..)
        .zip(folded.chars())
        .map(|(place, found)| {
            ALPHABET
                .chars()
                .position(|c| c == found)
                .ok_or(CreditCodeFault::Character { place, found })
        })
        .collect::<Result<Vec<_>, _>>()?;
    let (mut sum, mut weight) = (0, 1);
    for value in &values[..17] {
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    let expected = (31 - sum % 31) % 31;
    if values[17] == expected {
        return Ok(folded);
    }
    let character = |value: usize| ALPHABET.chars().nth(value).unwrap_or('0');
    Err(CreditCodeFault::Check {
        found: character(values[17]),
        expected: character(expected),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_codes_pass_however_they_are_typed() {
        for code in [
            "91350100M000100Y43",
            "91370200264574251E",
            "91110000600037341L",
            "91350100m000100y43",
            " 9135 0100 M000 100Y 43 ",
            "９１３５０１００Ｍ０００１００Ｙ４３",
        ] {
            assert!(check_credit_code(code).is_ok(), "{code}");
        }
    }

    #[test]
    fn a_wrong_code_is_told_with_its_place_or_the_expected_character() {
        assert_eq!(
            check_credit_code("91350100M000100Y45"),
            Err(CreditCodeFault::Check {
                found: '5',
                expected: '3'
            })
        );
        assert_eq!(
            check_credit_code("91350100M000100Y4Z"),
            Err(CreditCodeFault::Character {
                place: 18,
                found: 'Z'
            })
        );
        assert_eq!(
            check_credit_code("91350100M000100Y4"),
            Err(CreditCodeFault::Length { found: 17 })
        );
    }

    #[test]
    fn one_wrong_character_is_always_found() {
        let code = "91370200264574251E";
        for place in 0..18 {
            for other in ALPHABET.chars() {
                let mut changed: Vec<char> = code.chars().collect();
                if changed[place] == other {
                    continue;
                }
                changed[place] = other;
                let changed: String = changed.into_iter().collect();
                assert!(check_credit_code(&changed).is_err(), "{changed}");
            }
        }
    }
}
