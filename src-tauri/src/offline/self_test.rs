//! Trying what the filter must make impossible. A refusal for another reason than the filter's
//! does not count: a machine without IPv6 proves nothing about IPv6.

use libc::{
    AF_BLUETOOTH, AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_UNIX, AF_VSOCK, EPERM,
    SECCOMP_MODE_FILTER, SOCK_DGRAM, SOCK_RAW, SOCK_STREAM, c_int, c_long,
};

/// More families than any kernel has.
const FAMILIES: c_int = 64;

/// One thing that must be impossible, and what came of trying.
pub(crate) struct Trial {
    /// What was tried, as a line of the list.
    pub(crate) name: String,
    /// What is wrong where it succeeded, as part of a sentence.
    pub(crate) what: String,
    /// Whether it was impossible.
    pub(crate) held: bool,
}

/// Tries everything.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials: Vec<_> = [
        ("AF_INET", AF_INET, SOCK_STREAM),
        ("AF_INET6", AF_INET6, SOCK_DGRAM),
        ("AF_NETLINK", AF_NETLINK, SOCK_RAW),
        ("AF_PACKET", AF_PACKET, SOCK_RAW),
        ("AF_VSOCK", AF_VSOCK, SOCK_STREAM),
        ("AF_BLUETOOTH", AF_BLUETOOTH, SOCK_RAW),
    ]
    .into_iter()
    .map(|(name, family, kind)| {
        trial(
            format!("不能打开 {name} 套接字"),
            format!("程序仍能打开 {name} 套接字"),
            is_denied(c_long::from(socket(family, kind))),
        )
    })
    .collect();
    trials.push(trial(
        "不能打开其余任何一族的套接字（本机套接字除外）".to_owned(),
        "程序仍能打开其他网络套接字".to_owned(),
        (0..FAMILIES)
            .filter(|family| *family != AF_UNIX)
            .all(|family| is_denied(c_long::from(socket(family, SOCK_STREAM)))),
    ));
    trials.push(trial(
        "不能使用 io_uring".to_owned(),
        "程序仍能使用 io_uring".to_owned(),
        is_denied(io_uring()),
    ));
    trials.push(trial(
        "内核的 seccomp 过滤已对本进程生效，且不能取得新的权限".to_owned(),
        "内核没有对本进程启用 seccomp 过滤".to_owned(),
        is_filtered(),
    ));
    let brought = network_sockets_brought_along();
    trials.push(trial(
        "启动时没有带入已打开的网络连接".to_owned(),
        format!(
            "启动时带入了已打开的网络连接（文件描述符 {}）",
            brought
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("、")
        ),
        brought.is_empty(),
    ));
    trials
}

fn trial(name: String, what: String, held: bool) -> Trial {
    Trial { name, what, held }
}

/// Whether a call was denied as the filter denies; what it opened against expectation is closed.
#[expect(unsafe_code, reason = "closes what the caller has just opened")]
fn is_denied(answer: c_long) -> bool {
    if let Ok(opened @ 0..) = c_int::try_from(answer) {
        unsafe { libc::close(opened) };
        return false;
    }
    std::io::Error::last_os_error().raw_os_error() == Some(EPERM)
}

#[expect(unsafe_code, reason = "a system call on three numbers")]
fn socket(family: c_int, kind: c_int) -> c_int {
    unsafe { libc::socket(family, kind | libc::SOCK_CLOEXEC, 0) }
}

#[expect(
    unsafe_code,
    reason = "the kernel writes at most 120 bytes into the buffer"
)]
fn io_uring() -> c_long {
    let mut parameters = [0_u64; 32];
    unsafe { libc::syscall(libc::SYS_io_uring_setup, 1, parameters.as_mut_ptr()) }
}

#[expect(unsafe_code, reason = "two questions about this process")]
fn is_filtered() -> bool {
    let mode = unsafe { libc::prctl(libc::PR_GET_SECCOMP, 0, 0, 0, 0) };
    let no_new_privileges = unsafe { libc::prctl(libc::PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) };
    u32::try_from(mode) == Ok(SECCOMP_MODE_FILTER) && no_new_privileges == 1
}

/// Sockets of another family than this machine's own that were open when the program started.
fn network_sockets_brought_along() -> Vec<c_int> {
    // Where the list cannot be read, every number that a shell or a service would use is asked.
    let open: Vec<c_int> = std::fs::read_dir("/proc/self/fd").map_or_else(
        |_| (0..1024).collect(),
        |folder| {
            folder
                .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
                .collect()
        },
    );
    open.into_iter()
        .filter(|descriptor| family_of(*descriptor).is_some_and(|family| family != AF_UNIX))
        .collect()
}

/// The family of a socket; `None` for what is none.
#[expect(unsafe_code, reason = "the kernel writes one int into an int")]
fn family_of(descriptor: c_int) -> Option<c_int> {
    let mut family: c_int = 0;
    let mut size = libc::socklen_t::try_from(size_of::<c_int>()).expect("an int is small");
    let answer = unsafe {
        libc::getsockopt(
            descriptor,
            libc::SOL_SOCKET,
            libc::SO_DOMAIN,
            (&raw mut family).cast(),
            &raw mut size,
        )
    };
    (answer == 0).then_some(family)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::fd::AsRawFd as _;

    #[test]
    fn without_the_filter_the_trials_do_not_hold() {
        let trials = trials();
        for name in ["AF_INET ", "其余任何一族", "seccomp 过滤已对本进程生效"] {
            let trial = trials
                .iter()
                .find(|trial| trial.name.contains(name))
                .expect("a trial of the list");
            assert!(!trial.held, "{}", trial.what);
        }
    }

    #[test]
    fn a_connection_that_was_brought_along_is_found() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        assert!(network_sockets_brought_along().contains(&listener.as_raw_fd()));
        let (own, _other) = std::os::unix::net::UnixStream::pair().expect("a pair");
        assert!(!network_sockets_brought_along().contains(&own.as_raw_fd()));
    }
}
