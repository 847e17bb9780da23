//! Cells that were merged over the template's own: what stood in them is gone or hidden.

use super::{LINES, Line, Sheet, name, template};
use calamine::Dimensions;

/// Merged regions that are reported one by one.
const MOST: usize = 100;

impl Sheet {
    /// Reports the regions that the template does not have.
    pub(super) fn merged(&mut self, regions: &[Dimensions]) {
        let mut count = 0;
        for region in regions {
            let Some((line, column)) = covered(region) else {
                continue;
            };
            if template::merged(line) == Some((region.start, region.end)) {
                continue;
            }
            count += 1;
            if count > MOST {
                continue;
            }
            let column_end = u16::try_from(region.end.1).unwrap_or(u16::MAX);
            let last = name((region.end.0, column_end));
            let place = (line.row, column);
            let slot = line.slots.iter().find(|slot| slot.column == column);
            let label = slot.map_or(line.label().unwrap_or_default(), |slot| &slot.label);
            self.fault(
                place,
                label,
                format!("{}:{last} 被合并成一个单元格", name(place)),
                "请取消合并，每格填一项",
            );
        }
        if count > MOST {
            let message = format!("另有 {} 处单元格被合并", count - MOST);
            let remedy = "请导出新模板，把内容填进去";
            self.fault((0, 0), "工作表", message, remedy);
        }
    }
}

/// The first label or answer under a region.
fn covered(region: &Dimensions) -> Option<(&'static Line, u16)> {
    LINES
        .iter()
        .filter(|line| (region.start.0..=region.end.0).contains(&line.row))
        .find_map(|line| {
            let labels = line.labels.iter().map(|(column, _)| *column);
            let columns = labels.chain(line.slots.iter().map(|slot| slot.column));
            columns
                .filter(|column| (region.start.1..=region.end.1).contains(&u32::from(*column)))
                .min()
                .map(|column| (line, column))
        })
}
