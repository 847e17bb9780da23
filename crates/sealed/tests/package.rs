//! Sealing and opening, and everything that must be refused before a byte is written or given out.

use luguo_sealed::{
    CardFault, Certificate, KeyCustody as _, OpenFault, Part, PartSource, SealFault, SealOrder,
    SigningKey, SoftwareCustody, Trust, inspect, issued_certificate, padded_size, seal,
    sealed_size, self_signed_certificate,
};
use sm3::{Digest as _, Sm3};
use std::io::{self, Cursor, Read};

const NOW: u64 = 1_795_000_000;
const YEAR: u64 = 365 * 86_400;

struct Person {
    custody: SoftwareCustody,
    card: Certificate,
}

fn person(name: &str) -> Person {
    let key = SigningKey::generate().expect("a key");
    let card = self_signed_certificate(&key, name, NOW - YEAR, NOW + YEAR).expect("a card");
    let custody = SoftwareCustody::new(card.clone(), key).expect("they belong together");
    Person { custody, card }
}

struct World {
    sealer: Person,
    recipient: Person,
    recovery: Person,
    trust: Trust,
}

fn world() -> World {
    let (sealer, recipient, recovery) = (person("封装人"), person("接收人"), person("备用卡"));
    let trust = Trust {
        cards: [&sealer, &recipient, &recovery]
            .map(|one| one.card.clone())
            .to_vec(),
        ..Trust::default()
    };
    World {
        sealer,
        recipient,
        recovery,
        trust,
    }
}

struct Contents(Vec<Vec<u8>>);

impl PartSource for Contents {
    fn open(&self, place: usize) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.0[place].as_slice()))
    }
}

fn contents() -> Contents {
    let sizes = [0, 1, 65_535, 65_536, 65_537, 3_000_000];
    Contents(
        sizes
            .map(|size| (0..size).map(|n| (n % 253) as u8).collect())
            .to_vec(),
    )
}

fn parts(contents: &Contents) -> Vec<Part> {
    contents
        .0
        .iter()
        .enumerate()
        .map(|(n, bytes)| Part {
            name: format!("检测报告 {n}.pdf"),
            size: bytes.len() as u64,
            sm3: hex::encode(Sm3::digest(bytes)),
        })
        .collect()
}

fn order<'a>(
    world: &'a World,
    recipients: &'a [Certificate],
    contents: &Contents,
) -> SealOrder<'a> {
    SealOrder {
        custody: &world.sealer.custody,
        trust: &world.trust,
        recipients,
        recovery: &world.recovery.card,
        marking: "机密★10年",
        created: NOW,
        parts: parts(contents),
        about: serde_json::json!({ "unit": "青岛海洋装备研究院" }),
    }
}

fn sealed(world: &World, contents: &Contents) -> Vec<u8> {
    let recipients = [world.recipient.card.clone()];
    let mut out = Cursor::new(Vec::new());
    seal(&order(world, &recipients, contents), contents, &mut out).expect("sealed");
    out.into_inner()
}

#[test]
fn every_recipient_and_the_second_holder_open_every_content() {
    let (world, contents) = (world(), contents());
    let package = sealed(&world, &contents);
    for holder in [&world.recipient, &world.recovery] {
        let mut inspected = inspect(Cursor::new(&package)).expect("it holds");
        inspected.verify(&mut |_| {}).expect("whole");
        let mut opened = inspected
            .open(&world.trust, &holder.custody)
            .expect("opened");
        assert_eq!(opened.manifest().parts, parts(&contents));
        assert_eq!(opened.manifest().about["unit"], "青岛海洋装备研究院");
        for (place, content) in contents.0.iter().enumerate().rev() {
            let mut out = Vec::new();
            opened.copy(place, &mut out).expect("opened");
            assert!(&out == content, "{place}");
        }
    }
}

