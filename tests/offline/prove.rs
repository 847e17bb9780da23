//! Takes every proof that nothing leaves, of both editions, and writes them as a page. Fails where
//! one does not hold, or where the open edition passes it too: then it proves nothing.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a task fails by panicking and speaks to the terminal"
)]

use luguo_tests::{
    offline::{
        Allowed, Around, Calls, DONE, Guard, Listener, Outcome, VECTORS, allowed, classified_job,
        knows_switches, open_job, reaching_imports, visit,
    },
    programs::program,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    process::{Command, ExitCode},
};

fn main() -> ExitCode {
    let mut page = Page::default();
    imports(&mut page);
    self_test(&mut page);
    switches(&mut page);
    hostile(&mut page);
    work(&mut page);
    print!("{}", page.text);
    if page.failures.is_empty() {
        return ExitCode::SUCCESS;
    }
    for failure in page.failures {
        eprintln!("does not hold: {failure}");
    }
    ExitCode::FAILURE
}

/// The page, and what on it does not hold.
#[derive(Default)]
struct Page {
    text: String,
    failures: Vec<String>,
}

impl Page {
    fn head(&mut self, words: &str) {
        self.text.push_str(&format!("\n## {words}\n\n"));
    }

    fn line(&mut self, words: &str) {
        self.text.push_str(words);
        self.text.push('\n');
    }

    /// One proof and its control.
    fn row(&mut self, what: &str, classified: &str, open: &str, holds: bool) {
        let verdict = if holds { "yes" } else { "**no**" };
        self.line(&format!("| {what} | {classified} | {open} | {verdict} |"));
        if !holds {
            self.failures.push(what.to_owned());
        }
    }

    fn table(&mut self, classified: &str, open: &str) {
        self.line(&format!("| proof | {classified} | {open} | holds |"));
        self.line("| --- | --- | --- | --- |");
    }
}

fn imports(page: &mut Page) {
    page.head("What the programs import");
    page.line(
        "Names that resolve a host or open a connection, by `nm -D`. The web view's libraries have",
    );
    page.line("them all the same: that is what the filter is for.\n");
    let classified = reaching_imports("luguo-classified");
    let open = reaching_imports("luguo");
    page.table("`luguo-classified`", "`luguo`");
    page.row(
        "no import that reaches out",
        &list(&classified),
        &list(&open),
        classified.is_empty() && open.contains("getaddrinfo"),
    );
}

fn self_test(page: &mut Page) {
    page.head("The self-test at the start");
    page.line("`luguo-classified --self-test`:\n");
    let output = Command::new(program("luguo-classified"))
        .arg("--self-test")
        .output()
        .unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    page.line(&format!("```\n{}\n```\n", lines.trim_end()));
    let forgotten = Command::new(program("luguo-classified"))
        .env("LUGUO_TEST_WITHOUT_FILTER", "forgotten")
        .output()
        .unwrap();
    page.table("with the filter", "a test build without it");
    let refuses = forgotten.status.code() == Some(78);
    page.row(
        "starts only where nothing can be reached",
        if output.status.success() {
            "starts"
        } else {
            "refuses"
        },
        if refuses {
            "refuses with code 78"
        } else {
            "starts"
        },
        output.status.success() && !lines.contains("没有通过") && refuses,
    );
}

/// Test builds can leave the filter out; what is released cannot.
fn switches(page: &mut Page) {
    page.head("The switches of tests");
    page.line(
        "Tests leave guards out to see that the proofs can fail. The variables for that are read",
    );
    page.line(
        "in builds with `debug_assertions` alone; the program is searched for their names.\n",
    );
    let (released, tested) = (
        knows_switches("luguo-classified-as-released"),
        knows_switches("luguo-classified"),
    );
    let words = |knows: bool| if knows { "there" } else { "none" };
    page.table("as released", "test build");
    page.row(
        "no switch for tests",
        words(released),
        words(tested),
        !released && tested,
    );
}

