//! Switches for tests of the real window: what is switched off shows that the tests can fail, and
//! a window that nobody can drive from outside is driven by a script in its page.
//!
//! They exist where `debug_assertions` do. A release build has neither the variables' names nor
//! anything that reads them.

#[cfg(debug_assertions)]
mod page;

#[cfg(debug_assertions)]
use std::path::PathBuf;

/// What becomes of the filter.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) enum Filter {
    /// It is installed and tried.
    #[default]
    Installed,
    /// It is not installed, and what tries it has to notice.
    #[cfg(debug_assertions)]
    Forgotten,
    /// Neither: WebDriver reaches a window over TCP alone.
    #[cfg(debug_assertions)]
    Off,
}

/// All of them; the default is what a release build does.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Switches {
    /// `LUGUO_TEST_WITHOUT_FILTER`: `1` for neither filter nor self-test, `forgotten` for no filter.
    #[cfg_attr(
        not(feature = "classified"),
        allow(dead_code, reason = "the open edition has no filter")
    )]
    pub(crate) filter: Filter,
    /// `LUGUO_TEST_WITHOUT_POLICY`: no content policy, and the page may go anywhere.
    pub(crate) without_policy: bool,
    /// `LUGUO_TEST_PAGE`: a folder whose files stand before those of the program.
    #[cfg(debug_assertions)]
    pub(crate) page: Option<PathBuf>,
    /// `LUGUO_TEST_SCRIPT`: a file that runs in the main window's page before its own scripts.
    #[cfg(debug_assertions)]
    pub(crate) script: Option<PathBuf>,
}

impl Switches {
    /// What a release build knows: nothing.
    #[cfg(not(debug_assertions))]
    pub(crate) fn read() -> Self {
        Self::default()
    }

    /// Reads the environment.
    #[cfg(debug_assertions)]
    pub(crate) fn read() -> Self {
        Self::from(|name| std::env::var_os(name))
    }

    #[cfg(debug_assertions)]
    fn from(variable: impl Fn(&str) -> Option<std::ffi::OsString>) -> Self {
        Self {
            filter: match variable("LUGUO_TEST_WITHOUT_FILTER") {
                Some(how) if how == "1" => Filter::Off,
                Some(how) if how == "forgotten" => Filter::Forgotten,
                _ => Filter::Installed,
            },
            without_policy: variable("LUGUO_TEST_WITHOUT_POLICY").is_some_and(|how| how == "1"),
            page: variable("LUGUO_TEST_PAGE").map(PathBuf::from),
            script: variable("LUGUO_TEST_SCRIPT").map(PathBuf::from),
        }
    }

    /// What the program is made of, with what a test changes of it.
    #[cfg(debug_assertions)]
    pub(crate) fn changed<R: tauri::Runtime>(
        &self,
        mut context: tauri::Context<R>,
    ) -> tauri::Context<R> {
        if self.without_policy {
            context.config_mut().app.security.csp = None;
        }
        if let Some(folder) = self.page.clone() {
            page::lay_over(&mut context, folder);
        }
        context
    }
}

#[cfg(all(test, debug_assertions))]
mod tests {
    use super::*;

    #[test]
    fn without_a_word_everything_is_as_in_a_release() {
        assert_eq!(Switches::from(|_| None), Switches::default());
        assert_eq!(
            Switches::from(|_| Some("perhaps".into())).filter,
            Filter::Installed
        );
    }

    #[test]
    fn the_filter_is_off_or_forgotten_by_name_only() {
        let with = |how: &str| Switches::from(|_| Some(how.into())).filter;
        assert_eq!(with("1"), Filter::Off);
        assert_eq!(with("forgotten"), Filter::Forgotten);
    }
}
