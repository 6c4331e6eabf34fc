//! Figures of a region that nothing was made of: the last look, for cells that the readers of grids pass over.

use crate::document::Performance;
use crate::language::amount;
use crate::model::{GridCell, PlacedText, TableRegion};
use crate::text::reflow;

/// The cells with a figure that stands nowhere in what was read.
pub(super) fn figures(region: &TableRegion, found: &Performance) -> Vec<PlacedText> {
    let Ok(read) = serde_json::to_string(found) else { return Vec::new() };
    let read = read.replace(',', "");
    let mut left = Vec::new();
    for grid in &region.grids {
        let lacks = |cell: &GridCell| {
            let text = reflow::text(&cell.lines);
            let lacks = figures_in(&text).any(|figure| !read.contains(&figure));
            lacks.then_some(PlacedText { page: grid.page, bbox: cell.bbox, text })
        };
        left.extend(grid.cells.iter().filter_map(lacks));
    }
    left
}

/// The figures with a point in a text, without thousands separators; whole numbers may be anything.
fn figures_in(text: &str) -> impl Iterator<Item = String> {
    let runs = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')));
    let figures = runs.map(|run| run.trim_matches(['.', ','])).filter(|run| run.contains('.'));
    figures.filter_map(amount::parse).map(|amount| amount.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_a_point() {
        let found: Vec<String> = figures_in("共1,234.50万元，其中12.5%，第3项。2023.").collect();
        assert_eq!(found, ["1234.50", "12.5"]);
    }
}
