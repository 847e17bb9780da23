//! A TCP proxy on loopback that breaks the line at a chosen point: after so many bytes of an
//! upload, at the answer to a commit, or with a status of its own.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

type Action = Box<dyn FnOnce() + Send>;

/// What goes wrong; once, then the line is whole again.
pub enum Fault {
    /// After so many bytes from the desk: the action runs, the connection breaks.
    AfterSent(u64, Action),
    /// The first byte of the answer to a commit: the action runs, the answer is lost.
    CommitAnswer(Action),
}

#[derive(Default)]
struct State {
    fault: Mutex<Option<Fault>>,
    status: Mutex<Option<String>>,
    sent: AtomicU64,
}

/// A running proxy. Its threads end with the test process.
pub struct Proxy {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    state: Arc<State>,
}

impl Proxy {
    /// Starts in front of `upstream` (`host:port`).
    ///
    /// # Panics
    /// When no port is free.
    pub fn start(upstream: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(State::default());
        let (shared, upstream) = (state.clone(), upstream.to_owned());
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let (state, upstream) = (shared.clone(), upstream.clone());
                std::thread::spawn(move || serve(client, &upstream, &state));
            }
        });
        Self { url, state }
    }

    /// Arms a fault.
    ///
    /// # Panics
    /// When a thread of the proxy panicked.
    pub fn arm(&self, fault: Fault) {
        self.state.sent.store(0, Ordering::SeqCst);
        *self.state.fault.lock().unwrap() = Some(fault);
    }

    /// Whether the armed fault has not happened yet.
    ///
    /// # Panics
    /// When a thread of the proxy panicked.
    pub fn is_armed(&self) -> bool {
        self.state.fault.lock().unwrap().is_some()
    }

    /// Answers everything with this head and body instead of asking upstream; `None`: asks again.
    ///
    /// # Panics
    /// When a thread of the proxy panicked.
    pub fn answer_with(&self, response: Option<&str>) {
        *self.state.status.lock().unwrap() = response.map(str::to_owned);
    }
}

fn serve(mut client: TcpStream, upstream: &str, state: &Arc<State>) {
    if let Some(response) = state.status.lock().unwrap().clone() {
        let mut head = [0; 65536];
        // The request is read so that closing does not reset the answer away.
        let _ = client.read(&mut head);
        let _ = client.write_all(response.as_bytes());
        let _ = client.shutdown(Shutdown::Both);
        return;
    }
    let Ok(server) = TcpStream::connect(upstream) else {
        return;
    };
    let commits = Arc::new(AtomicU64::new(0));
    let back = {
        let (client, server) = (client.try_clone().unwrap(), server.try_clone().unwrap());
        let (state, commits) = (state.clone(), commits.clone());
        std::thread::spawn(move || answers(server, client, &state, &commits))
    };
    requests(client, server, state, &commits);
    let _ = back.join();
}

fn requests(mut client: TcpStream, mut server: TcpStream, state: &State, commits: &AtomicU64) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(n @ 1..) = client.read(&mut buffer) {
        if contains(&buffer[..n], b"/commit ") {
            commits.fetch_add(1, Ordering::SeqCst);
        }
        let sent = state.sent.fetch_add(n as u64, Ordering::SeqCst) + n as u64;
        if server.write_all(&buffer[..n]).is_err() {
            break;
        }
        let mut fault = state.fault.lock().unwrap();
        if matches!(&*fault, Some(Fault::AfterSent(limit, _)) if sent >= *limit) {
            if let Some(Fault::AfterSent(_, action)) = fault.take() {
                action();
            }
            break;
        }
    }
    let _ = server.shutdown(Shutdown::Both);
    let _ = client.shutdown(Shutdown::Both);
}

fn answers(mut server: TcpStream, mut client: TcpStream, state: &State, commits: &AtomicU64) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(n @ 1..) = server.read(&mut buffer) {
        if commits.load(Ordering::SeqCst) > 0 {
            let mut fault = state.fault.lock().unwrap();
            if let Some(Fault::CommitAnswer(_)) = &*fault {
                if let Some(Fault::CommitAnswer(action)) = fault.take() {
                    action();
                }
                break;
            }
        }
        if client.write_all(&buffer[..n]).is_err() {
            break;
        }
    }
    let _ = server.shutdown(Shutdown::Both);
    let _ = client.shutdown(Shutdown::Both);
}

fn contains(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark)
}