#[test]
fn each_holder_reads_over_a_code_of_its_own_that_the_sealer_knows() {
    let (world, contents) = (world(), contents());
    let recipients = [world.recipient.card.clone()];
    let mut out = Cursor::new(Vec::new());
    let sealed = seal(&order(&world, &recipients, &contents), &contents, &mut out).expect("sealed");
    let package = out.into_inner();
    let codes: Vec<_> = [&world.recipient, &world.recovery]
        .map(|holder| {
            let opened = inspect(Cursor::new(&package))
                .and_then(|inspected| inspected.open(&world.trust, &holder.custody))
                .expect("opened");
            (holder.card.fingerprint(), opened.receipt_code())
        })
        .to_vec();
    assert_eq!(sealed.receipt_codes, codes);
    assert_ne!(codes[0].1, codes[1].1);
    assert!(codes.iter().all(|(_, code)| code.len() == 12));
    assert!(
        !format!("{sealed:?}").contains(&codes[0].1),
        "never shown by accident"
    );
}

#[test]
fn the_outside_shows_marking_and_padded_lengths_and_no_name() {
    let (world, contents) = (world(), contents());
    let package = sealed(&world, &contents);
    let inspected = inspect(Cursor::new(&package)).expect("it holds");
    assert_eq!(inspected.header().marking, "机密★10年");
    let padded: u64 = contents
        .0
        .iter()
        .map(|one| sealed_size(padded_size(one.len() as u64)))
        .sum();
    assert_eq!(inspected.size(), padded);
    let holds = |needle: &str| {
        package
            .windows(needle.len())
            .any(|at| at == needle.as_bytes())
    };
    assert!(!holds("检测报告") && !holds("青岛海洋装备研究院"));
    assert!(holds("机密★10年"));
}

#[test]
fn the_sealer_itself_does_not_open_what_it_sealed_for_others() {
    let (world, contents) = (world(), contents());
    let package = sealed(&world, &contents);
    let fault = inspect(Cursor::new(&package))
        .expect("it holds")
        .open(&world.trust, &world.sealer.custody)
        .err();
    assert!(
        matches!(fault, Some(OpenFault::OtherRecipient)),
        "{fault:?}"
    );
}

#[test]
fn any_byte_changed_is_found() {
    let (world, _) = (world(), ());
    let contents = Contents(vec![b"small".to_vec()]);
    let package = sealed(&world, &contents);
    for at in 0..package.len() {
        let mut changed = package.clone();
        changed[at] ^= 0x01;
        let opened = inspect(Cursor::new(&changed)).and_then(|mut inspected| {
            inspected.verify(&mut |_| {})?;
            inspected.open(&world.trust, &world.recipient.custody)
        });
        assert!(opened.is_err(), "byte {at}");
    }
    for cut in 0..package.len() {
        assert!(
            inspect(Cursor::new(&package[..cut])).is_err(),
            "cut at {cut}"
        );
    }
}

/// One that is held in memory, and one that is too large for that and read twice.
#[test]
fn a_changed_content_gives_out_no_byte_however_large_it_is() {
    let world = world();
    let contents = Contents(vec![vec![7; 200_000]]);
    for held in [200_000, 199_999] {
        let mut package = sealed(&world, &contents);
        let open = |package: &[u8]| {
            let mut opened = inspect(Cursor::new(package))
                .and_then(|found| found.open(&world.trust, &world.recipient.custody))
                .expect("what is outside agrees")
                .holding_at_most(held);
            let mut out = Vec::new();
            (opened.copy(0, &mut out), out)
        };
        let (done, out) = open(&package);
        done.expect("opened");
        assert!(out == contents.0[0], "{held}");
        // In its last segment: all others are good.
        let at = package.len() - 10_000;
        package[at] ^= 1;
        let (done, out) = open(&package);
        assert!(matches!(done, Err(OpenFault::Changed(_))), "{done:?}");
        assert!(out.is_empty(), "{held}: {} bytes", out.len());
    }
}

