//! What a run asked the network for, read from `strace -f -yy -e trace=%network`.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::Path,
};

/// The calls of every process of a run.
#[derive(Debug, Default)]
pub struct Calls {
    /// Family of a socket that the kernel gave → how many.
    pub granted: BTreeMap<String, usize>,
    /// Family of a socket that the kernel refused → how many.
    pub refused: BTreeMap<String, usize>,
    /// Sockets of this machine that something connected to, as the trace names them.
    pub connected: BTreeSet<String>,
    /// Lines that name an internet, netlink or packet socket in any call, however it came about.
    pub foreign: Vec<String>,
}

impl Calls {
    /// Reads a trace.
    ///
    /// # Panics
    /// When there is none.
    pub fn read(file: &Path) -> Self {
        let text = std::fs::read(file).expect("strace wrote its file");
        Self::of(&String::from_utf8_lossy(&text))
    }

    fn of(text: &str) -> Self {
        let mut calls = Self::default();
        // Process → the beginning of a call that another process's line interrupted.
        let mut begun: HashMap<&str, &str> = HashMap::new();
        for line in text.lines() {
            let Some((process, call)) = line.split_once(' ') else {
                continue;
            };
            let call = call.trim_start();
            if let Some(beginning) = call.strip_suffix("<unfinished ...>") {
                begun.insert(process, beginning);
            } else if call.starts_with("<...") {
                let rest = call.split_once("resumed>").map_or("", |(_, rest)| rest);
                let beginning = begun.remove(process).unwrap_or_default();
                calls.take(&format!("{beginning}{rest}"));
            } else {
                calls.take(call);
            }
        }
        // What was cut off in the middle may have been granted.
        for beginning in begun.into_values() {
            calls.take(beginning);
        }
        calls
    }

    /// Sockets granted of any family but the one that ends on this machine.
    pub fn granted_elsewhere(&self) -> usize {
        self.granted
            .iter()
            .filter(|(family, _)| *family != "AF_UNIX")
            .map(|(_, count)| count)
            .sum()
    }

    fn take(&mut self, call: &str) {
        const FOREIGN: [&str; 6] = ["<TCP", "<UDP", "<NETLINK", "<PACKET", "<RAW", "AF_INET"];
        // Whatever is not plainly a refusal counts as granted: a resumed call is padded, one that
        // was cut off has no answer.
        let is_granted = !call
            .rsplit_once(" = ")
            .is_some_and(|(_, answer)| answer.trim_start().starts_with("-1 E"));
        if let Some(rest) = call
            .strip_prefix("socket(")
            .or_else(|| call.strip_prefix("socketpair("))
        {
            let family = rest.split(',').next().unwrap_or_default().to_owned();
            let counts = if is_granted {
                &mut self.granted
            } else {
                &mut self.refused
            };
            *counts.entry(family).or_default() += 1;
            if !is_granted {
                return;
            }
        }
        if FOREIGN.iter().any(|mark| call.contains(mark)) {
            self.foreign.push(call.to_owned());
        }
        if call.starts_with("connect(")
            && is_granted
            && let Some((_, path)) = call.split_once("sun_path=")
            && let Some((path, _)) = path.split_once('}')
        {
            self.connected.insert(path.replace('"', ""));
        }
    }
}

/// A socket of this machine that the classified edition may connect to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Allowed {
    /// Its path without what differs from run to run.
    pub path: &'static str,
    /// What it is for.
    pub reason: &'static str,
}

/// What stands behind a socket that the classified edition may connect to; `None` for every other.
pub fn allowed(socket: &str) -> Option<Allowed> {
    let path = socket.trim_start_matches('@');
    let is_only = |rest: &str| rest.chars().all(|letter| letter.is_ascii_alphanumeric());
    let (path, reason) = if path.strip_prefix("/tmp/.X11-unix/X").is_some_and(is_only) {
        (
            "/tmp/.X11-unix/X…",
            "the X server: shows the window, takes keys and pointer",
        )
    } else if path.strip_prefix("/tmp/dbus-").is_some_and(is_only) {
        (
            "/tmp/dbus-…",
            "the session bus: input method, settings, file dialogs, accessibility",
        )
    } else if path
        .split_once("/at-spi/bus_")
        .is_some_and(|(_, rest)| is_only(rest))
    {
        (
            "$XDG_RUNTIME_DIR/at-spi/bus_…",
            "the accessibility bus: screen readers",
        )
    } else {
        return None;
    };
    Some(Allowed { path, reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACE: &str = r#"10 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 5<UNIX-STREAM:[77]>
10 connect(5<UNIX-STREAM:[77]>, {sa_family=AF_UNIX, sun_path=@"/tmp/.X11-unix/X99"}, 20 <unfinished ...>
11 socket(AF_INET, SOCK_DGRAM|SOCK_CLOEXEC, IPPROTO_IP <unfinished ...>
10 <... connect resumed>) = 0
12 socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = -1 EPERM (Operation not permitted)
11 <... socket resumed>)             = 7<UDP:[99]>
11 connect(8<UNIX-STREAM:[78]>, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT (No such file or directory)
13 recvmsg(4<UNIX-STREAM:[80]>, {msg_control=[{cmsg_data=[9<TCP:[127.0.0.1:5->127.0.0.1:6]>]}]}, 0) = 1
14 socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL) <unfinished ...>
"#;

    #[test]
    fn a_granted_socket_is_found_also_where_lines_of_processes_cross() {
        let calls = Calls::of(TRACE);
        assert_eq!(calls.granted["AF_INET"], 1);
        assert_eq!(calls.granted["AF_UNIX"], 1);
        assert_eq!(calls.refused["AF_NETLINK"], 1);
        assert_eq!(calls.granted_elsewhere(), 2);
    }

    #[test]
    fn a_call_without_an_answer_counts_as_granted() {
        assert_eq!(Calls::of(TRACE).granted["AF_PACKET"], 1);
    }

    #[test]
    fn a_connection_that_was_handed_over_is_found() {
        let calls = Calls::of(TRACE);
        assert!(
            calls
                .foreign
                .iter()
                .any(|line| line.starts_with("recvmsg(")),
            "{:?}",
            calls.foreign
        );
    }

    #[test]
    fn only_what_answered_counts_as_connected() {
        let calls = Calls::of(TRACE);
        assert_eq!(
            calls.connected.iter().collect::<Vec<_>>(),
            ["@/tmp/.X11-unix/X99"]
        );
        assert!(allowed("@/tmp/.X11-unix/X99").is_some());
        assert!(allowed("/run/docker.sock").is_none());
        assert!(allowed("/tmp/dbus-evil/../other").is_none());
    }
}
