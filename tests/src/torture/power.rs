//! A cut power: of everything that was written only what was synced is left. The writes are taken
//! from a trace; what a file held at its last fsync is what the disk holds.
//!
//! The same with fsync answered but not done, as a lying disk or `synchronous=OFF` would: there the
//! harness has to report a loss. One that cannot fail would prove nothing.

use super::{Deed, Ground, Score};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// How the disk behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disk {
    /// What was synced is durable.
    Honest,
    /// fsync and fdatasync answer and do nothing.
    Lying,
}

/// One change of a file.
enum Write {
    At(u64, Vec<u8>),
    Length(u64),
}

/// A file: what the disk holds, and what it was told since.
#[derive(Default)]
struct Disked {
    durable: Option<Vec<u8>>,
    pending: Vec<Write>,
}

impl Disked {
    fn sync(&mut self) {
        let mut bytes = self.durable.take().unwrap_or_default();
        for write in self.pending.drain(..) {
            match write {
                Write::At(offset, data) => {
                    let end = offset as usize + data.len();
                    if bytes.len() < end {
                        bytes.resize(end, 0);
                    }
                    bytes[offset as usize..end].copy_from_slice(&data);
                }
                Write::Length(length) => bytes.resize(length as usize, 0),
            }
        }
        self.durable = Some(bytes);
    }
}

impl Ground {
    /// Does a deed, cuts the power after it and at every `every`-th event before, and looks at
    /// what is left.
    ///
    /// # Panics
    /// When strace cannot be started.
    pub fn cut_power(&self, deed: Deed, disk: Disk, every: usize) -> Score {
        let (folder, vault) = self.copy();
        let trace = folder.path().join("trace");
        let mut arguments = vec![
            "-y",
            "-xx",
            "-s",
            "5000000",
            "-e",
            "trace=pwrite64,write,ftruncate,fsync,fdatasync,rename,unlink",
            "-o",
            trace.to_str().unwrap(),
        ];
        if disk == Disk::Lying {
            arguments.extend(["-e", "inject=fsync,fdatasync:retval=0"]);
        }
        let (original, _) = self.copy();
        let output = self
            .strace(folder.path(), &vault, deed, &arguments)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{deed:?} on a {disk:?} disk");
        let events: Vec<Event> = String::from_utf8_lossy(&std::fs::read(&trace).unwrap())
            .lines()
            .filter_map(|line| Event::read(line, folder.path()))
            .collect();
        let mut score = Score::default();
        let mut cuts: Vec<usize> = (1..events.len()).step_by(every.max(1)).collect();
        cuts.push(events.len());
        for cut in cuts {
            let left = tempfile::tempdir().unwrap();
            replay(&events[..cut], original.path(), left.path());
            // Acknowledged once the program said so and ended; before, either state is right.
            let acknowledged = cut == events.len();
            score.points += 1;
            score.acknowledged += u32::from(acknowledged);
            self.judge(
                deed,
                &format!("{deed:?}, power cut after event {cut} of {}", events.len()),
                left.path(),
                &left.path().join("unit.luguo"),
                acknowledged,
                &mut score,
            );
        }
        score
    }
}

/// Something that happened to a file of the folder.
enum Event {
    Write(PathBuf, u64, Vec<u8>),
    Append(PathBuf, Vec<u8>),
    Length(PathBuf, u64),
    Sync(PathBuf),
    Rename(PathBuf, PathBuf),
    Unlink(PathBuf),
}

impl Event {
    /// Reads a line such as `123 pwrite64(5<\x2f…>, "\x00…", 4096, 0) = 4096`; with `-xx` names
    /// are in digits too.
    fn read(line: &str, folder: &Path) -> Option<Self> {
        let (_, call) = line.split_once(' ')?;
        let (name, arguments) = call.trim_start().split_once('(')?;
        let inside = |path: PathBuf| path.strip_prefix(folder).ok().map(Path::to_owned);
        let file = || -> Option<PathBuf> {
            let (_, rest) = arguments.split_once('<')?;
            let (path, _) = rest.split_once('>')?;
            let path = inside(PathBuf::from(String::from_utf8(bytes(path)?).ok()?))?;
            // The index of the log lives in memory and is made anew.
            (!path.to_string_lossy().ends_with("-shm")).then_some(path)
        };
        let texts: Vec<&str> = arguments.split('"').collect();
        let path_of = |text: &str| inside(PathBuf::from(String::from_utf8(bytes(text)?).ok()?));
        match name {
            "pwrite64" => {
                let tail = texts.get(2)?;
                let mut numbers = tail
                    .split([',', ')'])
                    .map(str::trim)
                    .filter(|n| !n.is_empty());
                let _length = numbers.next()?;
                let offset: u64 = numbers.next()?.parse().ok()?;
                Some(Event::Write(file()?, offset, bytes(texts.get(1)?)?))
            }
            "write" => Some(Event::Append(file()?, bytes(texts.get(1)?)?)),
            "ftruncate" => {
                let length = arguments.rsplit_once(", ")?.1;
                Some(Event::Length(
                    file()?,
                    length.split(')').next()?.trim().parse().ok()?,
                ))
            }
            // Answered by the tracer, not done.
            "fsync" | "fdatasync" if line.contains("(INJECTED)") => None,
            "fsync" | "fdatasync" => Some(Event::Sync(file()?)),
            "rename" => Some(Event::Rename(
                path_of(texts.get(1)?)?,
                path_of(texts.get(3)?)?,
            )),
            "unlink" => Some(Event::Unlink(path_of(texts.get(1)?)?)),
            _ => None,
        }
    }
}

/// `\x41\x42` as bytes.
fn bytes(text: &str) -> Option<Vec<u8>> {
    text.split("\\x")
        .skip(1)
        .map(|pair| u8::from_str_radix(pair, 16).ok())
        .collect()
}

/// What the disk holds after these events, beginning with the original folder. Names change at
/// once, contents with their fsync: the worst a file system may do.
fn replay(events: &[Event], original: &Path, left: &Path) {
    let mut files: BTreeMap<PathBuf, Disked> = BTreeMap::new();
    for name in ["unit.luguo", "unit.luguo.keys"] {
        files.insert(
            PathBuf::from(name),
            Disked {
                durable: Some(std::fs::read(original.join(name)).unwrap()),
                pending: Vec::new(),
            },
        );
    }
    for event in events {
        match event {
            Event::Write(path, offset, data) => files
                .entry(path.clone())
                .or_default()
                .pending
                .push(Write::At(*offset, data.clone())),
            Event::Append(path, data) => {
                let file = files.entry(path.clone()).or_default();
                let end = file.pending.iter().fold(0, |end, write| match write {
                    Write::At(offset, data) => end.max(offset + data.len() as u64),
                    Write::Length(length) => *length,
                });
                let end = end.max(
                    file.durable
                        .as_ref()
                        .filter(|_| file.pending.is_empty())
                        .map_or(0, |bytes| bytes.len() as u64),
                );
                file.pending.push(Write::At(end, data.clone()));
            }
            Event::Length(path, length) => files
                .entry(path.clone())
                .or_default()
                .pending
                .push(Write::Length(*length)),
            Event::Sync(path) => {
                if let Some(file) = files.get_mut(path) {
                    file.sync();
                }
            }
            Event::Rename(from, to) => {
                if let Some(file) = files.remove(from) {
                    files.insert(to.clone(), file);
                }
            }
            Event::Unlink(path) => {
                files.remove(path);
            }
        }
    }
    for (path, file) in files {
        let Some(bytes) = file.durable else {
            continue;
        };
        let path = left.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}
