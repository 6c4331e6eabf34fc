//! The many ways in which office software draws a table line.

use super::*;
use crate::grid::{Tolerances, edges};
use crate::model::{Axis, Ruling};
use crate::testing::pdf::spelled::{image, song};

const HORIZONTAL: Axis = Axis::Horizontal;
const VERTICAL: Axis = Axis::Vertical;

/// The rulings of a page with this content: axis, position, start, end, to a tenth of a point.
fn rulings(content: &str) -> Vec<(Axis, f32, f32, f32)> {
    rounded(&page_of(content).rulings)
}

/// The rulings after short pieces are joined.
fn joined(content: &str) -> Vec<(Axis, f32, f32, f32)> {
    let edges = edges(&page_of(content).rulings, &Tolerances::default());
    rounded(&[edges.horizontal, edges.vertical].concat())
}

fn rounded(rulings: &[Ruling]) -> Vec<(Axis, f32, f32, f32)> {
    let tenth = |value: f32| (value * 10.0).round() / 10.0;
    rulings.iter().map(|r| (r.axis, tenth(r.position), tenth(r.start), tenth(r.end))).collect()
}

#[test]
fn a_line_is_a_ruling_however_it_is_drawn() {
    let ways = [
        ("stroked", "0.5 w 50 200 m 250 200 l S".to_owned()),
        ("stroked from right to left", "0.5 w 250 200 m 50 200 l S".to_owned()),
        ("stroked with a hairline", "0 w 50 200 m 250 200 l S".to_owned()),
        ("dashed", "0.5 w [2 2] 0 d 50 200 m 250 200 l S".to_owned()),
        ("a filled rectangle", "50 199.75 200 0.5 re f".to_owned()),
        ("a filled rectangle of negative height", "50 200.25 200 -0.5 re f".to_owned()),
        ("a filled rectangle without height", "50 200 200 0 re f".to_owned()),
        ("a filled and stroked rectangle", "0.1 w 50 200 200 0 re B".to_owned()),
        ("a filled path", "50 199.75 m 250 199.75 l 250 200.25 l 50 200.25 l h f".to_owned()),
        ("a mitred quadrilateral", "50 200.5 m 250 200.5 l 249 199.5 l 51 199.5 l h f".to_owned()),
        ("scaled down", "q 0.24 0 0 0.24 0 0 cm 2 w 208.33 833.33 m 1041.67 833.33 l S Q".to_owned()),
        ("turned", "q 0 1 -1 0 0 0 cm 0.5 w 200 -50 m 200 -250 l S Q".to_owned()),
        ("an image one pixel high", image(50.0, 199.6, 200.0, 0.75)),
    ];
    for (way, content) in ways {
        let edges = joined(&content);
        assert_eq!(edges, [(HORIZONTAL, 100.0, 50.0, 250.0)], "{way}");
    }
}

#[test]
fn the_thickness_is_that_on_the_page() {
    let thickness = |content: &str| page_of(content).rulings[0].thickness;
    assert!(is_near(thickness("0.5 w 50 200 m 250 200 l S"), 0.5));
    assert!(is_near(thickness("q 0.24 0 0 0.24 0 0 cm 6.25 w 200 800 m 1000 800 l S Q"), 1.5));
    assert!(is_near(thickness("50 200 200 2.25 re f"), 2.25));
}

#[test]
fn vertical_lines_are_rulings_too() {
    assert_eq!(rulings("0.5 w 50 200 m 50 100 l S"), [(VERTICAL, 50.0, 100.0, 200.0)]);
    assert_eq!(rulings("49.75 100 0.5 100 re f"), [(VERTICAL, 50.0, 100.0, 200.0)]);
}

#[test]
fn a_stroked_rectangle_is_a_cell() {
    let sides = [
        (HORIZONTAL, 80.0, 50.0, 250.0),
        (HORIZONTAL, 100.0, 50.0, 250.0),
        (VERTICAL, 50.0, 80.0, 100.0),
        (VERTICAL, 250.0, 80.0, 100.0),
    ];
    assert_eq!(joined("0.5 w 50 200 200 20 re S"), sides);
    assert_eq!(joined("0.5 w 50 200 m 250 200 l 250 220 l 50 220 l s"), sides, "as a closed path");
    assert_eq!(joined("0.9 g 0.5 w 50 200 200 20 re B"), sides, "filled as well");
}

#[test]
fn the_frame_between_two_rectangles_is_a_cell() {
    let outer_edge = [
        (HORIZONTAL, 80.0, 49.5, 250.5),
        (HORIZONTAL, 100.0, 49.5, 250.5),
        (VERTICAL, 50.0, 79.5, 100.5),
        (VERTICAL, 250.0, 79.5, 100.5),
    ];
    let frame = "49.5 199.5 201 21 re 50.5 200.5 199 19 re f*";
    assert_eq!(joined(frame), outer_edge);
}

