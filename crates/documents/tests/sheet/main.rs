//! Workbooks from outside: what is written is read back whole, what is wrong is told at its
//! cell, what is hostile ends in a fault, and other programs open the files.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod foreign;
mod hostile;
mod lists;
mod mistakes;
mod round;
mod secrecy;
mod support;
