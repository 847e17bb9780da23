//! The decoding process: answers one question after the other until its input ends.

use crate::{
    ARGUMENT, DecodeFault, MOST_MEMORY,
    frame::{Answer, Ask, send, take},
    listing::listing,
    picture,
    remote::{Line, Remote},
    table::table,
};
use std::{
    cell::RefCell,
    io::{Read, Result, Write},
    panic::AssertUnwindSafe,
    process::ExitCode,
    rc::Rc,
};

/// Is a decoding process when the program was started as one; called first in `main`.
pub fn serve_if_asked() -> Option<ExitCode> {
    if std::env::args_os().nth(1)? != ARGUMENT {
        return None;
    }
    limit_memory();
    // What a decoder says when it gives up is nothing that anybody reads.
    std::panic::set_hook(Box::new(|_| {}));
    // The desk went away, or never was there: nobody is left to tell.
    let _ = serve(std::io::stdin().lock(), std::io::stdout().lock());
    Some(ExitCode::SUCCESS)
}

/// Keeps this process from taking more memory than a large picture needs.
fn limit_memory() {
    #[cfg(unix)]
    {
        let limit = rustix::process::Rlimit {
            current: Some(MOST_MEMORY),
            maximum: Some(MOST_MEMORY),
        };
        // Where the system knows no such limit, the limits on each kind of content remain.
        let _ = rustix::process::setrlimit(rustix::process::Resource::Data, limit);
    }
    #[cfg(not(unix))]
    let _ = MOST_MEMORY;
}

/// Answers until the input ends.
///
/// # Errors
/// When the line breaks.
pub fn serve(from: impl Read, to: impl Write) -> Result<()> {
    let line = Rc::new(RefCell::new(Line { from, to }));
    let mut opened = (0, String::new());
    loop {
        let (ask, _) = take::<Ask>(&mut line.borrow_mut().from)?;
        if let Ask::Open { size, media_type } = ask {
            opened = (size, media_type);
            continue;
        }
        let content = Remote::new(Rc::clone(&line), opened.0);
        let answered =
            std::panic::catch_unwind(AssertUnwindSafe(|| answer(ask, &opened.1, content)));
        let (answer, bytes) = match answered {
            Ok(Ok(answered)) => answered,
            Ok(Err(fault)) => (Answer::Fault(fault), Vec::new()),
            Err(_) => (Answer::Fault(DecodeFault::Ended), Vec::new()),
        };
        send(&mut line.borrow_mut().to, &answer, &bytes)?;
    }
}

fn answer<R: Read, W: Write>(
    ask: Ask,
    media_type: &str,
    content: Remote<R, W>,
) -> std::result::Result<(Answer, Vec<u8>), DecodeFault> {
    Ok(match ask {
        Ask::Measure => (
            Answer::Measure(picture::measure(media_type, content)?),
            Vec::new(),
        ),
        Ask::Page { page, width } => (Answer::Page, picture::page(content, page, width)?),
        Ask::Table => (Answer::Table(table(content)?), Vec::new()),
        Ask::Listing { unpack } => (Answer::Listing(listing(content, unpack)?), Vec::new()),
        Ask::Open { .. } | Ask::Bytes | Ask::NoBytes => {
            return Err(DecodeFault::Machine("nothing was asked".to_owned()));
        }
    })
}