#[test]
fn two_lines_of_one_path_are_two_rulings() {
    let content = "0.5 w 50 200 m 250 200 l 50 180 m 250 180 l S";
    assert_eq!(rulings(content), [(HORIZONTAL, 100.0, 50.0, 250.0), (HORIZONTAL, 120.0, 50.0, 250.0)]);
    let content = "50 199.75 200 0.5 re 50 179.75 200 0.5 re f";
    assert_eq!(rulings(content), [(HORIZONTAL, 100.0, 50.0, 250.0), (HORIZONTAL, 120.0, 50.0, 250.0)]);
}

#[test]
fn short_pieces_make_one_line() {
    let pieces: String = (0..20).map(|i| format!("{} 199.75 9.5 0.5 re f ", 50 + 10 * i)).collect();
    assert_eq!(rulings(&pieces).len(), 20);
    assert_eq!(joined(&pieces), [(HORIZONTAL, 100.0, 50.0, 249.5)]);
}

#[test]
fn borders_drawn_cell_by_cell_with_dots_between_make_one_line() {
    let cells: String = (0..4).map(|i| format!("{} 199.76 49.04 0.48 re f ", 50.48 + 49.52 * i as f32)).collect();
    let dots: String = (0..5).map(|i| format!("{} 199.76 0.48 0.48 re f ", 50.0 + 49.52 * i as f32)).collect();
    assert_eq!(joined(&(cells + &dots)), [(HORIZONTAL, 100.0, 50.5, 248.1)]);
}

#[test]
fn white_lines_are_no_rulings() {
    for content in [
        "1 g 50 199.75 200 0.5 re f",
        "1 G 0.5 w 50 200 m 250 200 l S",
        "1 1 1 RG 0.5 w 50 180 200 20 re S",
        "0 0 0 0 K 0.5 w 50 200 m 250 200 l S",
    ] {
        assert_eq!(rulings(content), [], "{content}");
    }
}

#[test]
fn white_lines_between_shaded_cells_are_rulings() {
    let content = "0.3 0.5 0.8 rg 50 150 200 100 re f 1 G 0.5 w 50 200 m 250 200 l S";
    assert_eq!(rulings(content), [(HORIZONTAL, 100.0, 50.0, 250.0)]);
}

#[test]
fn a_line_painted_over_is_no_ruling() {
    assert_eq!(rulings("0.5 w 50 200 m 250 200 l S 1 g 40 190 300 20 re f"), []);
}

#[test]
fn a_line_painted_over_in_part_keeps_the_rest() {
    let pieces = joined("0.5 w 50 200 m 250 200 l S 1 g 130 190 40 20 re f");
    assert_eq!(pieces, [(HORIZONTAL, 100.0, 50.0, 130.0), (HORIZONTAL, 100.0, 170.0, 250.0)]);
}

#[test]
fn unseen_lines_are_no_rulings() {
    let mut pdf = TestPdf::new("/Clear gs 0.5 w 50 200 m 250 200 l S");
    pdf.resource("/ExtGState << /Clear << /CA 0 /ca 0 >> >>");
    assert_eq!(read(&pdf).rulings, []);
    assert_eq!(rulings("q 0 0 400 100 re W n 0.5 w 50 200 m 250 200 l S Q"), [], "clipped away");
    assert_eq!(rulings("50 200 m 250 200 l n"), [], "a path that is not painted");
}

#[test]
fn a_line_ends_where_its_clip_ends() {
    let content = "q 100 150 100 100 re W n 0.5 w 50 200 m 250 200 l S Q";
    assert_eq!(rulings(content), [(HORIZONTAL, 100.0, 100.0, 200.0)]);
}

#[test]
fn a_border_on_the_edge_of_its_clip_is_a_ruling() {
    let content = "q 50 200 200 20 re W n 0.5 w 50 200 200 20 re S Q";
    assert_eq!(rulings(content).len(), 4);
}

#[test]
fn a_shaded_cell_is_no_ruling() {
    assert_eq!(rulings("0.9 g 50 200 200 20 re f"), []);
}

#[test]
fn curves_and_slanted_strokes_are_no_rulings() {
    assert_eq!(rulings("0.5 w 50 200 m 100 250 150 150 250 200 c S"), []);
    assert_eq!(rulings("0.5 w 50 100 m 250 200 l S"), []);
}

#[test]
fn an_underline_does_not_hide_its_text() {
    let page = page_of(&format!("{} 50 198 20 0.5 re f", song("合计", 50.0, 200.0)));
    assert_eq!(characters(&page), "合计");
    assert_eq!(page.rulings.len(), 1);
}