fn hostile(page: &mut Page) {
    page.head("The hostile page");
    page.line(
        "A page that tries twelve ways out, in the real window, against a server that listens on",
    );
    page.line(
        "this machine: whether each way reached it. “Policy” is the content policy, the list of",
    );
    page.line("pages a window may go to, and no new windows and downloads.\n");
    let columns = [
        ("as released", "luguo-classified", Guard::All),
        ("filter alone", "luguo-classified", Guard::FilterOnly),
        ("policy alone", "luguo-classified", Guard::PolicyOnly),
        ("neither", "luguo-classified", Guard::Nothing),
        ("open edition, no policy", "luguo", Guard::Nothing),
    ]
    .map(|(head, name, guard)| (head, visit(name, guard)));
    let heads: Vec<_> = columns.iter().map(|(head, _)| *head).collect();
    page.line(&format!("| way | {} |", heads.join(" | ")));
    page.line(&format!("| --- |{}", " ---: |".repeat(heads.len())));
    let times = |reached: &BTreeMap<String, usize>, way: &str| {
        // How often a browser tries again is chance; whether it got through is not.
        match reached.get(way) {
            Some(_) => "reached",
            None => "0",
        }
    };
    for way in VECTORS {
        let cells: Vec<_> = columns
            .iter()
            .map(|(_, reached)| times(reached, way))
            .collect();
        page.line(&format!("| {way} | {} |", cells.join(" | ")));
    }
    let got = |column: usize| columns[column].1.values().sum::<usize>();
    let ways = |column: usize| {
        let reached = &columns[column].1;
        VECTORS
            .iter()
            .filter(|way| reached.contains_key(**way))
            .count()
    };
    page.line("");
    page.table(
        "as released, and the filter alone",
        "neither, and the open edition",
    );
    page.row(
        "the page reaches nobody",
        &format!("{} and {} times", got(0), got(1)),
        &format!("by {} and {} ways", ways(3), ways(4)),
        got(0) == 0 && got(1) == 0 && ways(3) > 0 && ways(4) > 0,
    );
    page.line("\nA way that reached the server in no column is one that this web view does not offer: many");
    page.line("builds of WebKitGTK come without WebRTC, and the filter denies its sockets like any other.");
}

fn work(page: &mut Page) {
    page.head("A day of work");
    page.line(
        "In the real window: make a vault, begin a declaration, type, attach a proof, look at it,",
    );
    page.line("lock. The open edition also signs in at a server on this machine.\n");
    let folder = tempfile::tempdir().unwrap();
    let (file, control_file) = (folder.path().join("classified"), folder.path().join("open"));
    let classified = classified_job(Around::Trace(&file));
    let listener = Listener::start();
    let open = open_job(&listener.address, Around::Trace(&control_file));
    let (calls, control) = (Calls::read(&file), Calls::read(&control_file));
    page.table("classified edition", "open edition");
    page.row(
        "the work is done under `strace`",
        ended(&classified),
        ended(&open),
        classified.end() == DONE && open.end() == DONE,
    );
    page.row(
        "no socket granted but of this machine (AF_UNIX)",
        &families(&calls),
        &families(&control),
        calls.granted_elsewhere() == 0 && control.granted.contains_key("AF_INET"),
    );
    page.row(
        "no call on an internet, netlink or packet socket, handed over ones included",
        if calls.foreign.is_empty() {
            "none"
        } else {
            "some"
        },
        if control.foreign.is_empty() {
            "none"
        } else {
            "some"
        },
        calls.foreign.is_empty() && !control.foreign.is_empty(),
    );
    page.row(
        "every process is filtered, the web view's too",
        &processes(&classified),
        &processes(&open),
        classified
            .processes
            .values()
            .all(|count| count.all == count.filtered)
            && classified.processes.len() > 2
            && open.processes.values().all(|count| count.filtered == 0),
    );
    let without = classified_job(Around::EmptyNetwork);
    let listener = Listener::start();
    let control = open_job(&listener.address, Around::EmptyNetwork);
    page.row(
        "the same work in an empty network namespace",
        ended(&without),
        if listener.heard().is_empty() {
            "the sign-in reaches nobody"
        } else {
            "the sign-in reaches the server"
        },
        without.end() == DONE && listener.heard().is_empty() && control.end() == DONE,
    );
    connected(page, &calls);
}

/// The sockets of this machine that were connected to.
fn connected(page: &mut Page, calls: &Calls) {
    page.head("What the window connects to on this machine");
    page.line("Unix sockets that answered, in the traced run; every other one is a failure.\n");
    page.line("| socket | why |\n| --- | --- |");
    let mut known: BTreeSet<Allowed> = BTreeSet::new();
    for socket in &calls.connected {
        match allowed(socket) {
            Some(allowed) => {
                known.insert(allowed);
            }
            None => {
                page.line(&format!("| `{socket}` | **not in the list** |"));
                page.failures.push(format!("{socket} is not in the list"));
            }
        }
    }
    for allowed in known {
        page.line(&format!("| `{}` | {} |", allowed.path, allowed.reason));
    }
}

fn ended(outcome: &Outcome) -> &str {
    if outcome.end() == DONE {
        "done"
    } else {
        outcome.end()
    }
}

fn families(calls: &Calls) -> String {
    let names: BTreeSet<String> = calls.granted.keys().cloned().collect();
    list(&names)
}

fn processes(outcome: &Outcome) -> String {
    let names: Vec<_> = outcome.processes.keys().map(String::as_str).collect();
    let all: usize = outcome.processes.values().map(|count| count.all).sum();
    let filtered: usize = outcome.processes.values().map(|count| count.filtered).sum();
    let share = match filtered {
        0 => "none",
        some if some == all => "all",
        _ => "some",
    };
    format!("{share} of {}", names.join(", "))
}

fn list(names: &BTreeSet<String>) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
