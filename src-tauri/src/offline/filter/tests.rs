//! The filter read as the kernel reads it, call by call.

use super::*;
use libc::{AF_BLUETOOTH, AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_VSOCK};

/// What the kernel hands to a filter.
struct Call {
    machine: u32,
    number: u32,
    first: u64,
}

fn call(number: c_long, first: u64) -> Call {
    Call {
        machine: here(),
        number: super::number(number),
        first,
    }
}

fn here() -> u32 {
    MACHINE.expect("tests run on a machine that the filter knows")
}

/// The kernel's reading of the six kinds of instruction that the filter is made of.
fn verdict(call: &Call) -> u32 {
    let filter = instructions(here());
    let (mut at, mut word) = (0, 0);
    loop {
        let step = filter[at];
        at += 1;
        let code = u32::from(step.code);
        let taken = if code == BPF_LD | BPF_W | BPF_ABS {
            word = match step.k {
                NUMBER => call.number,
                ARCHITECTURE => call.machine,
                FIRST_ARGUMENT => call.first as u32,
                other => panic!("no field at {other}"),
            };
            continue;
        } else if code == BPF_RET | BPF_K {
            return step.k;
        } else if code == BPF_JMP | BPF_JEQ | BPF_K {
            word == step.k
        } else if code == BPF_JMP | BPF_JGE | BPF_K {
            word >= step.k
        } else {
            panic!("no instruction {code}")
        };
        at += usize::from(if taken { step.jt } else { step.jf });
    }
}

#[test]
fn only_sockets_that_end_on_this_machine_are_granted() {
    for opening in [SYS_socket, SYS_socketpair] {
        assert_eq!(verdict(&call(opening, AF_UNIX as u64)), ALLOW);
        for family in [
            AF_INET,
            AF_INET6,
            AF_NETLINK,
            AF_PACKET,
            AF_VSOCK,
            AF_BLUETOOTH,
        ] {
            assert_eq!(verdict(&call(opening, family as u64)), DENY, "{family}");
        }
        for family in (0..4096).filter(|family| *family != AF_UNIX as u64) {
            assert_eq!(verdict(&call(opening, family)), DENY, "{family}");
        }
    }
}

#[test]
fn the_high_half_of_the_family_hides_nothing() {
    let high = 0xFFFF_FFFF_0000_0000;
    assert_eq!(verdict(&call(SYS_socket, high | AF_INET as u64)), DENY);
    assert_eq!(verdict(&call(SYS_socket, high | AF_UNIX as u64)), ALLOW);
}

#[test]
fn the_ways_around_the_rule_for_sockets_are_shut() {
    for number in FORBIDDEN {
        assert_eq!(verdict(&call(*number, 1)), DENY, "{number}");
    }
}

#[test]
fn calls_in_another_numbering_are_denied() {
    // AUDIT_ARCH_I386, where socketcall opens any socket.
    let foreign = Call {
        machine: 0x4000_0003,
        number: 102,
        first: AF_UNIX as u64,
    };
    assert_eq!(verdict(&foreign), DENY);
    if cfg!(target_arch = "x86_64") {
        let mut x32 = call(SYS_socket, AF_UNIX as u64);
        x32.number |= X32;
        assert_eq!(verdict(&x32), DENY);
    }
}

#[test]
fn everything_else_goes_on_as_before() {
    for number in [
        libc::SYS_read,
        libc::SYS_write,
        libc::SYS_openat,
        libc::SYS_connect,
        libc::SYS_sendmsg,
        libc::SYS_recvmsg,
        libc::SYS_mmap,
        libc::SYS_execve,
    ] {
        assert_eq!(verdict(&call(number, 2)), ALLOW, "{number}");
    }
}
