//! A content as a STREAM of sealed segments (Hoang, Reyhanitabar, Rogaway, Vizár 2015; the layout of
//! age): 64 KiB of plaintext and a tag of 16 bytes each, nonce = 11-byte counter ‖ last flag.
//!
//! Segments are sealed and opened on all cores, in batches: memory does not grow with the content.

use aead_stream::{NewStream as _, StreamBE32, StreamPrimitive as _};
use aes_gcm::{AesGcm, KeyInit as _, aead::consts::U12};
use sm3::{Digest as _, Sm3};
use std::{
    io::{self, Read, Write},
    num::NonZero,
    sync::Mutex,
    thread,
};

/// Plaintext bytes of a segment; the last one may hold fewer.
pub const SEGMENT: usize = 64 * 1024;
/// Bytes that sealing adds to a segment.
pub const TAG: usize = 16;
/// Segments in work at once, in each of the stages.
const BATCH: usize = 32;

/// What seals and opens one segment. Positions count from 0; the last segment is sealed as such.
pub trait SegmentCipher: Sync {
    /// Seals in place and appends the tag.
    ///
    /// # Errors
    /// [`Broken`] when the cipher refuses.
    fn seal(&self, position: u32, last: bool, segment: &mut Vec<u8>) -> Result<(), Broken>;

    /// Opens in place and takes the tag off.
    ///
    /// # Errors
    /// [`Broken`] when segment, position or flag are not those that were sealed.
    fn open(&self, position: u32, last: bool, segment: &mut Vec<u8>) -> Result<(), Broken>;
}

/// A segment that does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;

/// SM4-GCM (GB/T 32907-2016, RFC 8998).
pub struct Sm4Gcm(StreamBE32<AesGcm<sm4::Sm4, U12>>);

impl Sm4Gcm {
    /// With a key that seals one content and no other.
    pub fn new(key: &[u8; 16]) -> Self {
        let cipher = AesGcm::<sm4::Sm4, U12>::new(key.into());
        Self(StreamBE32::from_aead(cipher, &[0; 7].into()))
    }
}

impl SegmentCipher for Sm4Gcm {
    fn seal(&self, position: u32, last: bool, segment: &mut Vec<u8>) -> Result<(), Broken> {
        self.0
            .encrypt_in_place(position, last, &[], segment)
            .map_err(|_| Broken)
    }

    fn open(&self, position: u32, last: bool, segment: &mut Vec<u8>) -> Result<(), Broken> {
        self.0
            .decrypt_in_place(position, last, &[], segment)
            .map_err(|_| Broken)
    }
}

/// Length of a sealed content.
pub fn sealed_size(plain: u64) -> u64 {
    plain + TAG as u64 * plain.div_ceil(SEGMENT as u64).max(1)
}

/// Length of the content sealed to so many bytes; nothing for a length that no sealing gives.
pub(crate) fn plain_size(sealed: u64) -> Option<u64> {
    let segments = sealed.div_ceil((SEGMENT + TAG) as u64);
    let plain = sealed.checked_sub(segments * TAG as u64)?;
    (sealed_size(plain) == sealed).then_some(plain)
}

/// The length that a content is padded to: only a few lengths of each magnitude exist
/// (Padmé, Nikitin et al. 2019). Adds 12 % at most.
pub fn padded_size(plain: u64) -> u64 {
    if plain < 2 {
        return plain;
    }
    let exponent = plain.ilog2();
    let kept = exponent.ilog2() + 1;
    let mask = (1u64 << (exponent - kept.min(exponent))) - 1;
    plain.saturating_add(mask) & !mask
}

/// A batch of segments with the position of its first.
struct Batch {
    position: u32,
    segments: Vec<Vec<u8>>,
    last: bool,
}

/// How a batch is worked on between reading and writing.
type Work<'a> = &'a (dyn Fn(u32, bool, &mut Vec<u8>) -> Result<(), Broken> + Sync);

/// Digests on the way: of the content as far as was asked, and of its sealed form.
pub(crate) struct Digests {
    pub(crate) content: [u8; 32],
    pub(crate) sealed: [u8; 32],
    /// Of the sealed form.
    pub(crate) crc: u32,
}

/// The digest of the first bytes of a stream.
struct Measure {
    left: u64,
    sm3: Sm3,
    crc: crc32fast::Hasher,
}

impl Measure {
    fn of_first(bytes: u64) -> Self {
        Self {
            left: bytes,
            sm3: Sm3::new(),
            crc: crc32fast::Hasher::new(),
        }
    }

    fn update(&mut self, batch: &Batch) {
        for segment in &batch.segments {
            let length =
                usize::try_from(self.left).map_or(segment.len(), |left| left.min(segment.len()));
            self.sm3.update(&segment[..length]);
            self.crc.update(&segment[..length]);
            self.left -= length as u64;
        }
    }
}

impl Digests {
    fn of(content: Measure, sealed: Measure) -> Self {
        Self {
            content: content.sm3.finalize().into(),
            sealed: sealed.sm3.finalize().into(),
            crc: sealed.crc.finalize(),
        }
    }
}

