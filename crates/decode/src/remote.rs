//! The content as a file that can be read anywhere, though its bytes come from the desk.

use crate::frame::{Answer, Ask, send, take};
use std::{
    cell::RefCell,
    io::{Error, Read, Result, Seek, SeekFrom, Write},
    rc::Rc,
};

/// Bytes that are asked for at once.
const BLOCK: u64 = 256 << 10;
/// Blocks that are remembered: directories at the end, and where one reads.
const REMEMBERED: usize = 8;

/// The line to the desk.
pub(crate) struct Line<R, W> {
    pub(crate) from: R,
    pub(crate) to: W,
}

/// A file whose bytes come over the line.
pub(crate) struct Remote<R, W> {
    line: Rc<RefCell<Line<R, W>>>,
    size: u64,
    at: u64,
    blocks: Vec<(u64, Vec<u8>)>,
}

impl<R: Read, W: Write> Remote<R, W> {
    pub(crate) fn new(line: Rc<RefCell<Line<R, W>>>, size: u64) -> Self {
        Self {
            line,
            size,
            at: 0,
            blocks: Vec::new(),
        }
    }

    fn block(&mut self, number: u64) -> Result<&[u8]> {
        if let Some(place) = self.blocks.iter().position(|(known, _)| *known == number) {
            let block = self.blocks.remove(place);
            self.blocks.push(block);
        } else {
            let offset = number * BLOCK;
            let length = BLOCK.min(self.size - offset) as u32;
            let mut line = self.line.borrow_mut();
            send(&mut line.to, &Answer::Want { offset, length }, &[])?;
            let (ask, bytes): (Ask, _) = take(&mut line.from)?;
            if !matches!(ask, Ask::Bytes) || bytes.len() != length as usize {
                return Err(Error::other("the content cannot be read"));
            }
            if self.blocks.len() == REMEMBERED {
                self.blocks.remove(0);
            }
            self.blocks.push((number, bytes));
        }
        Ok(self.blocks.last().map_or(&[], |(_, bytes)| bytes))
    }
}

impl<R: Read, W: Write> Read for Remote<R, W> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        if self.at >= self.size || out.is_empty() {
            return Ok(0);
        }
        let (number, within) = (self.at / BLOCK, (self.at % BLOCK) as usize);
        let block = self.block(number)?;
        let take = (block.len() - within).min(out.len());
        out[..take].copy_from_slice(&block[within..within + take]);
        self.at += take as u64;
        Ok(take)
    }
}

impl<R: Read, W: Write> Seek for Remote<R, W> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let place = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = place.ok_or_else(|| Error::other("a place before the beginning"))?;
        Ok(self.at)
    }
}
