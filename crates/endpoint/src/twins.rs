//! Once only, clause 二（一）: prints of what was received, and who asks for twins.

use crate::{access::Caller, answer::Refused, audit, contents, data::Data, server::Shared};
use axum::{Json, extract::State};
use chrono::Utc;
use luguo_domain::{
    Declaration, DeclarationId, Sha256Digest,
    prints::{PrintGround, Prints, TwinElsewhere},
};
use luguo_wire::{Manifest, Receipt, TwinsAnswer, TwinsRequest};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet};

/// More twins than a person looks through.
const MOST_TOLD: usize = 20;

/// `POST /v1/twins`: achievements that this endpoint received and that may be the same one.
#[utoipa::path(post, path = "/v1/twins", request_body = TwinsRequest,
    responses((status = 200, body = TwinsAnswer), (status = 401), (status = 422)))]
pub(crate) async fn ask(
    State(shared): State<Shared>,
    caller: Caller,
    Json(request): Json<TwinsRequest>,
) -> Result<Json<TwinsAnswer>, Refused> {
    if request.prints.len() > TwinsRequest::MOST {
        return Err(Refused::Rejected {
            code: "rejected.limit",
            message: "要查的编号过多，请减少后再查。".to_owned(),
        });
    }
    let answer = tokio::task::spawn_blocking(move || answer(&shared, &caller, &request))
        .await
        .map_err(|fault| Refused::Defect(fault.to_string()))??;
    Ok(Json(answer))
}

fn answer(
    shared: &Shared,
    caller: &Caller,
    request: &TwinsRequest,
) -> Result<TwinsAnswer, Refused> {
    shared
        .data
        .change(|change| -> Result<TwinsAnswer, Refused> {
            audit::append(
                change,
                Utc::now(),
                &caller.account,
                "twins.ask",
                &request.declaration.to_string(),
            )?;
            Ok(TwinsAnswer {
                twins: look(change, request)?,
            })
        })
}

fn look(connection: &Connection, request: &TwinsRequest) -> Result<Vec<TwinElsewhere>, Refused> {
    let mut found: BTreeMap<DeclarationId, TwinElsewhere> = BTreeMap::new();
    // In the order of their arrival, so that the newest package of a declaration counts.
    for package in candidates(connection, &request.prints)? {
        let grounds = request.prints.grounds(&prints_of(connection, &package)?);
        let (manifest, receipt) = records(connection, &package)?;
        if grounds.is_empty() || manifest.declaration_id == request.declaration {
            found.remove(&manifest.declaration_id);
            continue;
        }
        found.insert(
            manifest.declaration_id,
            TwinElsewhere {
                declaration: manifest.declaration_id,
                number: receipt.number,
                name: manifest.name,
                unit: manifest.unit,
                grounds,
            },
        );
    }
    let mut twins: Vec<_> = found.into_values().collect();
    twins.sort_by(|one, other| weight(other).total_cmp(&weight(one)));
    twins.truncate(MOST_TOLD);
    Ok(twins)
}

/// A number outweighs every name.
fn weight(twin: &TwinElsewhere) -> f64 {
    twin.grounds
        .iter()
        .map(|ground| match ground {
            PrintGround::RightNumber { .. } | PrintGround::ProjectNumber { .. } => 2.0,
            PrintGround::Name { similarity } => *similarity,
        })
        .sum()
}

/// The received packages that share any print, the oldest first.
fn candidates(connection: &Connection, prints: &Prints) -> Result<Vec<String>, Refused> {
    let mut statement =
        connection.prepare_cached("SELECT package FROM print WHERE kind = ?1 AND digest = ?2")?;
    let mut shared: BTreeSet<String> = BTreeSet::new();
    // What two names have in common is no reason by itself to look closer: marks only part.
    for (kind, digests) in kinds(prints)
        .into_iter()
        .filter(|(kind, _)| *kind != "mark")
    {
        for digest in digests {
            let rows = statement.query_map(params![kind, digest.0.as_slice()], |row| row.get(0))?;
            for package in rows {
                shared.insert(package?);
            }
        }
    }
    let mut number = connection
        .prepare_cached("SELECT number FROM package WHERE id = ?1 AND number NOT NULL")?;
    let mut ordered = Vec::new();
    for package in shared {
        let number: String = number.query_row([&package], |row| row.get(0))?;
        ordered.push((number, package));
    }
    ordered.sort();
    Ok(ordered.into_iter().map(|(_, package)| package).collect())
}