/// Why a stream ended before its end.
#[derive(Debug)]
pub(crate) enum StreamFault {
    Io(io::Error),
    Broken,
}

impl From<io::Error> for StreamFault {
    fn from(fault: io::Error) -> Self {
        StreamFault::Io(fault)
    }
}

/// Seals exactly `size` bytes; the content's digest is of the first `content` of them.
pub(crate) fn seal(
    cipher: &dyn SegmentCipher,
    size: u64,
    content: u64,
    reader: &mut dyn Read,
    out: &mut dyn Write,
) -> Result<Digests, StreamFault> {
    let (mut read, mut written) = (Measure::of_first(content), Measure::of_first(u64::MAX));
    let work = |position, last, segment: &mut _| cipher.seal(position, last, segment);
    let measures = [&mut read, &mut written];
    run(size, SEGMENT, measures, reader, out, &work)?;
    Ok(Digests::of(read, written))
}

/// Opens exactly `sealed` bytes; the content's digest is of the first `content` bytes, and the
/// sealed form is only digested where that is wanted.
pub(crate) fn open(
    cipher: &dyn SegmentCipher,
    sealed: u64,
    content: u64,
    with_sealed: bool,
    reader: &mut dyn Read,
    out: &mut dyn Write,
) -> Result<Digests, StreamFault> {
    // An empty segment behind a full one would be a second encoding of the first alone.
    if plain_size(sealed).is_none() {
        return Err(StreamFault::Broken);
    }
    let (mut read, mut written) = (
        Measure::of_first(if with_sealed { sealed } else { 0 }),
        Measure::of_first(content),
    );
    let work = |position, last, segment: &mut _| cipher.open(position, last, segment);
    let measures = [&mut read, &mut written];
    run(sealed, SEGMENT + TAG, measures, reader, out, &work)?;
    Ok(Digests::of(written, read))
}

/// One thing to do with a batch. Digests go from segment to segment, so each is one task.
enum Task<'a> {
    Digest(&'a mut Measure, &'a Batch),
    Segment(u32, bool, &'a mut Vec<u8>),
}

/// Four batches are in work at once: one is read, one digested, one worked on, one digested again
/// and written. As many threads as there are cores take the tasks one by one, the long ones first:
/// so none waits for another's share.
fn run(
    size: u64,
    unit: usize,
    [read, written]: [&mut Measure; 2],
    reader: &mut dyn Read,
    out: &mut dyn Write,
    work: Work<'_>,
) -> Result<(), StreamFault> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let mut source = Source {
        left: size,
        position: 0,
        ended: false,
        spare: Vec::new(),
    };
    let mut digesting: Option<Batch> = source.next(unit, reader)?;
    let mut working: Option<Batch> = None;
    let mut writing: Option<Batch> = None;
    while digesting.is_some() || working.is_some() || writing.is_some() {
        // Taken from the end.
        let mut tasks = Vec::new();
        if let Some(batch) = &mut working {
            let (first, last, count) = (batch.position, batch.last, batch.segments.len());
            for (n, segment) in batch.segments.iter_mut().enumerate() {
                let position = first + u32::try_from(n).map_err(|_| StreamFault::Broken)?;
                tasks.push(Task::Segment(position, last && n + 1 == count, segment));
            }
        }
        for (measure, batch) in [(&mut *read, &digesting), (&mut *written, &writing)] {
            if let Some(batch) = batch
                && measure.left > 0
            {
                tasks.push(Task::Digest(measure, batch));
            }
        }
        let tasks = Mutex::new(tasks);
        let next = thread::scope(|scope| {
            let workers: Vec<_> = (0..cores)
                .map(|_| scope.spawn(|| take(&tasks, work)))
                .collect();
            let next = source.next(unit, reader)?;
            for segment in writing.iter().flat_map(|batch| &batch.segments) {
                out.write_all(segment)?;
            }
            for worker in workers {
                let done = worker.join().map_err(|_| StreamFault::Broken)?;
                done.map_err(|Broken| StreamFault::Broken)?;
            }
            Ok::<_, StreamFault>(next)
        })?;
        source
            .spare
            .extend(writing.into_iter().flat_map(|batch| batch.segments));
        writing = working;
        working = digesting;
        digesting = next;
    }
    Ok(())
}

/// Does tasks until none is left.
fn take(tasks: &Mutex<Vec<Task<'_>>>, work: Work<'_>) -> Result<(), Broken> {
    loop {
        // In a statement of its own, which lets the lock go before the work.
        let task = tasks.lock().map_err(|_| Broken)?.pop();
        match task {
            Some(Task::Digest(measure, batch)) => measure.update(batch),
            Some(Task::Segment(position, last, segment)) => work(position, last, segment)?,
            None => return Ok(()),
        }
    }
}

struct Source {
    left: u64,
    position: u32,
    ended: bool,
    /// Segments that were written, for the next ones to be read into.
    spare: Vec<Vec<u8>>,
}

