//! Search: words, phrases, pinyin, numbers, evidence; filters; only what the person may see.

use crate::support::{PREPARER, Place, REVIEWER, attach, draft, now};
use chrono::TimeDelta;
use luguo_domain::{
    Declaration, DeclarationId, State, VaultKind,
    form::{AchievementKind, IntellectualProperty, Researcher, TechnicalField, UnitInfo},
};
use luguo_store::{SearchQuery, SearchedText, Typing, Vault};
use uuid::Uuid;

fn full(vault: &Vault) -> DeclarationId {
    let id = DeclarationId(Uuid::now_v7());
    let form = Declaration {
        name: "深海浮力材料制备技术".to_owned(),
        field: Some(TechnicalField::ALL[0]),
        kind: Some(AchievementKind::ALL[0]),
        summary: "用于六千米级载人潜水器，耐压 70MPa。".to_owned(),
        units: vec![UnitInfo {
            name: "青岛海洋装备研究院".to_owned(),
            ..UnitInfo::default()
        }],
        rights: vec![IntellectualProperty {
            number: "ZL 2021 1 0123456.7".to_owned(),
            ..IntellectualProperty::default()
        }],
        researchers: vec![Researcher {
            name: "王敏".to_owned(),
            ..Researcher::default()
        }],
        ..Declaration::default()
    };
    vault.create_declaration(id, &form, 50, now()).unwrap();
    id
}

fn found(vault: &Vault, text: &str) -> Vec<String> {
    asked(
        vault,
        &SearchQuery {
            text: text.to_owned(),
            limit: 50,
            ..SearchQuery::default()
        },
    )
}

fn asked(vault: &Vault, query: &SearchQuery) -> Vec<String> {
    vault
        .search(query)
        .unwrap()
        .into_iter()
        .map(|hit| hit.row.name)
        .collect()
}

#[test]
fn everything_that_a_person_remembers_of_a_form_finds_it() {
    let place = Place::new();
    let vault = place.unit();
    let id = full(&vault);
    draft(&vault, "小麦新品种济麦22");
    attach(&vault, id, "查新报告（2026）", b"x");
    for text in [
        "浮力",
        "浮",
        "深海 潜水器",
        "fuli",
        "fulicailiaozhibeijishu",
        "shfl",
        "qdhy",
        "wangmin",
        "wm",
        "王敏",
        "ZL202110123456.7",
        "zl2021",
        "70mpa",
        "查新报告",
        "研究院",
        "ＺＬ　２０２１",
    ] {
        assert_eq!(found(&vault, text), ["深海浮力材料制备技术"], "{text}");
    }
    assert_eq!(found(&vault, "济麦22"), ["小麦新品种济麦22"]);
    for text in [
        "力浮",
        "深潜",
        "xyz",
        "浮力 小麦",
        "\" OR *",
        "NEAR(",
        "（）",
    ] {
        assert_eq!(found(&vault, text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(found(&vault, "").len(), 2, "filters alone list everything");
}

#[test]
fn what_was_found_is_marked_the_name_first() {
    let place = Place::new();
    let vault = place.unit();
    full(&vault);
    let query = SearchQuery {
        text: "shfl 潜水".to_owned(),
        limit: 5,
        ..SearchQuery::default()
    };
    let hit = vault.search(&query).unwrap().remove(0);
    let marked: Vec<_> = hit
        .places
        .iter()
        .map(|place| (place.of, &place.text[place.marks[0].clone()]))
        .collect();
    assert_eq!(
        marked,
        [
            (SearchedText::Name, "深海浮力"),
            (SearchedText::Summary, "潜水")
        ]
    );
}

#[test]
fn the_index_follows_every_save_and_forgets_what_is_gone() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "旧名");
    let form = Declaration {
        name: "新名".to_owned(),
        ..Declaration::default()
    };
    let typing = Typing {
        form: &form,
        answers: &[],
        completeness: 1,
        undo: "",
    };
    vault.save_declaration(id, 1, &typing, now()).unwrap();
    assert!(found(&vault, "旧名").is_empty());
    assert_eq!(found(&vault, "新名"), ["新名"]);
    let piece = attach(&vault, id, "证书", b"x").item;
    assert_eq!(found(&vault, "证书"), ["新名"]);
    vault.remove_evidence(id, piece.id, now()).unwrap();
    assert!(found(&vault, "证书").is_empty());
    vault.discard_declaration(id, now()).unwrap();
    assert!(found(&vault, "新名").is_empty());
    vault.restore_declaration(id, now()).unwrap();
    assert_eq!(found(&vault, "新名"), ["新名"]);
}

#[test]
fn filters_by_state_field_type_and_time() {
    let place = Place::new();
    let vault = place.unit();
    let id = full(&vault);
    vault.submit(id, 1, now()).unwrap();
    let other = Declaration {
        name: "深海绞车".to_owned(),
        field: Some(TechnicalField::ALL[1]),
        ..Declaration::default()
    };
    vault
        .create_declaration(
            DeclarationId(Uuid::now_v7()),
            &other,
            1,
            now() + TimeDelta::days(40),
        )
        .unwrap();
    let base = SearchQuery {
        text: "深海".to_owned(),
        limit: 50,
        ..SearchQuery::default()
    };
    assert_eq!(asked(&vault, &base).len(), 2);
    for (query, only) in [
        (
            SearchQuery {
                states: vec![State::UnitReview],
                ..base.clone()
            },
            "深海浮力材料制备技术",
        ),
        (
            SearchQuery {
                states: vec![State::Draft, State::Returned],
                ..base.clone()
            },
            "深海绞车",
        ),
        (
            SearchQuery {
                field: Some(TechnicalField::ALL[1]),
                ..base.clone()
            },
            "深海绞车",
        ),
        (
            SearchQuery {
                kind: Some(AchievementKind::ALL[0]),
                ..base.clone()
            },
            "深海浮力材料制备技术",
        ),
        (
            SearchQuery {
                from: Some(now() + TimeDelta::days(30)),
                ..base.clone()
            },
            "深海绞车",
        ),
        (
            SearchQuery {
                until: Some(now() + TimeDelta::days(30)),
                ..base.clone()
            },
            "深海浮力材料制备技术",
        ),
    ] {
        assert_eq!(asked(&vault, &query), [only], "{query:?}");
    }
}

#[test]
fn a_reviewer_finds_what_was_submitted_and_no_draft() {
    let place = Place::new();
    let vault = place.unit();
    let id = full(&vault);
    draft(&vault, "深海草稿");
    drop(vault);
    let reviewer = place.open(VaultKind::Open, REVIEWER).unwrap();
    assert!(found(&reviewer, "深海").is_empty());
    drop(reviewer);
    let vault = place.open(VaultKind::Open, PREPARER).unwrap();
    vault.submit(id, 1, now()).unwrap();
    drop(vault);
    let reviewer = place.open(VaultKind::Open, REVIEWER).unwrap();
    assert_eq!(found(&reviewer, "深海"), ["深海浮力材料制备技术"]);
}
