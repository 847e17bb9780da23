//! A test's page in the place of the program's own, under the program's own policy.

use std::{borrow::Cow, path::PathBuf};
use tauri::{
    App, Assets, Context, Runtime,
    utils::assets::{AssetKey, AssetsIter, CspHash},
};

/// Lets the files of a folder stand before those of the program.
pub(super) fn lay_over<R: Runtime>(context: &mut Context<R>, folder: PathBuf) {
    let own = context.set_assets(Box::new(Nothing));
    context.set_assets(Box::new(Overlaid { folder, own }));
}

struct Overlaid<R: Runtime> {
    folder: PathBuf,
    own: Box<dyn Assets<R>>,
}

impl<R: Runtime> Assets<R> for Overlaid<R> {
    fn setup(&self, app: &App<R>) {
        self.own.setup(app);
    }

    fn get(&self, key: &AssetKey) -> Option<Cow<'_, [u8]>> {
        let name = key.as_ref().trim_start_matches('/');
        match std::fs::read(self.folder.join(name)) {
            Ok(bytes) => Some(bytes.into()),
            Err(_) => self.own.get(key),
        }
    }

    fn iter(&self) -> Box<AssetsIter<'_>> {
        self.own.iter()
    }

    fn csp_hashes(&self, page: &AssetKey) -> Box<dyn Iterator<Item = CspHash<'_>> + '_> {
        self.own.csp_hashes(page)
    }
}

/// Holds the place of the program's files while they are taken out.
struct Nothing;

impl<R: Runtime> Assets<R> for Nothing {
    fn get(&self, _: &AssetKey) -> Option<Cow<'_, [u8]>> {
        None
    }

    fn iter(&self) -> Box<AssetsIter<'_>> {
        Box::new(std::iter::empty())
    }

    fn csp_hashes(&self, _: &AssetKey) -> Box<dyn Iterator<Item = CspHash<'_>> + '_> {
        Box::new(std::iter::empty())
    }
}
