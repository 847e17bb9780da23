//! Work that takes longer than a moment: progress, cancel, and what came of each file.

use luguo_ipc::{Failure, FailureCode, JobFault, JobState, JobView};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use uuid::Uuid;

/// The jobs of one run.
#[derive(Default)]
pub(crate) struct Jobs(Mutex<HashMap<String, Arc<Job>>>);

/// One job.
pub(crate) struct Job {
    view: Mutex<JobView>,
}

impl Jobs {
    /// Begins a job.
    pub(crate) fn begin(&self, title: String, total: u64) -> Arc<Job> {
        let id = Uuid::new_v4().simple().to_string();
        let job = Arc::new(Job {
            view: Mutex::new(JobView {
                id: id.clone(),
                title,
                state: JobState::Running,
                done: 0,
                total,
                current: String::new(),
                finished: Vec::new(),
                faults: Vec::new(),
                remarks: Vec::new(),
            }),
        });
        self.lock().insert(id, Arc::clone(&job));
        job
    }

    /// Finds a job.
    pub(crate) fn get(&self, id: &str) -> Result<Arc<Job>, Failure> {
        self.lock().get(id).cloned().ok_or_else(|| {
            Failure::new(
                FailureCode::NotFound,
                "这项任务已经结束。请刷新列表查看结果。",
            )
        })
    }

    /// Stops everything that runs.
    pub(crate) fn cancel_all(&self) {
        for job in self.lock().values() {
            job.cancel();
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Arc<Job>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Job {
    fn lock(&self) -> MutexGuard<'_, JobView> {
        self.view.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn view(&self) -> JobView {
        self.lock().clone()
    }

    pub(crate) fn cancel(&self) {
        let mut view = self.lock();
        if view.state == JobState::Running {
            view.state = JobState::Cancelled;
        }
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.lock().state == JobState::Cancelled
    }

    pub(crate) fn at(&self, file: &str) {
        file.clone_into(&mut self.lock().current);
    }

    pub(crate) fn progress(&self, done: u64) {
        self.lock().done = done;
    }

    pub(crate) fn finished(&self, file: &str, remark: Option<String>) {
        let mut view = self.lock();
        view.finished.push(file.to_owned());
        view.remarks.extend(remark);
    }

    pub(crate) fn fault(&self, file: &str, failure: &Failure) {
        self.lock().faults.push(JobFault {
            file: file.to_owned(),
            message: failure.message.clone(),
        });
    }

    pub(crate) fn end(&self) {
        let mut view = self.lock();
        if view.state == JobState::Running {
            view.state = JobState::Done;
        }
    }
}
