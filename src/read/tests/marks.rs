//! Characters that a reader sees and that belong to no text of the page.

use super::*;
use crate::document::MarkKind::{self, *};
use crate::testing::pdf::spelled::{helvetica, song};

/// What is kept apart, and as what.
fn marks(page: &Page) -> (String, Option<MarkKind>) {
    let text = page.marks.iter().map(|mark| mark.glyph.character).collect();
    (text, page.marks.first().map(|mark| mark.kind))
}

/// A text at this size, `matrix` its direction and place.
fn at(text: &str, size: f32, matrix: &str) -> String {
    format!("BT /Helv {size} Tf {matrix} Tm ({text}) Tj ET\n")
}

#[test]
fn a_raised_digit_is_no_part_of_a_figure() {
    let page = page_of(&(helvetica("85.50", 50.0, 200.0) + &at("1", 6.0, "1 0 0 1 76 204")));
    assert_eq!((texts(&page), marks(&page)), (vec!["85.50".to_owned()], ("1".to_owned(), Some(Footnote))));
}

#[test]
fn a_browsers_raised_digit_and_a_lowered_one_are_no_part_of_a_figure() {
    for (size, y) in [(8.3, 203.5), (8.3, 197.5), (6.0, 198.0), (6.0, 200.0)] {
        let page = page_of(&(helvetica("85.50", 50.0, 200.0) + &at("1", size, &format!("1 0 0 1 76 {y}"))));
        assert_eq!((texts(&page)[0].as_str(), marks(&page).0), ("85.50", "1".to_owned()), "{size} at {y}");
    }
    let level = page_of(&(helvetica("85.5", 50.0, 200.0) + &at("0", 8.3, "1 0 0 1 70 200")));
    assert_eq!(marks(&level).0, "", "a little smaller, on the line");
}

#[test]
fn marks_of_two_footnotes_and_a_star_are_kept_apart() {
    let two = page_of(&(helvetica("85.50", 50.0, 200.0) + &at("1,2", 6.0, "1 0 0 1 76 204")));
    assert_eq!((texts(&two), marks(&two).0), (vec!["85.50".to_owned()], "1,2".to_owned()));
    let star = page_of(&helvetica("85.50*", 50.0, 200.0));
    assert_eq!((texts(&star), marks(&star).0), (vec!["85.50".to_owned()], "*".to_owned()));
    assert_eq!(texts(&page_of(&helvetica("210*297", 50.0, 200.0))), ["210*297"]);
}

#[test]
fn pale_text_that_rulings_cross_is_a_watermark_where_it_lies_over_nothing() {
    let table = "1 w 40 195 m 340 195 l S 190 100 m 190 300 l S\n";
    let text = helvetica("85.50", 50.0, 250.0) + &helvetica("20.00", 300.0, 150.0);
    let page = page_of(&format!("{text}{table} 0.8 g {}", at("draft", 20.0, "1 0 0 1 170 188")));
    assert_eq!(marks(&page), ("draft".to_owned(), Some(Watermark)));
}

#[test]
fn text_of_fields_and_notes_without_an_appearance_is_counted() {
    let mut pdf = TestPdf::new(helvetica("85.50", 50.0, 200.0));
    let field = "<< /Type /Annot /Subtype /Widget /FT /Tx /V (12.34) /Rect [50 100 90 110] >>";
    let note = "<< /Type /Annot /Subtype /FreeText /Contents <feff0031> /Rect [50 100 90 110] >>";
    let hidden = "<< /Type /Annot /Subtype /FreeText /F 2 /Contents (12) /Rect [50 100 90 110] >>";
    let link = "<< /Type /Annot /Subtype /Link /Contents (12) /Rect [50 100 90 110] >>";
    pdf.page_entry(&format!("/Annots [{field} {note} {hidden} {link}]"));
    assert_eq!(read(&pdf).left_out, 6);
}

#[test]
fn the_brackets_of_a_footnote_are_kept_apart_with_it() {
    let page = page_of(&(helvetica("85.50", 50.0, 200.0) + &at("[12]", 6.0, "1 0 0 1 76 204")));
    assert_eq!((texts(&page), marks(&page)), (vec!["85.50".to_owned()], ("[12]".to_owned(), Some(Footnote))));
    let level = page_of(&helvetica("85.50[1]", 50.0, 200.0));
    assert_eq!((texts(&level), marks(&level)), (vec!["85.50".to_owned()], ("[1]".to_owned(), Some(Footnote))));
}

#[test]
fn a_year_in_brackets_and_small_print_are_text() {
    let page = page_of(&(helvetica("85[2024]", 50.0, 200.0) + &at("12", 6.0, "1 0 0 1 150 200")));
    assert_eq!(marks(&page), (String::new(), None));
}

