//! What medium a folder is on: removable or not, its name and serial number, as far as the system
//! says. Linux tells it under /sys and /dev/disk; elsewhere nothing is known, and the person gives
//! a reason.

use crate::{classification::classified, desk::Desk};
use luguo_ipc::{Failure, MediumRequest, MediumView};
use std::path::Path;

/// A medium.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Medium {
    pub(super) removable: bool,
    pub(super) label: String,
    pub(super) serial: String,
}

pub(crate) fn show(desk: &Desk, request: &MediumRequest) -> Result<MediumView, Failure> {
    classified(desk)?;
    let folder = desk.intake.get(&request.place)?;
    let medium = of(&folder);
    Ok(MediumView {
        words: if medium.removable {
            "这是可移动介质。请核对介质上的编号和序列号。".to_owned()
        } else {
            "系统没有把这个位置认作可移动介质。确实要写在这里的，请写明原因，会记入登记。"
                .to_owned()
        },
        removable: medium.removable,
        label: medium.label,
        serial: medium.serial,
    })
}

/// The medium of a folder on this machine.
pub(super) fn of(folder: &Path) -> Medium {
    // A relative path names no mount.
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let root = Path::new("/");
    std::fs::read_to_string("/proc/self/mountinfo")
        .ok()
        .and_then(|mounts| device(&mounts, &folder))
        .map(|device| described(root, &device))
        .unwrap_or_default()
}

/// `major:minor` of the mount with the longest path above the folder.
fn device(mounts: &str, folder: &Path) -> Option<String> {
    mounts
        .lines()
        .filter_map(|line| {
            let mut fields = line.split(' ');
            let device = fields.nth(2)?;
            let point = fields.nth(1)?.replace("\\040", " ");
            folder
                .starts_with(&point)
                .then(|| (point.len(), device.to_owned()))
        })
        .max_by_key(|(length, _)| *length)
        .map(|(_, device)| device)
}

/// What /sys says of a device; a partition is part of its disk.
fn described(root: &Path, device: &str) -> Medium {
    let block = root.join("sys/dev/block").join(device);
    let Ok(block) = block.canonicalize() else {
        return Medium::default();
    };
    let disk = if block.join("partition").exists() {
        block.parent().map(Path::to_owned).unwrap_or(block.clone())
    } else {
        block.clone()
    };
    let text = |path: &str| {
        std::fs::read_to_string(disk.join(path))
            .map(|text| text.trim().to_owned())
            .unwrap_or_default()
    };
    // A disk that hangs on USB is one that is carried, whatever its firmware says of itself.
    let on_usb = disk.ancestors().any(|part| {
        part.file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("usb"))
    });
    Medium {
        removable: text("removable") == "1" || on_usb,
        label: label(root, &block),
        serial: serial(&disk),
    }
}

/// The name of the file system, where udev made a link of it.
fn label(root: &Path, block: &Path) -> String {
    let Some(node) = block.file_name() else {
        return String::new();
    };
    let Ok(links) = std::fs::read_dir(root.join("dev/disk/by-label")) else {
        return String::new();
    };
    links
        .flatten()
        .find(|link| {
            std::fs::read_link(link.path()).is_ok_and(|target| target.file_name() == Some(node))
        })
        .map(|link| link.file_name().to_string_lossy().replace("\\x20", " "))
        .unwrap_or_default()
}

/// The serial number of the device that the disk hangs on: the first one upwards.
fn serial(disk: &Path) -> String {
    disk.ancestors()
        .find_map(|part| {
            ["serial", "device/serial"].into_iter().find_map(|name| {
                std::fs::read_to_string(part.join(name))
                    .ok()
                    .map(|text| text.trim().to_owned())
                    .filter(|text| !text.is_empty())
            })
        })
        .unwrap_or_default()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::{fs, os::unix::fs::symlink};

    const MOUNTS: &str = "\
22 1 254:0 / / rw - ext4 /dev/vda rw
30 22 8:17 / /media/wang/TS\\040USB rw - vfat /dev/sdb1 rw
31 22 0:40 / /media rw - tmpfs tmpfs rw";

    #[test]
    fn the_longest_mount_above_the_folder_names_the_device() {
        let of = |folder: &str| device(MOUNTS, Path::new(folder));
        assert_eq!(of("/media/wang/TS USB/交接").as_deref(), Some("8:17"));
        assert_eq!(of("/media/other").as_deref(), Some("0:40"));
        assert_eq!(of("/home/wang").as_deref(), Some("254:0"));
    }

    #[test]
    fn a_stick_is_removable_with_label_and_serial_and_a_fixed_disk_is_not() {
        let root = tempfile::tempdir().expect("a folder");
        let sys = root.path().join("sys");
        let make = |disk: &str, device: &str, removable: &str, partition: bool| {
            let disk = sys.join(disk);
            let block = if partition {
                disk.join(format!(
                    "{}1",
                    disk.file_name().expect("a name").to_string_lossy()
                ))
            } else {
                disk.clone()
            };
            fs::create_dir_all(&block).expect("made");
            fs::write(disk.join("removable"), removable).expect("written");
            if partition {
                fs::write(block.join("partition"), "1").expect("written");
            }
            fs::create_dir_all(sys.join("dev/block")).expect("made");
            symlink(&block, sys.join("dev/block").join(device)).expect("linked");
        };
        let usb = "devices/pci0/usb2/2-1";
        make(&format!("{usb}/host4/block/sdb"), "8:17", "1\n", true);
        fs::write(sys.join(usb).join("serial"), "AA0123\n").expect("written");
        make("devices/pci0/ata1/block/sda", "8:0", "0\n", false);
        make("devices/pci0/usb3/3-1/block/sdc", "8:32", "0\n", false);
        let labels = root.path().join("dev/disk/by-label");
        fs::create_dir_all(&labels).expect("made");
        symlink("../../sdb1", labels.join("TS\\x20USB")).expect("linked");
        assert_eq!(
            described(root.path(), "8:17"),
            Medium {
                removable: true,
                label: "TS USB".to_owned(),
                serial: "AA0123".to_owned(),
            }
        );
        assert!(!described(root.path(), "8:0").removable);
        assert!(described(root.path(), "8:32").removable, "a disk on USB");
        assert_eq!(described(root.path(), "99:1"), Medium::default(), "unknown");
    }
}
