//! Rulings → edges: short pieces, overlaps and double lines become one line each.

use super::Tolerances;
use crate::model::{Axis, Ruling};

/// The merged lines of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Edges {
    /// Horizontal edges by position, then by start.
    pub(crate) horizontal: Vec<Ruling>,
    /// Vertical edges by position, then by start.
    pub(crate) vertical: Vec<Ruling>,
}

/// Snaps rulings onto common lines and joins the pieces on each.
pub(crate) fn edges(rulings: &[Ruling], tolerances: &Tolerances) -> Edges {
    let of = |axis: Axis| merge(rulings.iter().filter(|r| r.axis == axis).copied().collect(), tolerances);
    Edges { horizontal: of(Axis::Horizontal), vertical: of(Axis::Vertical) }
}

fn merge(mut rulings: Vec<Ruling>, tolerances: &Tolerances) -> Vec<Ruling> {
    rulings.sort_by(|a, b| a.position.total_cmp(&b.position));
    let mut merged = Vec::with_capacity(rulings.len());
    let mut rest = rulings.as_mut_slice();
    while let Some(first) = rest.first() {
        let limit = first.position + tolerances.snap;
        let length = rest.partition_point(|ruling| ruling.position <= limit);
        let (line, after) = rest.split_at_mut(length);
        join_pieces(line, tolerances.join, &mut merged);
        rest = after;
    }
    merged
}

/// Joins rulings that lie on one line. Each edge gets the middle position of its pieces, weighted by length.
fn join_pieces(line: &mut [Ruling], join: f32, merged: &mut Vec<Ruling>) {
    line.sort_by(|a, b| a.start.total_cmp(&b.start));
    let mut pieces = line.iter();
    let Some(mut edge) = pieces.next().copied() else { return };
    let mut weight = weight_of(&edge);
    let mut moment = edge.position * weight;
    for piece in pieces {
        if piece.start <= edge.end + join {
            edge.end = edge.end.max(piece.end);
            edge.thickness = edge.thickness.max(piece.thickness);
            weight += weight_of(piece);
            moment += piece.position * weight_of(piece);
            continue;
        }
        merged.push(Ruling { position: moment / weight, ..edge });
        edge = *piece;
        weight = weight_of(piece);
        moment = piece.position * weight;
    }
    merged.push(Ruling { position: moment / weight, ..edge });
}

fn weight_of(ruling: &Ruling) -> f32 {
    (ruling.end - ruling.start).max(0.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::page::horizontal;

    fn merged(rulings: &[Ruling]) -> Vec<(f32, f32, f32)> {
        edges(rulings, &Tolerances::default()).horizontal.iter().map(|e| (e.position, e.start, e.end)).collect()
    }

    #[test]
    fn short_pieces_make_one_edge() {
        let pieces: Vec<Ruling> = (0..10).map(|i| horizontal(50.0, i as f32 * 10.0, i as f32 * 10.0 + 8.0)).collect();
        assert_eq!(merged(&pieces), [(50.0, 0.0, 98.0)]);
    }

    #[test]
    fn a_double_line_is_one_edge() {
        assert_eq!(merged(&[horizontal(50.0, 0.0, 100.0), horizontal(52.0, 0.0, 100.0)]), [(51.0, 0.0, 100.0)]);
    }

    #[test]
    fn two_tables_side_by_side_keep_their_edges() {
        assert_eq!(merged(&[horizontal(50.0, 0.0, 100.0), horizontal(50.0, 130.0, 200.0)]).len(), 2);
    }

    #[test]
    fn the_order_of_rulings_does_not_matter() {
        let mut rulings = vec![horizontal(50.0, 0.0, 40.0), horizontal(50.2, 38.0, 90.0), horizontal(80.0, 0.0, 90.0)];
        let forwards = merged(&rulings);
        rulings.reverse();
        assert_eq!(merged(&rulings), forwards);
    }
}
