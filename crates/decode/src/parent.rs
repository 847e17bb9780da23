//! The desk's side: starts the process, hands it the bytes it wants, and ends it when it takes
//! too long.

use crate::{
    DecodeFault, Listing, Measure, Table,
    frame::{Answer, Ask, send, take},
};
use std::{
    ffi::OsString,
    path::PathBuf,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    time::{Duration, Instant},
};

/// Bytes of one piece that the process may ask for at once.
const LARGEST_PIECE: u32 = 1 << 20;

/// How a decoding process is started.
#[derive(Debug, Clone)]
pub struct Program {
    /// The executable.
    pub path: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// How long one answer may take.
    pub patience: Duration,
}

impl Program {
    /// An executable that is a decoding process when it is started with [`crate::ARGUMENT`].
    pub fn of(path: PathBuf) -> Self {
        Self {
            path,
            arguments: vec![crate::ARGUMENT.into()],
            patience: Duration::from_secs(5),
        }
    }
}

/// The bytes of one content.
pub trait Content: Send {
    /// How many there are.
    fn size(&self) -> u64;
    /// Bytes at an offset; fewer only at the end.
    ///
    /// # Errors
    /// What the system says.
    fn read_at(&self, offset: u64, length: usize) -> std::io::Result<Vec<u8>>;
}

/// A process that decodes one content. It ends with this value.
pub struct Decoder {
    program: Program,
    media_type: String,
    content: Box<dyn Content>,
    running: Option<Running>,
}

struct Running {
    child: Child,
    input: ChildStdin,
    answers: Receiver<(Answer, Vec<u8>)>,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Decoder {
    /// Prepares to decode a content; nothing is started yet.
    pub fn new(program: Program, media_type: &str, content: Box<dyn Content>) -> Self {
        Self {
            program,
            media_type: media_type.to_owned(),
            content,
            running: None,
        }
    }

    /// Tells how large a picture is and how many pages it has.
    ///
    /// # Errors
    /// [`DecodeFault`].
    pub fn measure(&mut self) -> Result<Measure, DecodeFault> {
        match self.ask(&Ask::Measure)? {
            (Answer::Measure(measure), _) => Ok(measure),
            _ => Err(DecodeFault::Ended),
        }
    }

    /// Draws one page, from 0, as PNG of at most this width.
    ///
    /// # Errors
    /// [`DecodeFault`].
    pub fn page(&mut self, page: u32, width: u32) -> Result<Vec<u8>, DecodeFault> {
        match self.ask(&Ask::Page { page, width })? {
            (Answer::Page, png) => Ok(png),
            _ => Err(DecodeFault::Ended),
        }
    }

    /// Reads the sheets of a workbook.
    ///
    /// # Errors
    /// [`DecodeFault`].
    pub fn table(&mut self) -> Result<Table, DecodeFault> {
        match self.ask(&Ask::Table)? {
            (Answer::Table(table), _) => Ok(table),
            _ => Err(DecodeFault::Ended),
        }
    }

    /// Lists an archive; unpacks it into nothing to count its bytes when asked so.
    ///
    /// # Errors
    /// [`DecodeFault`].
    pub fn listing(&mut self, unpack: bool) -> Result<Listing, DecodeFault> {
        match self.ask(&Ask::Listing { unpack })? {
            (Answer::Listing(listing), _) => Ok(listing),
            _ => Err(DecodeFault::Ended),
        }
    }

    fn ask(&mut self, ask: &Ask) -> Result<(Answer, Vec<u8>), DecodeFault> {
        let outcome = self.exchange(ask);
        if matches!(outcome, Err(DecodeFault::Ended | DecodeFault::TooLong)) {
            // The next question starts a new process.
            self.running = None;
        }
        match outcome? {
            (Answer::Fault(fault), _) => Err(fault),
            answered => Ok(answered),
        }
    }

    fn exchange(&mut self, ask: &Ask) -> Result<(Answer, Vec<u8>), DecodeFault> {
        let running = match &mut self.running {
            Some(running) => running,
            None => {
                self.running
                    .insert(start(&self.program, &self.media_type, self.content.size())?)
            }
        };
        let until = Instant::now() + self.program.patience;
        send(&mut running.input, ask, &[]).map_err(|_| DecodeFault::Ended)?;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let (answer, bytes) = running
                .answers
                .recv_timeout(left)
                .map_err(|why| match why {
                    RecvTimeoutError::Timeout => DecodeFault::TooLong,
                    RecvTimeoutError::Disconnected => DecodeFault::Ended,
                })?;
            let Answer::Want { offset, length } = answer else {
                return Ok((answer, bytes));
            };
            let wanted = self
                .content
                .read_at(offset, length.min(LARGEST_PIECE) as usize);
            let (ask, bytes) = match &wanted {
                Ok(bytes) => (Ask::Bytes, bytes.as_slice()),
                Err(_) => (Ask::NoBytes, [].as_slice()),
            };
            send(&mut running.input, &ask, bytes).map_err(|_| DecodeFault::Ended)?;
            if let Err(fault) = wanted {
                return Err(DecodeFault::Machine(fault.to_string()));
            }
        }
    }
}

fn start(program: &Program, media_type: &str, size: u64) -> Result<Running, DecodeFault> {
    let machine = |fault: std::io::Error| DecodeFault::Machine(fault.to_string());
    let mut child = Command::new(&program.path)
        .args(&program.arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(machine)?;
    let (Some(input), Some(mut output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(DecodeFault::Machine("no line to the process".to_owned()));
    };
    let (sender, answers) = channel();
    std::thread::spawn(move || {
        // Ends with the process.
        while let Ok(answer) = take(&mut output) {
            if sender.send(answer).is_err() {
                return;
            }
        }
    });
    let mut running = Running {
        child,
        input,
        answers,
    };
    let open = Ask::Open {
        size,
        media_type: media_type.to_owned(),
    };
    send(&mut running.input, &open, &[]).map_err(|_| DecodeFault::Ended)?;
    Ok(running)
}
