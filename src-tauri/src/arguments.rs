//! What the program may be started with.

use std::{ffi::OsString, path::PathBuf};

/// The command line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Arguments {
    /// `--vaults DIR`: the folder of vaults; the system's folder for application data when absent.
    pub(crate) vaults: Option<PathBuf>,
}

impl Arguments {
    /// Reads the command line; what is not known is left to the toolkit.
    pub(crate) fn read(words: impl IntoIterator<Item = OsString>) -> Self {
        let mut arguments = Self::default();
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            if word == "--vaults" {
                arguments.vaults = words.next().map(PathBuf::from);
            } else if word == "--vault" {
                // A vault is opened from the list of its folder.
                arguments.vaults = words
                    .next()
                    .map(PathBuf::from)
                    .and_then(|path| path.parent().map(PathBuf::from));
            }
        }
        arguments
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Arguments {
        Arguments::read(words.iter().map(OsString::from))
    }

    #[test]
    fn a_folder_of_vaults_can_be_named() {
        assert_eq!(
            read(&["--vaults", "/media/usb"]).vaults,
            Some(PathBuf::from("/media/usb"))
        );
    }

    #[test]
    fn a_vault_names_its_folder() {
        assert_eq!(
            read(&["--vault", "/media/usb/unit.luguo"]).vaults,
            Some(PathBuf::from("/media/usb"))
        );
    }

    #[test]
    fn nothing_named_leaves_the_system_folder() {
        assert_eq!(read(&[]), Arguments::default());
    }
}
