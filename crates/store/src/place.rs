//! Where a vault may lie: never on a file system of the network. SQLite's locks and its log do not
//! hold there (sqlite.org/useovernet.html); two offices would damage one vault.

use crate::fault::OpenFault;
use std::path::Path;

/// Refuses a place on a network file system; the file itself need not exist yet.
///
/// # Errors
/// [`OpenFault::NetworkFileSystem`] with what it is. A place of which nothing can be told is
/// allowed.
pub(crate) fn check(path: &Path) -> Result<(), OpenFault> {
    let path = std::path::absolute(path)?;
    let folder = path
        .ancestors()
        .skip(1)
        .find_map(|folder| folder.canonicalize().ok());
    let Some(folder) = folder else {
        return Ok(());
    };
    match network_kind(&folder) {
        Some(kind) => Err(OpenFault::NetworkFileSystem {
            path: folder.display().to_string(),
            kind,
        }),
        None => Ok(()),
    }
}

#[cfg(target_os = "linux")]
fn network_kind(folder: &Path) -> Option<String> {
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    of_mounts(&mounts, &folder.to_string_lossy())
}

#[cfg(target_os = "macos")]
fn network_kind(folder: &Path) -> Option<String> {
    let output = std::process::Command::new("/sbin/mount").output().ok()?;
    of_listing(
        &String::from_utf8_lossy(&output.stdout),
        &folder.to_string_lossy(),
    )
}

/// A drive letter of a share resolves to its share when it is made canonical.
#[cfg(windows)]
fn network_kind(folder: &Path) -> Option<String> {
    use std::path::{Component, Prefix};
    match folder.components().next()? {
        Component::Prefix(prefix) => match prefix.kind() {
            Prefix::UNC(..) | Prefix::VerbatimUNC(..) => Some("SMB".to_owned()),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn network_kind(_folder: &Path) -> Option<String> {
    None
}

/// Kinds of file systems that reach over a network, as the kernel and FUSE name them.
const NETWORK: &[&str] = &[
    "afs",
    "afpfs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "davfs",
    "gfs2",
    "glusterfs",
    "gpfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "ocfs2",
    "smb3",
    "smbfs",
    "webdav",
];
/// FUSE programs that do.
const FUSE: &[&str] = &[
    "davfs",
    "glusterfs",
    "gvfsd-fuse",
    "rclone",
    "s3fs",
    "sshfs",
    "smbnetfs",
    "ceph",
    "curlftpfs",
];

fn is_network(kind: &str) -> bool {
    match kind.strip_prefix("fuse.") {
        Some(program) => FUSE.contains(&program),
        None => NETWORK.contains(&kind),
    }
}

/// The kind of the mount a folder lies on, when it is one of the network; `mountinfo` of proc(5).
#[cfg(any(target_os = "linux", test))]
fn of_mounts(mounts: &str, folder: &str) -> Option<String> {
    let mut best: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        // 36 35 98:0 /root /mount/point options … - kind source super-options
        let Some((before, after)) = line.split_once(" - ") else {
            continue;
        };
        let (Some(point), Some(kind)) = (before.split(' ').nth(4), after.split(' ').next()) else {
            continue;
        };
        let point = unescaped(point);
        // The last of two mounts on one point is the one that is seen.
        if covers(&point, folder) && best.is_none_or(|(length, _)| point.len() >= length) {
            best = Some((point.len(), kind));
        }
    }
    best.filter(|(_, kind)| is_network(kind))
        .map(|(_, kind)| kind.to_owned())
}

/// The same from `mount` of macOS: `//user@server/share on /Volumes/share (smbfs, nodev)`.
#[cfg(any(target_os = "macos", test))]
fn of_listing(listing: &str, folder: &str) -> Option<String> {
    let mut best: Option<(usize, &str)> = None;
    for line in listing.lines() {
        let Some((head, options)) = line.rsplit_once(" (") else {
            continue;
        };
        let Some((_, point)) = head.split_once(" on ") else {
            continue;
        };
        let kind = options.split([',', ')']).next().unwrap_or_default();
        if covers(point, folder) && best.is_none_or(|(length, _)| point.len() >= length) {
            best = Some((point.len(), kind));
        }
    }
    best.filter(|(_, kind)| is_network(kind))
        .map(|(_, kind)| kind.to_owned())
}

fn covers(point: &str, folder: &str) -> bool {
    point == "/"
        || folder == point
        || folder
            .strip_prefix(point)
            .is_some_and(|rest| rest.starts_with('/'))
}

/// Blanks and the like stand as octal numbers.
#[cfg(any(target_os = "linux", test))]
fn unescaped(point: &str) -> String {
    point
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /mnt/office\\040share rw - cifs //server/share rw
41 22 0:36 / /home/wang/remote rw - fuse.sshfs wang@host: rw
42 22 8:17 / /media/USB rw - vfat /dev/sdb1 rw
43 22 0:37 / /media/ntfs rw - fuseblk /dev/sdc1 rw
44 40 8:33 / /mnt/office\\040share/disk rw - ext4 /dev/sdd1 rw
";

    #[test]
    fn a_share_is_refused_with_its_kind_and_a_local_disk_is_not() {
        for (folder, kind) in [
            ("/home/wang", None),
            ("/mnt/office share/unit", Some("cifs")),
            ("/mnt/office shared", None),
            ("/mnt/office share/disk/a", None),
            ("/home/wang/remote", Some("fuse.sshfs")),
            ("/media/USB/backup", None),
            ("/media/ntfs", None),
        ] {
            assert_eq!(of_mounts(MOUNTS, folder).as_deref(), kind, "{folder}");
        }
    }

    #[test]
    fn the_listing_of_macos_tells_the_same() {
        let listing = "/dev/disk3s1 on / (apfs, sealed, local)
//wang@server/share on /Volumes/share (smbfs, nodev, nosuid)
";
        assert_eq!(
            of_listing(listing, "/Volumes/share/unit").as_deref(),
            Some("smbfs")
        );
        assert_eq!(of_listing(listing, "/Users/wang"), None);
    }

    #[test]
    fn this_machines_temporary_folder_is_allowed() {
        let folder = tempfile::tempdir().expect("a folder");
        check(&folder.path().join("unit.luguo")).expect("a local disk");
    }
}
