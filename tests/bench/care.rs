//! The vault at scale: evidence against restic, age and a copy; search against bare FTS5; memory.

use super::{median, row, time};
use luguo_domain::{
    Declaration, DeclarationId, EvidenceId,
    form::{IntellectualProperty, Researcher, UnitInfo},
};
use luguo_store::{EvidenceSource, NewVault, Passphrase, SearchQuery, Unit, Vault};
use luguo_tests::files::write_noise;
use std::{
    fs::File,
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use uuid::Uuid;

/// Files and bytes of one of them: 1 GB.
const FILES: usize = 100;
const FILE: usize = 10 << 20;
/// 5 GB of evidence in one vault.
const MANY_FILES: usize = 500;
/// Declarations that are searched.
const DECLARATIONS: usize = 100_000;

fn vault(folder: &Path) -> Vault {
    Vault::create(
        &folder.join("bench.luguo"),
        NewVault {
            kind: luguo_domain::VaultKind::Open,
            id: Uuid::now_v7(),
            unit: Unit::default(),
            account: luguo_domain::AccountId(Uuid::now_v7()),
            person: "王敏",
            roles: &[
                luguo_domain::Role::Preparer,
                luguo_domain::Role::SystemAdministrator,
            ],
            passphrase: &Passphrase::new("Hai-Yang-2026-shan".to_owned()),
            process: std::process::id(),
            now: luguo_domain::Moment::UNIX_EPOCH,
        },
    )
    .unwrap()
}

fn noise(folder: &Path, count: usize) -> Vec<PathBuf> {
    std::fs::create_dir_all(folder).unwrap();
    (0..count)
        .map(|n| {
            let path = folder.join(format!("{n:04}.bin"));
            write_noise(&path, FILE, seed(n));
            File::open(&path).unwrap().sync_all().unwrap();
            path
        })
        .collect()
}

/// Neighbouring even and odd seeds make the same noise, and equal contents are stored once.
fn seed(n: usize) -> u64 {
    n as u64 * 2 + 1
}

fn import(vault: &Vault, id: DeclarationId, path: &Path) {
    vault
        .import_evidence(
            id,
            EvidenceSource {
                id: EvidenceId(Uuid::now_v7()),
                title: "材料".to_owned(),
                file_name: path.file_name().unwrap().to_string_lossy().into_owned(),
                media_type: "application/octet-stream".to_owned(),
                claims: Vec::new(),
                settles: None,
            },
            &mut File::open(path).unwrap(),
            &mut |_| ControlFlow::Continue(()),
            luguo_domain::Moment::UNIX_EPOCH,
        )
        .unwrap();
}

fn draft(vault: &Vault) -> DeclarationId {
    let id = DeclarationId(Uuid::now_v7());
    vault
        .create_declaration(
            id,
            &Declaration::default(),
            0,
            luguo_domain::Moment::UNIX_EPOCH,
        )
        .unwrap();
    id
}

/// 1 GB in 100 files: ours, restic, age, a copy with fsync.
pub(super) fn evidence() {
    let folder = tempfile::tempdir().unwrap();
    let files = noise(&folder.path().join("files"), FILES);
    let vault = vault(folder.path());
    let id = draft(&vault);
    let ours = time(|| files.iter().for_each(|file| import(&vault, id, file)));
    let out = folder.path().join("out");
    let export = time(|| {
        for stored in vault.evidence(id).unwrap() {
            let mut reader = vault.blob(stored.item.sha256).unwrap().unwrap();
            let mut to = File::create(&out).unwrap();
            std::io::copy(&mut reader, &mut to).unwrap();
            to.sync_all().unwrap();
        }
    });

    let repository = folder.path().join("restic");
    let restic = |arguments: &[&str]| {
        let status = Command::new("restic")
            .args(["-q", "-r"])
            .arg(&repository)
            .args(arguments)
            .current_dir(folder.path())
            .env("RESTIC_PASSWORD", "Hai-Yang-2026-shan")
            .env("RESTIC_CACHE_DIR", folder.path().join("cache"))
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success());
    };
    restic(&["init"]);
    let theirs = time(|| restic(&["backup", "files"]));
    row("import of 1 GB in 100 files", ours, "restic backup", theirs);

    let key = folder.path().join("age.key");
    let made = Command::new("age-keygen")
        .arg("-o")
        .arg(&key)
        .output()
        .unwrap();
    assert!(made.status.success());
    let text = String::from_utf8_lossy(&made.stderr).into_owned();
    let recipient = text.split_whitespace().last().unwrap().to_owned();
    let theirs = time(|| {
        for file in &files {
            let status = Command::new("age")
                .args(["-r", &recipient, "-o"])
                .arg(&out)
                .arg(file)
                .status()
                .unwrap();
            assert!(status.success());
            File::open(&out).unwrap().sync_all().unwrap();
            std::fs::remove_file(&out).unwrap();
        }
    });
    row(
        "import of 1 GB in 100 files",
        ours,
        "age, each synced",
        theirs,
    );
    let theirs = time(|| {
        for file in &files {
            super::copy_with_fsync(file, &out);
        }
    });
    row(
        "import of 1 GB in 100 files",
        ours,
        "copy with fsync",
        theirs,
    );
    row(
        "export of 1 GB with its digests",
        export,
        "copy with fsync",
        theirs,
    );
}