#[test]
fn pale_digits_over_a_figure_are_a_watermark() {
    let figure = helvetica("85.50", 50.0, 200.0);
    let page = page_of(&format!("{figure} 0.8 g {}", at("2024", 24.0, "1 0 0 1 30 195")));
    assert_eq!((texts(&page), marks(&page)), (vec!["85.50".to_owned()], ("2024".to_owned(), Some(Watermark))));
}

#[test]
fn tiles_of_a_watermark_are_known_by_those_over_text() {
    let tile = |y: u32| at("ab12", 9.0, &format!("1 0 0 1 50 {y}"));
    let tiles = format!("0.8 g {} {} {} 0 g ", tile(198), tile(100), tile(40));
    let page = page_of(&(tiles + &helvetica("85.50", 50.0, 200.0)));
    assert_eq!((texts(&page), marks(&page).0.len()), (vec!["85.50".to_owned()], 12));
}

#[test]
fn pale_text_beside_other_text_is_text() {
    let page = page_of(&format!("{} 0.6 g {}", helvetica("85.50", 50.0, 200.0), helvetica("0.00", 150.0, 200.0)));
    assert_eq!(marks(&page), (String::new(), None));
}

#[test]
fn red_letters_over_text_are_a_stamp_and_red_figures_are_figures() {
    let figure = helvetica("85.50", 50.0, 200.0);
    let stamped = page_of(&format!("{figure} 1 0 0 rg {}", at("VOID", 20.0, "1 0 0 1 45 195")));
    assert_eq!((texts(&stamped), marks(&stamped)), (vec!["85.50".to_owned()], ("VOID".to_owned(), Some(Stamp))));
    let corrected = page_of(&format!("{figure} 1 0 0 rg {}", at("90.00", 10.0, "1 0 0 1 52 200")));
    assert_eq!(marks(&corrected), (String::new(), None));
}

#[test]
fn a_stamp_on_a_circle_is_kept_apart_with_what_stands_inside() {
    let figure = helvetica("85.50", 50.0, 200.0);
    let mut content = format!("{figure} 1 0 0 rg ");
    for step in 0..8_u8 {
        let angle = f32::from(step) * 0.785 + 0.3;
        let (x, y) = (200.0 + 40.0 * angle.cos(), 150.0 + 40.0 * angle.sin());
        let (cos, sin) = ((angle - 1.57).cos(), (angle - 1.57).sin());
        content += &at("S", 10.0, &format!("{cos} {sin} {} {cos} {x} {y}", -sin));
    }
    content += &at("12", 8.0, "1 0 0 1 196 150");
    let page = page_of(&content);
    assert_eq!((texts(&page), marks(&page).0.len()), (vec!["85.50".to_owned()], 10));
}

#[test]
fn a_line_through_text_strikes_it_out_and_a_line_below_does_not() {
    let text = helvetica("200.00", 50.0, 200.0) + &helvetica("234.56", 100.0, 200.0);
    let struck = page_of(&format!("{text} 0.5 w 50 203 m 80.6 203 l S "));
    assert_eq!((texts(&struck), marks(&struck)), (vec!["234.56".to_owned()], ("200.00".to_owned(), Some(StruckOut))));
    let underlined = page_of(&format!("{text} 0.5 w 50 198.5 m 80.6 198.5 l S "));
    assert_eq!(marks(&underlined), (String::new(), None));
}

#[test]
fn a_page_askew_is_read_level() {
    let content = song("收入总表", 50.0, 200.0) + &song("合计", 250.0, 200.0) + "1 w 40 190 m 340 190 l S\n";
    let page = page_of(&format!("0.9998 0.0175 -0.0175 0.9998 0 0 cm {content}"));
    assert_eq!(texts(&page).len(), 1, "{:?}", texts(&page));
    assert_eq!(page.rulings.len(), 1);
    let baselines: Vec<f32> = page.glyphs.iter().map(|glyph| glyph.baseline).collect();
    assert!(baselines.iter().all(|baseline| is_near(*baseline, baselines[0])), "{baselines:?}");
}

#[test]
fn slanted_labels_side_by_side_are_a_header_and_one_alone_is_a_watermark() {
    let level = song("科目", 20.0, 100.0);
    let slanted = |x: u32| at("abc", 10.0, &format!("0.7071 0.7071 -0.7071 0.7071 {x} 100"));
    let page = page_of(&format!("{level}{}{}", slanted(100), slanted(160)));
    assert_eq!(characters(&page), "科目abcabc");
    assert_eq!(texts(&page).len(), 2, "{:?}", texts(&page));
    let alone = page_of(&format!("{level}{}", slanted(100)));
    assert_eq!(characters(&alone), "科目");
}
