//! Segments that a holder of the key sealed as he likes: any number, position, length, end flag and
//! damage, from a script of four bytes each. What opens is what sealing would give, and nothing else.
#![no_main]
use libfuzzer_sys::fuzz_target;
use luguo_sealed::{SEGMENT, SegmentCipher as _, Sm4Gcm, raw};

fuzz_target!(|script: &[u8]| {
    let cipher = Sm4Gcm::new(&[7; 16]);
    let mut sealed = Vec::new();
    // A few segments of full length are enough for every order.
    for step in script.chunks_exact(4).take(5) {
        let &[position, how, fill, length] = step else {
            return;
        };
        let mut segment = match (how >> 1) & 3 {
            0 => vec![fill; SEGMENT],
            1 => vec![fill; SEGMENT - 1],
            _ => vec![fill; usize::from(length)],
        };
        let position = u32::from(position % 8);
        cipher
            .seal(position, how & 1 == 1, &mut segment)
            .expect("sealed");
        match (how >> 3) & 7 {
            1 => segment.truncate(usize::from(length)),
            2 => segment.push(fill),
            3 => segment[usize::from(length) % 16] ^= fill,
            _ => (),
        }
        sealed.extend(segment);
    }
    // And what nobody sealed.
    sealed.extend(script.chunks_exact(4).skip(5).flatten());
    if let Some(opened) = raw::open_stream(&cipher, &sealed) {
        assert_eq!(
            raw::seal_stream(&cipher, &opened),
            sealed,
            "a second encoding was opened"
        );
    }
});
