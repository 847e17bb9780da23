//! Annexes 1 to 3, the evidence list and the print set as PDF; the XLSX templates, written and
//! read. Bytes in, bytes out: no clock, no network, no database.

pub mod paper;
pub mod sheet;
