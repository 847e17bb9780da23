//! Reference renderings, reviewed by eye and compared by structure: how many pages there are, what
//! stands in each line, and where. `UPDATE_SNAPSHOTS=1` writes them anew, pictures included.

use crate::support::{ask, fixture, keep, press, stamp};
use luguo_documents::paper::{Paper, PrintPart};
use luguo_domain::{
    EvidenceId, Sha256Digest, Sm3Digest,
    annexes::{BatchRow, BatchSummary, LiaisonOfficer},
    evidence::{EvidenceItem, EvidenceKind, PageRange},
};
use std::{fmt::Write as _, path::Path};
use uuid::Uuid;

/// Points that a line may stand elsewhere: another version of the font moves it by less.
const TOLERANCE: f64 = 3.0;

struct Line {
    page: usize,
    x: f64,
    y: f64,
    words: String,
}

/// The lines of a PDF with the place of their upper left corner, as poppler finds them.
fn lines(pdf: &Path) -> Vec<Line> {
    let layout = ask("pdftotext", &["-bbox-layout"], pdf, &["-"]);
    let number = |text: &str, name: &str| -> f64 {
        let rest = text.split(&format!("{name}=\"")).nth(1).expect(name);
        rest.split('"')
            .next()
            .and_then(|value| value.parse().ok())
            .expect(name)
    };
    let mut found: Vec<Line> = Vec::new();
    let mut page = 0;
    for text in layout.lines().map(str::trim) {
        if text.starts_with("<page ") {
            page += 1;
        } else if text.starts_with("<line ") {
            found.push(Line {
                page,
                x: number(text, "xMin"),
                y: number(text, "yMin"),
                words: String::new(),
            });
        } else if text.starts_with("<word ") {
            let word = text
                .split_once('>')
                .and_then(|(_, rest)| rest.strip_suffix("</word>"))
                .expect("a word");
            found.last_mut().expect("a line").words.push_str(word);
        }
    }
    found
}

fn as_table(lines: &[Line]) -> String {
    let mut table = String::new();
    for line in lines {
        writeln!(
            table,
            "{}\t{:.1}\t{:.1}\t{}",
            line.page, line.x, line.y, line.words
        )
        .expect("writing to text");
    }
    table
}

fn compare(paper: &Paper, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    let pdf = keep(paper, &format!("reference-{name}"));
    ask("qpdf", &["--check"], &pdf, &[]);
    let found = lines(&pdf);
    let table = folder.join(format!("{name}.tsv"));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(&table, as_table(&found)).unwrap();
        for page in 1..=paper.pages() {
            let picture = paper.png(page, 0.75).unwrap();
            std::fs::write(folder.join(format!("{name}-{page}.png")), picture).unwrap();
        }
    }
    let known = std::fs::read_to_string(&table).expect("run once with UPDATE_SNAPSHOTS=1");
    let known: Vec<Vec<&str>> = known
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    for (line, known) in found.iter().zip(&known) {
        let at = |n: usize| known[n].parse::<f64>().expect("a number");
        assert_eq!(line.words, known[3], "{name}, page {}", line.page);
        assert_eq!(line.page as f64, at(0), "{name}: {}", line.words);
        assert!(
            (line.x - at(1)).abs() <= TOLERANCE && (line.y - at(2)).abs() <= TOLERANCE,
            "{name}, page {}: {} stands at {:.1}, {:.1} instead of {}, {}",
            line.page,
            line.words,
            line.x,
            line.y,
            known[1],
            known[2]
        );
    }
    assert_eq!(found.len(), known.len(), "{name}: lines");
    let pictures = (1..).take_while(|n| folder.join(format!("{name}-{n}.png")).exists());
    assert_eq!(pictures.count(), paper.pages(), "{name}: pages");
}

fn item(n: u128, title: &str, kind: EvidenceKind) -> EvidenceItem {
    EvidenceItem {
        id: EvidenceId(Uuid::from_u128(n)),
        title: title.to_owned(),
        file_name: format!("{title}.pdf"),
        media_type: "application/pdf".to_owned(),
        size: 1_234_567,
        sha256: Sha256Digest::of(title.as_bytes()),
        sm3: Sm3Digest([0; 32]),
        claims: vec!["right:1".parse().unwrap()],
        kind: Some(kind),
        pages: PageRange::new(1, 3).ok(),
    }
}

#[test]
fn annex_1_looks_as_it_was_reviewed() {
    let paper = press()
        .form(&fixture("key-technology.json"), &stamp(), None)
        .unwrap();
    compare(&paper, "annex-1");
}

#[test]
fn annex_2_looks_as_it_was_reviewed() {
    let rows = [
        "key-technology.json",
        "basic-research.json",
        "major-application.json",
    ]
    .map(|name| BatchRow::of(&fixture(name)));
    let batch = BatchSummary {
        authority: "青岛市科学技术局".to_owned(),
        reported_on: "2026-11-10".parse().unwrap(),
        rows: rows.to_vec(),
    };
    compare(&press().batch(&batch, &stamp(), None).unwrap(), "annex-2");
}

#[test]
fn annex_3_looks_as_it_was_reviewed() {
    let officer = |name: &str| LiaisonOfficer {
        name: name.to_owned(),
        unit: "青岛市科学技术局".to_owned(),
        mobile: "13800000000".to_owned(),
        ..LiaisonOfficer::default()
    };
    let officers = [officer("赵海"), officer("欧阳明德")];
    let paper = press()
        .liaison(&officers, "青岛市科学技术局", &stamp(), None)
        .unwrap();
    compare(&paper, "annex-3");
}

#[test]
fn the_list_of_evidence_looks_as_it_was_reviewed() {
    let items = [
        item(1, "发明专利证书", EvidenceKind::TestReport),
        item(
            2,
            "第三方检测报告：深海耐压浮力球在一百一十五兆帕下的长期静水压与循环压力试验",
            EvidenceKind::TestReport,
        ),
    ];
    let form = fixture("key-technology.json");
    let paper = press()
        .evidence_list(&form, &items, &stamp(), None)
        .unwrap();
    compare(&paper, "evidence-list");
}

#[test]
fn the_print_set_looks_as_it_was_reviewed() {
    let part = PrintPart {
        item: item(1, "试验录像", EvidenceKind::TestReport),
        bytes: Some(b"no PDF".to_vec()),
    };
    let form = fixture("basic-research.json");
    let set = press().print_set(&form, &stamp(), [part], None).unwrap();
    compare(&set.paper, "print-set");
}
