//! A ZIP written by hand, so that it can lie (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16).

/// One member, as it is and as it says it is.
#[derive(Clone)]
pub struct Member {
    /// Name in the directory.
    pub name: Vec<u8>,
    /// Name before the bytes; usually the same.
    pub local_name: Vec<u8>,
    /// What is stored.
    pub bytes: Vec<u8>,
    /// Bytes that it says it has, packed and unpacked.
    pub sizes: (u32, u32),
    /// Checksum that it says it has.
    pub crc: u32,
    /// 0 stored, 8 deflated.
    pub method: u16,
    /// Bit 0 encrypted, bit 11 UTF-8.
    pub flags: u16,
    /// Unix mode in the upper half.
    pub attributes: u32,
    /// Added to where it says it begins.
    pub shift: i64,
}

impl Member {
    pub fn new(name: impl AsRef<[u8]>, bytes: &[u8]) -> Self {
        let name = name.as_ref().to_vec();
        Self {
            local_name: name.clone(),
            name,
            bytes: bytes.to_vec(),
            sizes: (bytes.len() as u32, bytes.len() as u32),
            crc: crc32(bytes),
            method: 0,
            flags: 1 << 11,
            attributes: 0o100_644 << 16,
            shift: 0,
        }
    }
}

/// The archive of these members.
pub fn zip(members: &[Member]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for member in members {
        let at = out.len() as i64 + member.shift;
        let common = |into: &mut Vec<u8>| {
            for word in [20, member.flags, member.method, 0, 0x21] {
                into.extend_from_slice(&word.to_le_bytes());
            }
            for long in [member.crc, member.sizes.0, member.sizes.1] {
                into.extend_from_slice(&long.to_le_bytes());
            }
        };
        out.extend_from_slice(b"PK\x03\x04");
        common(&mut out);
        out.extend_from_slice(&(member.local_name.len() as u16).to_le_bytes());
        out.extend_from_slice(&[0, 0]);
        out.extend_from_slice(&member.local_name);
        out.extend_from_slice(&member.bytes);
        directory.extend_from_slice(b"PK\x01\x02\x14\x03");
        common(&mut directory);
        directory.extend_from_slice(&(member.name.len() as u16).to_le_bytes());
        directory.extend_from_slice(&[0; 8]);
        directory.extend_from_slice(&member.attributes.to_le_bytes());
        directory.extend_from_slice(&(at as u32).to_le_bytes());
        directory.extend_from_slice(&member.name);
    }
    let (start, size) = (out.len() as u32, directory.len() as u32);
    out.extend_from_slice(&directory);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    let count = (members.len() as u16).to_le_bytes();
    out.extend_from_slice(&count);
    out.extend_from_slice(&count);
    out.extend_from_slice(&size.to_le_bytes());
    out.extend_from_slice(&start.to_le_bytes());
    out.extend_from_slice(&[0, 0]);
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(crc & 1))
        })
    })
}
