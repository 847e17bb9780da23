//! Directory and index of a sealed package. The first byte says whether the input is the whole file,
//! an index, or edits of the true one, which the sealer's own key signs then: none but the true one
//! is taken.
#![no_main]
use libfuzzer_sys::fuzz_target;
use luguo_sealed::{
    OpenFault, Part, PartSource, SealOrder, SigningKey, SoftwareCustody, Trust, inspect,
    raw::Loose, seal, self_signed_certificate, sign_message,
};
use std::{
    io::{self, Cursor, Read},
    sync::OnceLock,
};

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, content)) = bytes.split_first() else {
        return;
    };
    if kind % 2 == 0 {
        if let Some(loose) = Loose::read(content) {
            assert_eq!(loose.write(), content, "a second form of the file was read");
        }
        let _ = inspect(Cursor::new(content));
        return;
    }
    let good = good();
    let true_index = good.package.get("index.json");
    let index = match kind % 4 {
        1 => edited(true_index, content),
        _ => content.to_vec(),
    };
    let mut loose = good.package.clone();
    loose.edit("index.json", |old| *old = index.clone());
    if let Err(OpenFault::Record(_)) = inspect(Cursor::new(loose.write())) {
        return;
    }
    let signed = sign_message(&good.custody, &index, true).expect("the key signs");
    loose.edit("seal.p7s", |old| *old = signed);
    if let Ok(mut package) = inspect(Cursor::new(loose.write()))
        && package.verify(&mut |_| {}).is_ok()
    {
        assert_eq!(index, true_index, "another index was taken");
    }
});

/// The true index after the edits that the input asks for: two bytes where, one how many bytes go,
/// one how many come, and these.
fn edited(index: &[u8], mut script: &[u8]) -> Vec<u8> {
    let mut index = index.to_vec();
    while let &[high, low, gone, come, ref rest @ ..] = script {
        let from = (usize::from(high) << 8 | usize::from(low)) % (index.len() + 1);
        let to = (from + usize::from(gone)).min(index.len());
        let (new, behind) = rest.split_at(usize::from(come).min(rest.len()));
        index.splice(from..to, new.iter().copied());
        script = behind;
    }
    index
}

struct Good {
    custody: SoftwareCustody,
    package: Loose,
}

struct Empty;

impl PartSource for Empty {
    fn open(&self, _place: usize) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(io::empty()))
    }
}

fn good() -> &'static Good {
    static GOOD: OnceLock<Good> = OnceLock::new();
    GOOD.get_or_init(|| {
        let [custody, recipient, recovery] = ["a", "b", "c"].map(|name| {
            let key = SigningKey::generate().expect("a key");
            let card = self_signed_certificate(&key, name, 0, 4_000_000_000).expect("a card");
            (
                SoftwareCustody::new(card.clone(), key).expect("one pair"),
                card,
            )
        });
        let order = SealOrder {
            custody: &custody.0,
            trust: &Trust {
                cards: vec![custody.1, recipient.1.clone(), recovery.1.clone()],
                ..Trust::default()
            },
            recipients: &[recipient.1],
            recovery: &recovery.1,
            marking: "",
            created: 1_795_000_000,
            parts: vec![Part {
                name: "empty".to_owned(),
                size: 0,
                // SM3 of nothing.
                sm3: "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b".to_owned(),
            }],
            about: serde_json::Value::Null,
        };
        let mut out = Cursor::new(Vec::new());
        seal(&order, &Empty, &mut out).expect("sealed");
        let package = Loose::read(&out.into_inner()).expect("a good package");
        let custody = custody.0;
        Good { custody, package }
    })
}
