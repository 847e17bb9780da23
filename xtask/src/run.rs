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
    // The same selection as the tests', so that both share every dependency's build.
    shell::run(&mut program(
        "cargo",
        &["build", "--quiet", "--workspace", "--bins", "--tests"],
    ))?;
    let display = Display::start()?;
    let screens = root().join("target/screens");
    std::fs::create_dir_all(&screens)?;
    // The programs stand beside this one.
    let walk = std::env::current_exe()?.with_file_name("walk");
    let mut walk = program(&walk.to_string_lossy(), &[]);
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