/// 5 GB in one vault, and how much memory it takes at its peak.
pub(super) fn scale() {
    let folder = tempfile::tempdir().unwrap();
    let vault = vault(folder.path());
    let file = folder.path().join("one.bin");
    let idle = memory("VmRSS");
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let mut ids = Vec::new();
    let ours = time(|| {
        for n in 0..MANY_FILES {
            if n % 50 == 0 {
                ids.push(draft(&vault));
            }
            write_noise(&file, FILE, seed(n));
            import(&vault, *ids.last().unwrap(), &file);
        }
    });
    let peak = memory("VmHWM");
    let alone = time(|| {
        for n in 0..MANY_FILES {
            write_noise(&file, FILE, seed(n));
        }
    });
    row(
        "5 GB in 500 files into one vault, making them included",
        ours,
        "making the files",
        alone,
    );
    println!(
        "\nMemory: {} MB idle, {} MB at the peak of the import, {} MB above idle.\n",
        idle >> 10,
        peak >> 10,
        peak.saturating_sub(idle) >> 10
    );
    // Deleting gives the space back while forms are saved.
    let size = || std::fs::metadata(vault.path()).unwrap().len() >> 20;
    let before = size();
    let id = ids[0];
    vault
        .discard_declaration(id, luguo_domain::Moment::UNIX_EPOCH)
        .unwrap();
    vault
        .purge_declaration(id, luguo_domain::Moment::UNIX_EPOCH)
        .unwrap();
    let worst = std::cell::Cell::new(Duration::ZERO);
    let last = std::cell::Cell::new(Instant::now());
    let freed = time(|| {
        vault
            .free_dropped(&|| {
                worst.set(worst.get().max(last.get().elapsed()));
                last.set(Instant::now());
                true
            })
            .unwrap();
    });
    println!(
        "Deleting 50 of the files: {:.2} s in steps, the longest {:.0} ms; the file went from {before} MB to {} MB.\n",
        freed.as_secs_f64(),
        worst.get().as_secs_f64() * 1000.0,
        size()
    );
}

/// A figure of /proc/self/status in KiB.
fn memory(name: &str) -> u64 {
    std::fs::read_to_string("/proc/self/status")
        .unwrap()
        .lines()
        .find(|line| line.starts_with(name))
        .and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap()
}

const THINGS: [&str; 20] = [
    "深海浮力材料",
    "小麦新品种",
    "海水养殖装备",
    "智能网联汽车",
    "碳纤维预浸料",
    "燃料电池电堆",
    "盐碱地改良",
    "高端轴承",
    "工业机器人",
    "创新药物",
    "地热供暖",
    "数控机床",
    "煤矿安全监测",
    "黄河泥沙治理",
    "果蔬保鲜",
    "膜分离",
    "稀土永磁",
    "超声成像",
    "卫星遥感",
    "纺织印染",
];
const DEEDS: [&str; 12] = [
    "制备技术",
    "选育与应用",
    "关键技术研究",
    "示范推广",
    "产业化",
    "检测方法",
    "控制系统",
    "节能改造",
    "评价体系",
    "工艺优化",
    "平台建设",
    "装备研制",
];
const PLACES: [&str; 16] = [
    "济南", "青岛", "淄博", "枣庄", "东营", "烟台", "潍坊", "济宁", "泰安", "威海", "日照", "临沂",
    "德州", "聊城", "滨州", "菏泽",
];

