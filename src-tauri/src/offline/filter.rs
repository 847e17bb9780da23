//! The seccomp filter: sockets of the kind that ends on this machine, no other; no io_uring,
//! whose operations a filter cannot see; no taking over of another process or its sockets; no
//! system call of another machine's numbering.
//!
//! Written out as the kernel reads it, with the constants of `libc` alone: thirty instructions
//! that a reader can check, and the four machines this edition is for.

use libc::{
    AF_UNIX, BPF_ABS, BPF_JEQ, BPF_JGE, BPF_JMP, BPF_K, BPF_LD, BPF_RET, BPF_W, EPERM,
    SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO, SYS_io_uring_enter, SYS_io_uring_register,
    SYS_io_uring_setup, SYS_pidfd_getfd, SYS_process_vm_writev, SYS_ptrace, SYS_socket,
    SYS_socketpair, c_long, sock_filter,
};

/// The machine by its number in `linux/audit.h`; `None` where this file knows none.
const MACHINE: Option<u32> = if cfg!(target_arch = "x86_64") {
    Some(0xC000_003E)
} else if cfg!(target_arch = "aarch64") {
    Some(0xC000_00B7)
} else if cfg!(target_arch = "riscv64") {
    Some(0xC000_00F3)
} else if cfg!(target_arch = "loongarch64") {
    Some(0xC000_0102)
} else {
    None
};

/// Bit of the system calls of x32, a second numbering on x86_64 that the machine's number hides.
const X32: u32 = 0x4000_0000;

/// Never needed here, and each a way around the rule for sockets.
const FORBIDDEN: &[c_long] = &[
    SYS_io_uring_setup,
    SYS_io_uring_enter,
    SYS_io_uring_register,
    SYS_pidfd_getfd,
    SYS_ptrace,
    SYS_process_vm_writev,
];

// Offsets in `struct seccomp_data`; the four machines are little-endian, so the low half of an
// argument comes first. The kernel reads the family as an int: the high half means nothing.
const NUMBER: u32 = 0;
const ARCHITECTURE: u32 = 4;
const FIRST_ARGUMENT: u32 = 16;

const ALLOW: u32 = SECCOMP_RET_ALLOW;
const DENY: u32 = SECCOMP_RET_ERRNO | EPERM as u32;

/// Why there is no filter.
#[cfg(feature = "classified")]
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// A machine that nobody wrote the filter for.
    #[error("这种处理器（{0}）上还没有断网过滤，涉密单机版不在上面运行")]
    Machine(&'static str),
    /// The kernel said no.
    #[error("内核没有接受断网过滤（{0}）。请联系系统管理员，内核须支持 seccomp 过滤")]
    Kernel(std::io::Error),
}

/// Installs the filter in every thread of this process, for good.
///
/// # Errors
/// [`Fault`] where it does not hold.
#[cfg(feature = "classified")]
#[expect(
    unsafe_code,
    reason = "two system calls; the filter outlives the call that copies it"
)]
pub(crate) fn install() -> Result<(), Fault> {
    let machine = MACHINE.ok_or(Fault::Machine(std::env::consts::ARCH))?;
    let mut filter = instructions(machine);
    let program = libc::sock_fprog {
        len: u16::try_from(filter.len()).expect("the filter has some thirty instructions"),
        filter: filter.as_mut_ptr(),
    };
    // A program that gains rights when started could take the filter off; it also lets a person
    // without rights install one.
    if unsafe { libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) } != 0 {
        return Err(Fault::Kernel(std::io::Error::last_os_error()));
    }
    let answer = unsafe {
        libc::syscall(
            libc::SYS_seccomp,
            libc::SECCOMP_SET_MODE_FILTER,
            libc::SECCOMP_FILTER_FLAG_TSYNC,
            &raw const program,
        )
    };
    match answer {
        0 => Ok(()),
        // A positive answer is the thread that could not take it.
        1.. => Err(Fault::Kernel(std::io::Error::from_raw_os_error(
            libc::ESRCH,
        ))),
        _ => Err(Fault::Kernel(std::io::Error::last_os_error())),
    }
}

fn instructions(machine: u32) -> Vec<sock_filter> {
    let mut filter = vec![
        load(ARCHITECTURE),
        // Another machine's numbers mean other calls.
        unless_equal(machine),
        answer(DENY),
        load(NUMBER),
    ];
    if cfg!(target_arch = "x86_64") {
        filter.extend([if_at_least(X32), answer(DENY)]);
    }
    for call in FORBIDDEN {
        filter.extend([if_equal(number(*call)), answer(DENY)]);
    }
    filter.extend([
        // socket or socketpair: on to the family, else to the last line.
        jump(BPF_JEQ, number(SYS_socket), 1, 0),
        jump(BPF_JEQ, number(SYS_socketpair), 0, 3),
        load(FIRST_ARGUMENT),
        unless_equal(AF_UNIX as u32),
        answer(DENY),
        answer(ALLOW),
    ]);
    filter
}

fn number(call: c_long) -> u32 {
    u32::try_from(call).expect("numbers of system calls are small")
}

fn load(offset: u32) -> sock_filter {
    instruction(BPF_LD | BPF_W | BPF_ABS, 0, 0, offset)
}

/// The next instruction counts only where the loaded word differs.
fn unless_equal(word: u32) -> sock_filter {
    jump(BPF_JEQ, word, 1, 0)
}

/// The next instruction counts only where the loaded word is this.
fn if_equal(word: u32) -> sock_filter {
    jump(BPF_JEQ, word, 0, 1)
}

fn if_at_least(word: u32) -> sock_filter {
    jump(BPF_JGE, word, 0, 1)
}

fn answer(verdict: u32) -> sock_filter {
    instruction(BPF_RET | BPF_K, 0, 0, verdict)
}

fn jump(how: u32, word: u32, yes: u8, no: u8) -> sock_filter {
    instruction(BPF_JMP | how | BPF_K, yes, no, word)
}

fn instruction(code: u32, jt: u8, jf: u8, k: u32) -> sock_filter {
    sock_filter {
        code: u16::try_from(code).expect("codes are sixteen bits"),
        jt,
        jf,
        k,
    }
}

#[cfg(test)]
mod tests;
