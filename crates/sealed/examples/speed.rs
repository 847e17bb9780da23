//! How fast packages are sealed and opened, against what cipher and digest allow by themselves, as
//! one line of JSON:
//!
//!     cargo run --release -p luguo-sealed --example speed -- MEGABYTES EACH [FOLDER]
//!
//! `EACH` is the size of a content; one of 1 MB lies among them. Speeds are in 10^6 bytes a second.
//! Without a folder nothing is kept and only sealing is measured: for more than the disk holds.

#![expect(clippy::print_stdout, reason = "printing is what this program is for")]

use luguo_sealed::{
    Certificate, Part, PartSource, SEGMENT, SealOrder, SegmentCipher as _, SigningKey, Sm4Gcm,
    SoftwareCustody, TAG, Trust, inspect, seal, self_signed_certificate,
};
use sm3::{Digest as _, Sm3};
use std::{
    error::Error,
    fs::File,
    hint::black_box,
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
    thread,
    time::Instant,
};

const NOW: u64 = 1_795_000_000;
const YEAR: u64 = 365 * 86_400;
const MEGABYTE: usize = 1 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let megabytes: usize = arguments.next().map_or(Ok(256), |text| text.parse())?;
    let each: usize = arguments.next().map_or(Ok(16), |text| text.parse())?;
    let folder = arguments.next();
    let cores = thread::available_parallelism()?.get();
    let (cipher, sm3) = (cipher_alone(cores), sm3_alone(cores));
    let mut sizes = vec![each * MEGABYTE; (megabytes / each.max(1)).max(1)];
    let small = sizes.len() / 2;
    sizes.insert(small, MEGABYTE);
    let contents = Contents { sizes };
    let all = contents.sizes.iter().sum::<usize>() as f64 / 1e6;
    let people = People::new()?;
    let order = people.order(&contents)?;
    let before = peak_kilobytes();
    let mut found = serde_json::json!({
        "megabytes": all,
        "cores": cores,
        "cipher": cipher,
        "sm3": sm3,
        // Each byte is enciphered once and digested twice: as it is, and as it is sealed.
        "bound": 1.0 / (1.0 / cipher + 2.0 / sm3),
        "peak_before_kb": before,
    });
    if let Some(folder) = folder {
        let path = Path::new(&folder).join("speed.mseal");
        let begun = Instant::now();
        seal(&order, &contents, File::create(&path)?)?;
        found["seal"] = (all / begun.elapsed().as_secs_f64()).into();
        let begun = Instant::now();
        let mut opened = inspect(File::open(&path)?)?.open(&people.trust, &people.recipient)?;
        for place in 0..contents.sizes.len() {
            opened.copy(place, &mut Sink(0))?;
        }
        found["open"] = (all / begun.elapsed().as_secs_f64()).into();
        let begun = Instant::now();
        let mut opened = inspect(File::open(&path)?)?.open(&people.trust, &people.recipient)?;
        opened.copy(small, &mut Sink(0))?;
        found["one_megabyte_ms"] = (begun.elapsed().as_secs_f64() * 1e3).into();
        std::fs::remove_file(path)?;
    } else {
        let begun = Instant::now();
        seal(&order, &contents, Sink(0))?;
        found["seal"] = (all / begun.elapsed().as_secs_f64()).into();
    }
    found["peak_kb"] = peak_kilobytes().into();
    println!("{found}");
    Ok(())
}

/// Megabytes a second of segments enciphered on all cores, with nothing else to do.
fn cipher_alone(cores: usize) -> f64 {
    on_all_cores(cores, || {
        let cipher = Sm4Gcm::new(&[7; 16]);
        let mut segment = Vec::with_capacity(SEGMENT + TAG);
        for position in 0..512 {
            segment.clear();
            segment.resize(SEGMENT, 1);
            cipher
                .seal(position, false, &mut segment)
                .expect("a segment of full length is taken");
            black_box(&segment);
        }
    })
}

/// The same of the digest.
fn sm3_alone(cores: usize) -> f64 {
    on_all_cores(cores, || {
        let segment = vec![1; SEGMENT];
        let mut sm3 = Sm3::new();
        for _ in 0..512 {
            sm3.update(&segment);
        }
        black_box(sm3.finalize());
    })
}

/// The best of three runs of 512 segments a core.
fn on_all_cores(cores: usize, work: impl Fn() + Sync) -> f64 {
    let run = || {
        let begun = Instant::now();
        thread::scope(|scope| {
            for _ in 0..cores {
                scope.spawn(&work);
            }
        });
        (cores * 512 * SEGMENT) as f64 / 1e6 / begun.elapsed().as_secs_f64()
    };
    (0..3).map(|_| run()).fold(0.0, f64::max)
}

/// Contents that cost nothing to make.
struct Contents {
    sizes: Vec<usize>,
}

impl PartSource for Contents {
    fn open(&self, place: usize) -> io::Result<Box<dyn Read + '_>> {
        let size = self.sizes[place] as u64;
        Ok(Box::new(io::repeat(place as u8).take(size)))
    }
}

struct People {
    sealer: SoftwareCustody,
    recipient: SoftwareCustody,
    cards: Vec<Certificate>,
    trust: Trust,
}

impl People {
    fn new() -> Result<Self, Box<dyn Error>> {
        let mut cards = Vec::new();
        let mut person = |name| -> Result<SoftwareCustody, Box<dyn Error>> {
            let key = SigningKey::generate()?;
            let card = self_signed_certificate(&key, name, NOW - YEAR, NOW + YEAR)?;
            cards.push(card.clone());
            SoftwareCustody::new(card, key).ok_or_else(|| "another card".into())
        };
        let (sealer, recipient) = (person("sealer")?, person("recipient")?);
        person("recovery")?;
        let trust = Trust {
            cards: cards.clone(),
            ..Trust::default()
        };
        Ok(Self {
            sealer,
            recipient,
            cards,
            trust,
        })
    }

    fn order(&self, contents: &Contents) -> io::Result<SealOrder<'_>> {
        let part = |place: usize| -> io::Result<Part> {
            let mut sm3 = Sm3::new();
            let mut buffer = vec![0; MEGABYTE];
            let mut reader = contents.open(place)?;
            loop {
                let count = reader.read(&mut buffer)?;
                if count == 0 {
                    break;
                }
                sm3.update(&buffer[..count]);
            }
            Ok(Part {
                name: format!("{place}.pdf"),
                size: contents.sizes[place] as u64,
                sm3: hex::encode(sm3.finalize()),
            })
        };
        Ok(SealOrder {
            custody: &self.sealer,
            trust: &self.trust,
            recipients: &self.cards[1..2],
            recovery: &self.cards[2],
            marking: "",
            created: NOW,
            parts: (0..contents.sizes.len())
                .map(part)
                .collect::<Result<_, _>>()?,
            about: serde_json::Value::Null,
        })
    }
}

/// Takes everything and keeps nothing.
struct Sink(u64);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += black_box(bytes).len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Sink {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        if let SeekFrom::Start(at) = to {
            self.0 = at;
        }
        Ok(self.0)
    }
}

/// Memory that the program held at most, where the system says so.
fn peak_kilobytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
