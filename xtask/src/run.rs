//! Opens the window: with a display for a person, without one on a walk through the main job
//! with a picture of each step.

use crate::{
    setup,
    shell::{self, program, root},
    suite::Display,
};

/// Builds, starts, shows.
pub(crate) fn run() -> anyhow::Result<()> {
    setup::everything()?;
    setup::build_interface()?;
    shell::run(&mut program(
        "cargo",
        &["build", "--quiet", "--workspace", "--bins"],
    ))?;
    let display = Display::start()?;
    let screens = root().join("target/screens");
    std::fs::create_dir_all(&screens)?;
    let mut walk = program(
        "cargo",
        &["run", "--quiet", "-p", "luguo-tests", "--bin", "walk", "--"],
    );
    walk.arg("--screens").arg(&screens);
    if !display.is_virtual() {
        walk.arg("--stay");
    }
    display.show_on(&mut walk);
    shell::run(&mut walk)?;
    if display.is_virtual() {
        println!(
            "The main job was done in the real window; pictures: {}",
            screens.display()
        );
    }
    Ok(())
}