/// Every way to refuse, and that nothing was written when it did.
#[test]
fn sealing_is_refused_before_the_first_byte_for_every_card_that_is_not_admitted() {
    let contents = contents();
    let refused = |change: &dyn Fn(&mut World) -> Vec<Certificate>| {
        let mut world = world();
        let recipients = change(&mut world);
        let mut out = Cursor::new(Vec::new());
        let fault = seal(&order(&world, &recipients, &contents), &contents, &mut out);
        assert!(out.into_inner().is_empty(), "nothing is written");
        fault.expect_err("refused")
    };
    let card = |fault: SealFault| match fault {
        SealFault::Card { fault, .. } => fault,
        other => panic!("{other}"),
    };
    assert!(matches!(refused(&|_| Vec::new()), SealFault::NoRecipient));
    assert!(matches!(
        refused(&|world| vec![world.recovery.card.clone()]),
        SealFault::CardTwice
    ));
    assert_eq!(
        card(refused(&|_| vec![person("生人").card])),
        CardFault::Unknown
    );
    let old = |from: u64, until: u64| {
        move |world: &mut World| {
            let key = SigningKey::generate().expect("a key");
            let card = self_signed_certificate(&key, "接收人", from, until).expect("a card");
            world.trust.cards.push(card.clone());
            vec![card]
        }
    };
    assert_eq!(card(refused(&old(NOW - YEAR, NOW - 1))), CardFault::Expired);
    assert_eq!(card(refused(&old(NOW + 1, NOW + YEAR))), CardFault::NotYet);
    let void = |world: &mut World| {
        world.trust.revoked.push(world.recipient.card.fingerprint());
        vec![world.recipient.card.clone()]
    };
    assert_eq!(card(refused(&void)), CardFault::Revoked);
    let sealer_void = |world: &mut World| {
        world.trust.revoked.push(world.sealer.card.fingerprint());
        vec![world.recipient.card.clone()]
    };
    assert_eq!(card(refused(&sealer_void)), CardFault::Revoked);
}

#[test]
fn a_card_of_a_known_authority_is_known_and_one_that_only_names_it_is_not() {
    let authority_key = SigningKey::generate().expect("a key");
    let authority = self_signed_certificate(&authority_key, "单位证书机构", NOW - YEAR, NOW + YEAR)
        .expect("a card");
    let (holder, stranger) = (
        SigningKey::generate().expect("a key"),
        SigningKey::generate().expect("a key"),
    );
    let issue = |key: &SigningKey| {
        issued_certificate(&holder, "持卡人", (&authority, key), NOW - YEAR, NOW + YEAR)
            .expect("a card")
    };
    let trust = Trust {
        authorities: vec![authority.clone()],
        ..Trust::default()
    };
    let usage = luguo_sealed::Use::Receive;
    assert_eq!(trust.admit(&issue(&authority_key), usage, NOW), Ok(()));
    assert_eq!(
        trust.admit(&issue(&stranger), usage, NOW),
        Err(CardFault::Unknown)
    );
}

#[test]
fn a_content_that_is_not_what_its_digest_says_is_not_sealed() {
    let world = world();
    let recipients = [world.recipient.card.clone()];
    let contents = contents();
    let shorter = Contents(
        contents
            .0
            .iter()
            .map(|one| one[..one.len() / 2].to_vec())
            .collect(),
    );
    let longer = Contents(
        contents
            .0
            .iter()
            .map(|one| [one.as_slice(), b"+"].concat())
            .collect(),
    );
    let other = Contents(contents.0.iter().map(|one| vec![9; one.len()]).collect());
    for wrong in [shorter, longer, other] {
        let fault = seal(
            &order(&world, &recipients, &contents),
            &wrong,
            Cursor::new(Vec::new()),
        );
        assert!(matches!(fault, Err(SealFault::Content(_))), "{fault:?}");
    }
}

#[test]
fn a_package_of_a_sealer_whom_nobody_knows_is_inspected_and_not_opened() {
    let (world, contents) = (world(), contents());
    let package = sealed(&world, &contents);
    let inspected = inspect(Cursor::new(&package)).expect("its seal is good");
    assert_eq!(inspected.sealer(), world.sealer.custody.card());
    let fault = inspected
        .open(&Trust::default(), &world.recipient.custody)
        .err();
    assert!(
        matches!(fault, Some(OpenFault::Card(CardFault::Unknown))),
        "{fault:?}"
    );
}