fn form(n: usize) -> Declaration {
    let place = PLACES[n % 16];
    let name = format!(
        "{place}{}{}第{n}号",
        THINGS[n / 16 % 20],
        DEEDS[n / 320 % 12]
    );
    Declaration {
        summary: format!(
            "{name}面向{place}产业需要，开展{}与{}，完成中试{}批，形成标准{}项，应用单位反映良好。",
            THINGS[(n + 7) % 20],
            DEEDS[(n + 5) % 12],
            n % 90 + 1,
            n % 9 + 1
        )
        .repeat(3),
        units: vec![UnitInfo {
            name: format!("{place}市{}研究院", THINGS[(n + 3) % 20]),
            contact: format!("张{}", n % 500),
            ..UnitInfo::default()
        }],
        rights: vec![IntellectualProperty {
            number: format!("ZL2021{:08}.{}", n * 37 % 100_000_000, n % 10),
            ..IntellectualProperty::default()
        }],
        researchers: vec![Researcher {
            name: format!("李{}", n % 900),
            ..Researcher::default()
        }],
        name,
        ..Declaration::default()
    }
}

/// Search over 100 000 declarations: the whole answer with marks, against a bare FTS5 table.
pub(super) fn search() {
    let folder = tempfile::tempdir().unwrap();
    let vault = vault(folder.path());
    let bare = rusqlite::Connection::open(folder.path().join("bare.db")).unwrap();
    bare.execute_batch(
        "PRAGMA journal_mode = WAL; CREATE VIRTUAL TABLE bare USING fts5 (words, content = '');
         BEGIN",
    )
    .unwrap();
    for n in 0..DECLARATIONS {
        let form = form(n);
        vault
            .create_declaration(
                DeclarationId(Uuid::now_v7()),
                &form,
                50,
                luguo_domain::Moment::UNIX_EPOCH,
            )
            .unwrap();
        let words = spaced(&format!(
            "{} {} {} {} {}",
            form.name,
            form.summary,
            form.units[0].name,
            form.rights[0].number,
            form.researchers[0].name
        ));
        bare.execute(
            "INSERT INTO bare (rowid, words) VALUES (?1, ?2)",
            rusqlite::params![n as i64 + 1, words],
        )
        .unwrap();
    }
    bare.execute_batch("COMMIT").unwrap();
    let queries = [
        "海",
        "青岛",
        "浮力材料",
        "智能网联",
        "第777号",
        "潍坊 机器人",
        "盐碱地改良 示范",
        "李77",
        "ZL2021",
        "中试9批",
        "没有的东西",
        "烟台市果蔬保鲜研究院",
        "2021000",
        "标准3项 威海",
        "济宁 纺织 节能",
    ];
    let (mut ours, mut theirs, mut sounds) = (Vec::new(), Vec::new(), Vec::new());
    let ask = |text: &str| {
        time(|| {
            vault
                .search(&SearchQuery {
                    text: text.to_owned(),
                    limit: 51,
                    ..SearchQuery::default()
                })
                .map(drop)
                .unwrap();
        })
    };
    for _ in 0..5 {
        for query in queries {
            ours.push(ask(query));
            let phrase: Vec<_> = query
                .split(' ')
                .map(|term| {
                    let open = term.ends_with(|c: char| c.is_ascii_alphanumeric());
                    format!("\"{}\"{}", spaced(term), if open { " *" } else { "" })
                })
                .collect();
            theirs.push(time(|| {
                bare.prepare_cached(
                    "SELECT rowid FROM bare WHERE bare MATCH ?1 ORDER BY rowid DESC LIMIT 51",
                )
                .unwrap()
                .query_map([phrase.join(" AND ")], |row| row.get::<_, i64>(0))
                .unwrap()
                .for_each(|row| assert!(row.unwrap() > 0));
            }));
        }
        for sound in ["shfl", "qdshenhai", "yantai", "znwl", "zhang", "wfjqr"] {
            sounds.push(ask(sound));
        }
    }
    row(
        "search over 100 000 declarations with filters, rows and marks, 95 of 100",
        share(&mut ours, 95),
        "bare FTS5 without encryption, row numbers alone",
        share(&mut theirs, 95),
    );
    row(
        "search over 100 000 declarations, median",
        median(ours),
        "bare FTS5, rows alone",
        median(theirs.clone()),
    );
    row(
        "by pinyin and initials, 95 of 100",
        share(&mut sounds, 95),
        "bare FTS5, rows alone",
        share(&mut theirs, 95),
    );
}

fn share(times: &mut [Duration], percent: usize) -> Duration {
    times.sort();
    times[(times.len() - 1) * percent / 100]
}

fn spaced(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else {
            out.push(' ');
            out.push(c);
            out.push(' ');
        }
    }
    out
}
