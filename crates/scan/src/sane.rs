//! SANE through `scanimage`: its process takes a driver's crash, and no library is linked.

use crate::{Device, ScanDriver, ScanFault, Settings, choice};
use std::{
    io::{BufRead as _, BufReader, ErrorKind, Read as _},
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The system's scanning program.
#[derive(Debug, Clone)]
pub struct Sane {
    program: PathBuf,
    /// Where a page stands for the moment between scanner and vault: a folder in memory.
    passing: PathBuf,
    configuration: Option<PathBuf>,
}

impl Sane {
    /// Uses `scanimage` of the system. `passing` should be a folder in memory, such as
    /// `/dev/shm`: a page must not lie on the disk in clear.
    pub fn new(passing: PathBuf) -> Self {
        Self {
            program: "scanimage".into(),
            passing,
            configuration: None,
        }
    }

    /// With another folder of SANE's configuration, for tests with its own test scanner.
    #[must_use]
    pub fn configured(mut self, folder: PathBuf) -> Self {
        self.configuration = Some(folder);
        self
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.stdin(Stdio::null()).env("LC_ALL", "C");
        if let Some(folder) = &self.configuration {
            command.env("SANE_CONFIG_DIR", folder);
        }
        command
    }

    fn output(&self, arguments: &[&str]) -> Result<String, ScanFault> {
        let output = self.command().args(arguments).output().map_err(unstarted)?;
        if !output.status.success() {
            return Err(fault(
                output.status.code(),
                &String::from_utf8_lossy(&output.stderr),
            ));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

fn unstarted(fault: std::io::Error) -> ScanFault {
    match fault.kind() {
        ErrorKind::NotFound => ScanFault::NoProgram,
        _ => ScanFault::Failed(fault.to_string()),
    }
}

/// `scanimage` ends with SANE's own status (SANE Standard 1.06, 4.2.6).
fn fault(status: Option<i32>, said: &str) -> ScanFault {
    let said = said.trim();
    match status {
        Some(3) => ScanFault::Busy,
        Some(6) => ScanFault::Jammed,
        Some(7) => ScanFault::NoPaper,
        Some(8) => ScanFault::CoverOpen,
        Some(11) => ScanFault::NotAllowed,
        _ if said.contains("open of device") => ScanFault::NoDevice,
        _ => ScanFault::Failed(said.chars().take(400).collect()),
    }
}

impl ScanDriver for Sane {
    fn devices(&self) -> Result<Vec<Device>, ScanFault> {
        let listed = self.output(&["--formatted-device-list=%d\t%v %m%n"])?;
        Ok(listed
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .map(|(id, label)| Device {
                id: id.to_owned(),
                label: label.trim().to_owned(),
            })
            .collect())
    }

    fn scan(
        &self,
        device: &str,
        settings: Settings,
        page: &mut dyn FnMut(Vec<u8>) -> ControlFlow<()>,
    ) -> Result<(), ScanFault> {
        let options = self.output(&["-d", device, "-A"])?;
        let mut command = self.command();
        command.args(["-d", device, "--format=png"]);
        if let Some(mode) = choice::mode(&choice::words(&options, "--mode"), settings.mode) {
            command.args(["--mode", mode]);
        }
        let sources = choice::words(&options, "--source");
        match choice::source(&sources, settings.feeder) {
            Some(source) => {
                command.args(["--source", source]);
            }
            None if settings.feeder => return Err(ScanFault::NoFeeder),
            None => {}
        }
        let resolution = choice::resolution(&options, settings.resolution);
        command.args(["--resolution", &resolution.to_string()]);
        let folder = tempfile::Builder::new()
            .prefix("luguo-scan-")
            .tempdir_in(&self.passing)
            .map_err(|fault| ScanFault::Failed(fault.to_string()))?;
        let pattern = folder.path().join("%d.png");
        command.arg(format!("--batch={}", pattern.display()));
        command.arg("--batch-print");
        if !settings.feeder {
            command.arg("--batch-count=1");
        }
        pages(command, page)
    }
}

/// Takes each page as it is printed; the process ends with this call.
fn pages(
    mut command: Command,
    page: &mut dyn FnMut(Vec<u8>) -> ControlFlow<()>,
) -> Result<(), ScanFault> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(unstarted)?;
    let mut errors = child.stderr.take();
    let listening = std::thread::spawn(move || {
        let mut said = String::new();
        if let Some(errors) = &mut errors {
            // What it says is only told on; bytes that are no text end it.
            let _ = errors.read_to_string(&mut said);
        }
        said
    });
    let mut count = 0;
    let mut stopped = false;
    let mut unread = None;
    if let Some(output) = child.stdout.take() {
        for path in BufReader::new(output).lines().map_while(Result::ok) {
            match take(Path::new(&path)) {
                Ok(bytes) => {
                    count += 1;
                    stopped = page(bytes).is_break();
                }
                Err(fault) => unread = Some(ScanFault::Failed(fault.to_string())),
            }
            if stopped || unread.is_some() {
                // It may have ended by itself.
                let _ = child.kill();
                break;
            }
        }
    }
    let ended = child
        .wait()
        .map_err(|fault| ScanFault::Failed(fault.to_string()))?;
    let said = listening.join().unwrap_or_default();
    match unread {
        Some(fault) => Err(fault),
        None if stopped || ended.success() && count > 0 => Ok(()),
        // An empty feeder is how a stack ends.
        None if ended.code() == Some(7) && count > 0 => Ok(()),
        None if ended.success() => Err(ScanFault::NoPaper),
        None => Err(fault(ended.code(), &said)),
    }
}

fn take(path: &Path) -> std::io::Result<Vec<u8>> {
    let bytes = std::fs::read(path)?;
    std::fs::remove_file(path)?;
    Ok(bytes)
}
