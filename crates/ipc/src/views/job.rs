//! Work that takes longer than a moment.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Names a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct JobRequest {
    /// Job.
    pub id: String,
}

/// How far a job is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct JobView {
    /// Job.
    pub id: String,
    /// What it does, in words.
    pub title: String,
    /// Running, done, cancelled.
    pub state: JobState,
    /// Bytes done.
    #[ts(type = "number")]
    pub done: u64,
    /// Bytes in all.
    #[ts(type = "number")]
    pub total: u64,
    /// The file at work.
    pub current: String,
    /// Files that are in.
    pub finished: Vec<String>,
    /// Files that are not in, each with its reason; the others went on.
    pub faults: Vec<JobFault>,
    /// Remarks, such as: the same content is in already.
    pub remarks: Vec<String>,
}

/// State of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// At work.
    Running,
    /// At its end, with or without faults.
    Done,
    /// Standing still until the person lets it go on.
    Paused,
    /// Stopped by the person.
    Cancelled,
}

/// One file that is not in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct JobFault {
    /// File name.
    pub file: String,
    /// Why, and what to do.
    pub message: String,
}
