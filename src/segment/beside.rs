//! Tables side by side: the lines above them are divided where the tables are, so that each takes its own.

use crate::document::geometry::Rect;
use crate::model::{Block, Grid, Line};

/// The blocks of a page, from top to bottom; those of a table that stands to the left of another come before those of
/// the other.
pub(super) fn separated(blocks: Vec<Block>) -> Vec<Block> {
    let mut ordered: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut rest = std::collections::VecDeque::from(blocks);
    while let Some(block) = rest.pop_front() {
        let Block::Grid(grid) = block else {
            ordered.push(block);
            continue;
        };
        let beside = rest.iter().position(|other| matches!(other, Block::Grid(other) if is_beside(&grid, other)));
        let Some(other) = beside.and_then(|index| rest.remove(index)) else {
            ordered.push(Block::Grid(grid));
            continue;
        };
        let Block::Grid(other) = other else { continue };
        let between: Vec<Block> = rest.drain(..beside.unwrap_or_default()).collect();
        let (left, right) = if grid.bbox.x0 < other.bbox.x0 { (grid, other) } else { (other, grid) };
        let middle = (left.bbox.x1 + right.bbox.x0) / 2.0;
        let above = lines_at_end(&mut ordered).into_iter().chain(between);
        let (mut of_left, mut of_right) = (Vec::new(), Vec::new());
        for block in above {
            match block {
                Block::Line(line) => {
                    let (before, after) = divided(line, middle);
                    of_left.extend(before.map(Block::Line));
                    of_right.extend(after.map(Block::Line));
                }
                Block::Grid(_) => of_right.push(block),
            }
        }
        ordered.extend(of_left);
        ordered.push(Block::Grid(left));
        ordered.extend(of_right);
        // A third table may stand beside the second.
        rest.push_front(Block::Grid(right));
    }
    ordered
}

/// Whether two tables share some height and no width.
fn is_beside(grid: &Grid, other: &Grid) -> bool {
    let (a, b) = (grid.bbox, other.bbox);
    a.y0.max(b.y0) < a.y1.min(b.y1) && (a.x1 <= b.x0 || b.x1 <= a.x0)
}

/// Takes the lines below the last table.
fn lines_at_end(blocks: &mut Vec<Block>) -> Vec<Block> {
    let start = blocks.iter().rposition(|block| matches!(block, Block::Grid(_))).map_or(0, |index| index + 1);
    blocks.split_off(start)
}

/// The pieces of a line on both sides of a place; a line that is written across it belongs to the left whole.
fn divided(line: Line, middle: f32) -> (Option<Line>, Option<Line>) {
    let is_left = |x: f32| x < middle;
    let crosses = line.glyphs.windows(2).any(|pair| {
        let gap = pair[1].bbox.x0 - pair[0].bbox.x1;
        is_left(pair[0].bbox.x0) && !is_left(pair[1].bbox.x0) && gap < pair[0].size
    });
    if crosses {
        return (Some(line), None);
    }
    let (before, after) = line.glyphs.into_iter().partition(|glyph| is_left(glyph.bbox.center().0));
    (of_glyphs(before), of_glyphs(after))
}

fn of_glyphs(glyphs: Vec<crate::model::Glyph>) -> Option<Line> {
    let bbox = Rect::around(glyphs.iter().map(|glyph| glyph.bbox))?;
    Some(Line { glyphs, bbox })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::page::{glyphs_at, line_at, ruled};
    use crate::text::reflow;

    fn words(blocks: &[Block]) -> Vec<String> {
        blocks
            .iter()
            .map(|block| match block {
                Block::Line(line) => reflow::line_text(line),
                Block::Grid(grid) => format!("grid at {}", grid.bbox.x0),
            })
            .collect()
    }

    #[test]
    fn each_of_two_tables_side_by_side_takes_the_words_above_it() {
        let glyphs = [glyphs_at("收入总表", 40.0, -20.0, 10.0), glyphs_at("支出总表", 400.0, -20.0, 10.0)].concat();
        let bbox = Rect::around(glyphs.iter().map(|glyph| glyph.bbox)).expect("glyphs");
        let blocks = vec![
            Block::Line(Line { glyphs, bbox }),
            Block::Grid(ruled(&[20.0, 100.0, 200.0])),
            Block::Grid(ruled(&[380.0, 420.0, 500.0])),
        ];
        assert_eq!(words(&separated(blocks)), ["收入总表", "grid at 20", "支出总表", "grid at 380"]);
    }

    #[test]
    fn tables_under_one_another_keep_their_lines() {
        let mut below = ruled(&[20.0, 100.0, 200.0]);
        (below.bbox.y0, below.bbox.y1) = (300.0, 400.0);
        let blocks = vec![
            Block::Grid(ruled(&[20.0, 100.0, 200.0])),
            Block::Line(line_at("支出总表", 40.0, 200.0, 10.0)),
            Block::Grid(below),
        ];
        assert_eq!(words(&separated(blocks)), ["grid at 20", "支出总表", "grid at 20"]);
    }
}
