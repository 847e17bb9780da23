//! A passphrase on its way from a user interface to the desk: no `Serialize`, redacted `Debug`,
//! wiped when dropped.

use serde::{
    Deserialize, Deserializer,
    de::{Error, Visitor},
};
use std::fmt;
use zeroize::Zeroizing;

/// A secret that somebody typed.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a text over.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text, for a rule that looks at it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Hands the text on; nothing of it stays here.
    pub fn into_text(mut self) -> String {
        std::mem::take(&mut *self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Secret;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a secret as text")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Secret, E> {
                Ok(Secret::new(text.to_owned()))
            }

            // A parsed request gives its own text away: no copy is left behind.
            fn visit_string<E: Error>(self, text: String) -> Result<Secret, E> {
                Ok(Secret::new(text))
            }
        }
        deserializer.deserialize_string(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_and_never_shown() {
        let secret: Secret =
            serde_json::from_value(serde_json::json!("Hai-Yang-2026")).expect("a text");
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        assert_eq!(secret.as_str(), "Hai-Yang-2026");
        assert_eq!(secret.into_text(), "Hai-Yang-2026");
        assert!(serde_json::from_value::<Secret>(serde_json::json!(5)).is_err());
    }
}