fn kinds(prints: &Prints) -> [(&'static str, &BTreeSet<Sha256Digest>); 4] {
    [
        ("right", &prints.rights),
        ("project", &prints.projects),
        ("name", &prints.name),
        ("mark", &prints.marks),
    ]
}

fn prints_of(connection: &Connection, package: &str) -> Result<Prints, Refused> {
    let mut statement =
        connection.prepare_cached("SELECT kind, digest FROM print WHERE package = ?1")?;
    let rows = statement.query_map([package], |row| {
        Ok((
            row.get::<_, String>(0)?,
            Sha256Digest(row.get::<_, [u8; 32]>(1)?),
        ))
    })?;
    let mut prints = Prints::default();
    for row in rows {
        let (kind, digest) = row?;
        match kind.as_str() {
            "right" => prints.rights.insert(digest),
            "project" => prints.projects.insert(digest),
            "name" => prints.name.insert(digest),
            _ => prints.marks.insert(digest),
        };
    }
    Ok(prints)
}

fn records(connection: &Connection, package: &str) -> Result<(Manifest, Receipt), Refused> {
    let (manifest, receipt): (String, String) = connection.query_row(
        "SELECT manifest, receipt FROM package WHERE id = ?1",
        [package],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok((
        serde_json::from_str(&manifest)?,
        serde_json::from_str(&receipt)?,
    ))
}

/// Keeps the prints of a form that is being received, in the receipt's transaction.
pub(crate) fn keep(change: &Connection, package: &str, form: &Declaration) -> rusqlite::Result<()> {
    let prints = Prints::of(form);
    let mut statement = change.prepare_cached(
        "INSERT OR IGNORE INTO print (package, kind, digest) VALUES (?1, ?2, ?3)",
    )?;
    for (kind, digests) in kinds(&prints) {
        for digest in digests {
            statement.execute(params![package, kind, digest.0.as_slice()])?;
        }
    }
    change.execute("INSERT INTO printed (package) VALUES (?1)", [package])?;
    Ok(())
}

/// Takes the prints of packages that were received before prints were kept.
pub(crate) fn catch_up(data: &Data) -> anyhow::Result<()> {
    data.change(|change| -> anyhow::Result<()> {
        let without: Vec<(String, String)> = change
            .prepare(
                "SELECT id, manifest FROM package WHERE receipt NOT NULL
                 AND id NOT IN (SELECT package FROM printed)",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        for (package, manifest) in without {
            let manifest: Manifest = serde_json::from_str(&manifest)?;
            let bytes = |path: &str| -> anyhow::Result<Vec<u8>> {
                let file = manifest.files.iter().find(|file| file.path == path);
                let file = file.ok_or_else(|| anyhow::anyhow!("{package} lists no {path}"))?;
                Ok(std::fs::read(contents::path(data.folder(), file.sha256))?)
            };
            let (_, revision) = luguo_package::thaw(
                &bytes("data/package.json")?,
                &bytes("data/declaration.json")?,
            )?;
            keep(change, &package, &revision.declaration)?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use luguo_domain::{PackageId, form::IntellectualProperty};
    use uuid::Uuid;

    fn form(name: &str, right: &str) -> Declaration {
        Declaration {
            name: name.to_owned(),
            rights: vec![IntellectualProperty {
                number: right.to_owned(),
                ..IntellectualProperty::default()
            }],
            ..Declaration::default()
        }
    }

    /// An endpoint that received these: declaration, name, right; numbered as they stand.
    fn holding(received: &[(u128, &str, &str)]) -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(include_str!("schema.sql"))
            .unwrap();
        connection
            .execute("INSERT INTO unit VALUES ('乙单位', '370200', 0)", [])
            .unwrap();
        for (n, (declaration, name, right)) in received.iter().enumerate() {
            let package = PackageId(Uuid::from_u128(n as u128)).to_string();
            let manifest = Manifest {
                format: Manifest::FORMAT.to_owned(),
                package_id: PackageId(Uuid::from_u128(n as u128)),
                declaration_id: DeclarationId(Uuid::from_u128(*declaration)),
                name: (*name).to_owned(),
                unit: "乙单位".to_owned(),
                revision: 1,
                revision_digest: Sha256Digest::of(b"revision"),
                audit_head: String::new(),
                files: Vec::new(),
            };
            let number = format!("SDCG-20261105-{n:05}");
            let receipt = Receipt {
                format: Receipt::FORMAT.to_owned(),
                number: number.clone(),
                package_id: manifest.package_id,
                manifest_digest: manifest.digest(),
                unit: manifest.unit.clone(),
                account: "yi".to_owned(),
                receiver: "青岛市科学技术局".to_owned(),
                direct_reporting: false,
                submitted_at: Utc::now(),
                received_at: Utc::now(),
                files: Vec::new(),
                desk_audit_head: String::new(),
                endpoint_audit_head: String::new(),
                epoch: String::new(),
            };
            connection
                .execute(
                    "INSERT INTO package VALUES (?1, '乙单位', 'yi', ?2, '', '', ?3, ?4, '')",
                    params![
                        package,
                        serde_json::to_string(&manifest).unwrap(),
                        number,
                        serde_json::to_string(&receipt).unwrap()
                    ],
                )
                .unwrap();
            keep(&connection, &package, &form(name, right)).unwrap();
        }
        connection
    }

    fn names(connection: &Connection, own: u128, form: &Declaration) -> Vec<String> {
        let request = TwinsRequest {
            declaration: DeclarationId(Uuid::from_u128(own)),
            prints: Prints::of(form),
        };
        look(connection, &request)
            .unwrap()
            .into_iter()
            .map(|twin| twin.name)
            .collect()
    }

    #[test]
    fn a_number_comes_before_a_similar_name_and_strangers_are_not_told() {
        let connection = holding(&[
            (1, "海上风电安装平台升降装置", "ZL202110000001.1"),
            (2, "深海养殖网箱", "ZL202110123456.7"),
            (3, "小麦抗旱品种选育", "ZL202110000002.2"),
        ]);
        let mine = form("海上风电安装平台升降系统", "ZL 2021 1 0123456.7");
        let told = names(&connection, 9, &mine);
        assert_eq!(told, ["深海养殖网箱", "海上风电安装平台升降装置"]);
    }

    #[test]
    fn a_declaration_is_never_its_own_twin() {
        let connection = holding(&[(1, "深海养殖网箱", "ZL202110123456.7")]);
        let mine = form("深海养殖网箱", "ZL202110123456.7");
        assert_eq!(names(&connection, 1, &mine), Vec::<String>::new());
        assert_eq!(names(&connection, 2, &mine), ["深海养殖网箱"]);
    }

    #[test]
    fn of_several_packages_of_a_declaration_the_newest_is_told_once() {
        let connection = holding(&[
            (1, "深海养殖网箱", "ZL202110123456.7"),
            (1, "深远海养殖网箱", "ZL202110123456.7"),
        ]);
        let mine = form("养殖工船", "ZL202110123456.7");
        assert_eq!(names(&connection, 2, &mine), ["深远海养殖网箱"]);
    }

    #[test]
    fn no_more_twins_are_told_than_a_person_looks_through() {
        let received: Vec<_> = (1..=30)
            .map(|n| (n, "深海养殖网箱", "ZL202110123456.7"))
            .collect();
        let connection = holding(&received);
        let told = names(&connection, 99, &form("深海养殖网箱", ""));
        assert_eq!(told.len(), MOST_TOLD);
    }
}
