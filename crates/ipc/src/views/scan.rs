//! Scanning in: scanners, pages that wait to become one PDF, and a watched folder.

use super::evidence::PickedFileView;
use luguo_domain::{DeclarationId, ScanPageId, claim::Claim};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Scanners that answer now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScannersView {
    /// The scanners.
    pub scanners: Vec<ScannerView>,
    /// Why there is none, in a sentence.
    pub reason: Option<String>,
}

/// One scanner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScannerView {
    /// What the driver calls it.
    pub id: String,
    /// Maker and model.
    pub label: String,
}

/// How colours are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ScanMode {
    /// 黑白.
    Lineart,
    /// 灰度.
    Gray,
    /// 彩色.
    Color,
}

/// Begins to scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScanBeginRequest {
    /// Declaration.
    pub declaration: DeclarationId,
    /// The scanner.
    pub scanner: String,
    /// Colours.
    pub mode: ScanMode,
    /// Dots an inch.
    pub resolution: u16,
    /// From the feeder until it is empty.
    pub feeder: bool,
    /// The page behind which new ones stand; behind all when absent.
    #[serde(default)]
    #[ts(optional, as = "Option<ScanPageId>")]
    pub behind: Option<ScanPageId>,
}

/// Takes pictures in as pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScanPutRequest {
    /// Declaration.
    pub declaration: DeclarationId,
    /// Tokens of the pictures.
    pub files: Vec<String>,
    /// The page behind which they stand; behind all when absent.
    #[serde(default)]
    #[ts(optional, as = "Option<ScanPageId>")]
    pub behind: Option<ScanPageId>,
}

/// The pages that wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScanTrayView {
    /// The pages in their order.
    pub pages: Vec<ScanPageView>,
    /// Name of the watched folder.
    pub folder: Option<String>,
    /// Why it cannot be watched now, in a sentence.
    pub folder_fault: Option<String>,
    /// Files that came into it and were not taken yet.
    pub arrived: Vec<PickedFileView>,
}

/// One page that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScanPageView {
    /// Its identity.
    pub id: ScanPageId,
    /// Quarter turns clockwise.
    pub turn: u8,
    /// Left, top, width and height in ten-thousandths of the page as it was scanned.
    pub crop: Option<[u16; 4]>,
}

/// Names a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScanPageRequest {
    /// Declaration.
    pub declaration: DeclarationId,
    /// The page.
    pub id: ScanPageId,
}

/// Asks for the picture of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScanPictureRequest {
    /// Declaration.
    pub declaration: DeclarationId,
    /// The page.
    pub id: ScanPageId,
    /// Pixels across at most.
    pub width: u32,
    /// As it was scanned, for cropping; else as it will be.
    pub whole: bool,
}

/// The picture of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScanPictureView {
    /// JPEG, base64.
    pub base64: String,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// Turns and crops a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScanEditRequest {
    /// Declaration.
    pub declaration: DeclarationId,
    /// The page.
    pub id: ScanPageId,
    /// Quarter turns clockwise.
    pub turn: u8,
    /// See [`ScanPageView`]; the whole page when absent.
    pub crop: Option<[u16; 4]>,
}

/// Puts the pages into an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScanOrderRequest {
    /// Declaration.
    pub declaration: DeclarationId,
    /// Each page once.
    pub order: Vec<ScanPageId>,
}

/// Makes one PDF of the pages and takes it in as evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScanFinishRequest {
    /// Declaration.
    pub declaration: DeclarationId,
    /// What the evidence is called.
    pub title: String,
    /// What it proves.
    pub claims: Vec<Claim>,
}

/// Watches a folder for what an office scanner writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScanWatchRequest {
    /// Declaration whose tray is shown.
    pub declaration: DeclarationId,
    /// Token of a folder from `folder_pick`; none is watched when absent.
    pub folder: Option<String>,
}