impl Source {
    /// Reads the next batch; an empty content is one empty segment.
    fn next(&mut self, unit: usize, reader: &mut dyn Read) -> Result<Option<Batch>, StreamFault> {
        if self.ended {
            return Ok(None);
        }
        let mut batch = Batch {
            position: self.position,
            segments: Vec::new(),
            last: false,
        };
        while batch.segments.len() < BATCH && !batch.last {
            let length = usize::try_from(self.left).map_or(unit, |left| left.min(unit));
            let mut segment = self.spare.pop().unwrap_or_default();
            segment.reserve_exact((length + TAG).saturating_sub(segment.len()));
            segment.resize(length, 0);
            reader.read_exact(&mut segment)?;
            self.left -= length as u64;
            batch.last = self.left == 0;
            batch.segments.push(segment);
        }
        self.ended = batch.last;
        self.position += u32::try_from(batch.segments.len()).map_err(|_| StreamFault::Broken)?;
        Ok(Some(batch))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_padded_size_is_one_of_few_and_at_most_an_eighth_more() {
        assert_eq!(
            [0, 1, 2, 9, 1000, 65_537, 1 << 30].map(padded_size),
            [0, 1, 2, 10, 1024, 67_584, 1 << 30]
        );
        for plain in (1..100_000).step_by(7) {
            let padded = padded_size(plain);
            assert!(padded >= plain && padded <= plain + plain / 8, "{plain}");
            assert_eq!(padded_size(padded), padded);
        }
    }

    #[test]
    fn every_length_has_one_sealed_length_and_back() {
        for plain in [0, 1, 65_535, 65_536, 65_537, 131_072, 1 << 30] {
            assert_eq!(plain_size(sealed_size(plain)), Some(plain), "{plain}");
        }
        for sealed in [0, 15, 65_536 + 16 + 1, 65_536 + 16 + 15] {
            assert_eq!(plain_size(sealed), None, "{sealed}");
        }
        // A second segment with nothing in it is no encoding of the first alone.
        assert_eq!(plain_size(65_536 + 32), None);
    }

    /// RFC 8998, appendix A.1.
    #[test]
    fn sm4_gcm_gives_the_vector_of_rfc_8998() {
        use aes_gcm::aead::AeadInOut as _;
        let bytes = |text: &str| hex::decode(text).expect("hexadecimal");
        let key: [u8; 16] = bytes("0123456789abcdeffedcba9876543210")
            .try_into()
            .expect("16");
        let nonce: [u8; 12] = bytes("00001234567800000000abcd").try_into().expect("12");
        let mut text = bytes(
            "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccddddddddddddddddeeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa",
        );
        AesGcm::<sm4::Sm4, U12>::new(&key.into())
            .encrypt_in_place(
                &nonce.into(),
                &bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
                &mut text,
            )
            .expect("sealed");
        assert_eq!(
            hex::encode(text),
            "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d83de3541e4c2b58177e065a9bf7b62ec"
        );
    }

    #[test]
    fn an_empty_segment_behind_a_full_one_does_not_open() {
        let cipher = Sm4Gcm::new(&[7; 16]);
        let (mut full, mut empty) = (vec![1; SEGMENT], Vec::new());
        cipher.seal(0, false, &mut full).expect("sealed");
        cipher.seal(1, true, &mut empty).expect("sealed");
        let sealed = [full, empty].concat();
        let length = sealed.len() as u64;
        let fault = open(
            &cipher,
            length,
            0,
            false,
            &mut sealed.as_slice(),
            &mut Vec::new(),
        );
        assert!(matches!(fault, Err(StreamFault::Broken)));
    }

    #[test]
    fn contents_of_every_length_come_back_and_truncated_ones_do_not() {
        let cipher = Sm4Gcm::new(&[7; 16]);
        for size in [
            0,
            1,
            SEGMENT - 1,
            SEGMENT,
            SEGMENT + 1,
            70 * SEGMENT,
            200 * SEGMENT + 5,
        ] {
            let content: Vec<u8> = (0..size).map(|n| (n % 251) as u8).collect();
            let mut sealed = Vec::new();
            seal(
                &cipher,
                size as u64,
                0,
                &mut content.as_slice(),
                &mut sealed,
            )
            .expect("sealed");
            assert_eq!(sealed.len() as u64, sealed_size(size as u64));
            let mut opened = Vec::new();
            let length = sealed.len() as u64;
            open(
                &cipher,
                length,
                0,
                true,
                &mut sealed.as_slice(),
                &mut opened,
            )
            .expect("opened");
            assert!(opened == content, "{size}");
            if size > SEGMENT {
                let cut = (SEGMENT + TAG) as u64;
                let fault = open(
                    &cipher,
                    cut,
                    0,
                    false,
                    &mut sealed.as_slice(),
                    &mut Vec::new(),
                );
                assert!(matches!(fault, Err(StreamFault::Broken)), "{size}");
            }
        }
    }
}
