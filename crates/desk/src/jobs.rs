//! Work that takes longer than a moment: progress, cancel, and what came of each file.

use luguo_ipc::{Failure, FailureCode, JobFault, JobState, JobView};
use std::{
    collections::HashMap,
    ops::ControlFlow,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
};
use uuid::Uuid;

/// The jobs of one run.
#[derive(Default)]
pub(crate) struct Jobs {
    all: Mutex<HashMap<String, Arc<Job>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// One job.
pub(crate) struct Job {
    view: Mutex<JobView>,
    /// Told when its state changes.
    changed: Condvar,
    /// Stopped because the vault was closed, not because the person wants none of it.
    closed: AtomicBool,
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
            changed: Condvar::new(),
            closed: AtomicBool::new(false),
        });
        self.lock().insert(id, Arc::clone(&job));
        job
    }

    /// Begins something that nobody is shown.
    pub(crate) fn quiet(&self) -> Arc<Job> {
        self.begin(String::new(), 0)
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

    /// Does a job's work on a thread of its own.
    pub(crate) fn spawn(&self, work: impl FnOnce() + Send + 'static) {
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        threads.retain(|thread| !thread.is_finished());
        threads.push(std::thread::spawn(work));
    }

    /// Waits for everything that was stopped, so that nobody holds the vault any more.
    pub(crate) fn wait(&self) {
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            // A panicking job has told so already; the vault is let go all the same.
            let _ = thread.join();
        }
    }

    /// Stops everything that runs.
    pub(crate) fn cancel_all(&self) {
        for job in self.lock().values() {
            job.closed.store(true, Ordering::Relaxed);
            job.cancel();
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Arc<Job>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
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
        self.step(&[JobState::Running, JobState::Paused], JobState::Cancelled);
    }

    pub(crate) fn pause(&self) {
        self.step(&[JobState::Running], JobState::Paused);
    }

    pub(crate) fn resume(&self) {
        self.step(&[JobState::Paused], JobState::Running);
    }

    fn step(&self, from: &[JobState], to: JobState) {
        let mut view = self.lock();
        if from.contains(&view.state) {
            view.state = to;
            self.changed.notify_all();
        }
    }

    /// Stands still on the job's own thread while the person wants it so.
    pub(crate) fn wait_while_paused(&self) {
        let mut view = self.lock();
        while view.state == JobState::Paused {
            view = self
                .changed
                .wait(view)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Tells how far it is, stands still while the person wants it so, and says whether to go on.
    pub(crate) fn advance(&self, done: u64) -> ControlFlow<()> {
        self.progress(done);
        self.wait_while_paused();
        if self.is_cancelled() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    pub(crate) fn was_cancelled_by_closing(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
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

    /// How far, of how much.
    pub(crate) fn of(&self, done: u64, total: u64) {
        let mut view = self.lock();
        view.done = done;
        view.total = total;
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
        self.step(&[JobState::Running, JobState::Paused], JobState::Done);
    }
}
