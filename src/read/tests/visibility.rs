//! Text drawn twice, and text that is drawn but not seen.

use super::*;
use crate::document::HiddenReason::*;
use crate::testing::pdf::spelled::{helvetica, image, song};

#[test]
fn text_filled_then_stroked_is_read_once() {
    let page = page_of(&format!("2 Tr {} {}", song("合计", 50.0, 200.0), helvetica("1100.00", 70.0, 200.0)));
    assert_eq!(page.glyphs.len(), 18, "the glyphs come twice");
    assert_eq!(texts(&page), ["合计1100.00"]);
}

#[test]
fn fake_bold_by_an_offset_is_read_once() {
    let once = song("小计", 50.0, 200.0) + &helvetica("1100.00", 70.0, 200.0);
    let again = song("小计", 50.3, 200.0) + &helvetica("1100.00", 70.3, 200.0);
    assert_eq!(texts(&page_of(&(once + &again))), ["小计1100.00"]);
}

#[test]
fn a_doubled_character_is_no_fake_bold() {
    let page = page_of(&(song("人人", 50.0, 200.0) + &helvetica("..1111", 70.0, 200.0)));
    assert_eq!(texts(&page), ["人人..1111"]);
}

#[test]
fn text_in_the_invisible_mode_is_hidden() {
    let page = page_of(&format!("{} 3 Tr {}", song("见", 50.0, 200.0), song("不", 50.0, 180.0)));
    assert_eq!((characters(&page), hidden(&page)), ("见".to_owned(), vec![('不', Invisible)]));
}

#[test]
fn fully_transparent_text_is_hidden() {
    let mut pdf = TestPdf::new(song("见", 50.0, 200.0) + "/Clear gs " + &song("不", 50.0, 180.0));
    pdf.resource("/ExtGState << /Clear << /ca 0 >> >>");
    let page = read(&pdf);
    assert_eq!((characters(&page), hidden(&page)), ("见".to_owned(), vec![('不', Invisible)]));
}

#[test]
fn the_invisible_text_of_a_scan_is_kept_and_named() {
    let page = page_of(&format!("{} 3 Tr {}", image(0.0, 0.0, 400.0, 300.0), song("预算", 50.0, 200.0)));
    assert_eq!((characters(&page).as_str(), page.recognised), ("预算", true));
    assert_eq!(hidden(&page), []);
    assert!(is_near(page.image_share, 1.0), "{}", page.image_share);
}

#[test]
fn invisible_text_beside_an_image_and_visible_text_stays_hidden() {
    let content = image(50.0, 50.0, 40.0, 30.0) + &song("见", 50.0, 200.0) + "3 Tr " + &song("不", 50.0, 180.0);
    let page = page_of(&content);
    assert_eq!((characters(&page).as_str(), page.recognised), ("见", false));
    assert_eq!(hidden(&page), [('不', Invisible)]);
    assert!(is_near(page.image_share, 0.01), "{}", page.image_share);
}

#[test]
fn invisible_text_without_an_image_is_no_scan() {
    let page = page_of(&format!("3 Tr {}", song("不", 50.0, 180.0)));
    assert_eq!((characters(&page).as_str(), page.recognised), ("", false));
}

#[test]
fn text_outside_the_clip_is_hidden() {
    let page = page_of(&format!("q 0 0 100 300 re W n {} Q {}", song("不", 200.0, 200.0), song("见", 200.0, 180.0)));
    assert_eq!((characters(&page), hidden(&page)), ("见".to_owned(), vec![('不', Clipped)]));
}

#[test]
fn clips_within_clips_cut_together() {
    let clips = "q 0 0 220 300 re W n 200 0 200 300 re W n";
    let content = format!("{clips} {} {} Q", song("见", 205.0, 200.0), song("不也", 225.0, 200.0));
    let page = page_of(&content);
    assert_eq!((characters(&page), hidden(&page)), ("见".to_owned(), vec![('不', Clipped), ('也', Clipped)]));
}

#[test]
fn text_outside_the_page_is_hidden() {
    let page = page_of(&(song("不", -40.0, 200.0) + &song("不", 50.0, 320.0)));
    assert_eq!(hidden(&page), [('不', Clipped), ('不', Clipped)]);
}

#[test]
fn hanging_punctuation_may_lose_its_blank_half() {
    let clipped_at = |right: f32| format!("q 0 0 {right} 300 re W n {} Q", song("算，", 50.0, 200.0));
    assert_eq!(characters(&page_of(&clipped_at(65.0))), "算，");
    assert_eq!(characters(&page_of(&clipped_at(62.0))), "算", "a fifth of a character is not seen");
}

#[test]
fn white_on_white_is_hidden() {
    for white in ["1 g", "1 1 1 rg", "0 0 0 0 k", "0.98 g"] {
        let page = page_of(&format!("{white} {}", song("不", 50.0, 200.0)));
        assert_eq!(hidden(&page), [('不', BackgroundColour)], "{white}");
    }
}

#[test]
fn white_on_a_dark_cell_is_seen() {
    let page = page_of(&format!("0.1 0.2 0.5 rg 40 190 100 30 re f 1 g {}", song("科目", 50.0, 200.0)));
    assert_eq!((characters(&page).as_str(), hidden(&page)), ("科目", vec![]));
}

#[test]
fn white_on_a_picture_is_seen() {
    let page = page_of(&format!("{} 1 g {}", image(0.0, 0.0, 400.0, 300.0), song("预算", 50.0, 200.0)));
    assert_eq!((characters(&page).as_str(), hidden(&page)), ("预算", vec![]));
}

#[test]
fn white_on_a_dark_shape_with_round_corners_is_seen() {
    let shape = "40 190 m 140 190 l 145 190 150 195 150 200 c 150 220 l 40 220 l h f";
    let page = page_of(&format!("0.1 0.2 0.5 rg {shape} 1 g {}", song("预算", 50.0, 200.0)));
    assert_eq!((characters(&page).as_str(), hidden(&page)), ("预算", vec![]));
}

#[test]
fn white_on_a_dark_gradient_is_seen() {
    let painted = ["/Pattern cs /P scn 40 190 100 30 re f", "q 40 190 100 30 re W n /S sh Q"];
    for paint in painted {
        let mut pdf = TestPdf::new(format!("{paint} 1 g {}", song("预算", 50.0, 200.0)));
        let shading = pdf.object(
            "<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [40 0 140 0] /Extend [true true] \
             /Function << /FunctionType 2 /Domain [0 1] /C0 [0 0 0.4] /C1 [0.2 0 0] /N 1 >> >>",
        );
        let pattern = pdf.object(format!("<< /Type /Pattern /PatternType 2 /Shading {shading} 0 R >>"));
        pdf.resource(&format!("/Shading << /S {shading} 0 R >> /Pattern << /P {pattern} 0 R >>"));
        let page = read(&pdf);
        assert_eq!((characters(&page).as_str(), hidden(&page)), ("预算", vec![]), "{paint}");
    }
}

#[test]
fn text_in_the_colour_of_its_cell_is_hidden() {
    let page = page_of(&format!("0.1 0.2 0.5 rg 40 190 100 30 re f {}", song("不", 50.0, 200.0)));
    assert_eq!(hidden(&page), [('不', BackgroundColour)]);
}

#[test]
fn text_painted_over_is_hidden() {
    for cover in ["1 g", "0.8 1 0.8 rg"] {
        let page =
            page_of(&format!("{} {cover} 40 190 100 30 re f 0 g {}", song("旧", 50.0, 200.0), song("新", 50.0, 200.0)));
        assert_eq!((characters(&page), hidden(&page)), ("新".to_owned(), vec![('旧', Covered)]), "{cover}");
    }
}

#[test]
fn a_see_through_area_covers_nothing() {
    let mut pdf = TestPdf::new(song("见", 50.0, 200.0) + "/Half gs 1 1 0 rg 40 190 100 30 re f");
    pdf.resource("/ExtGState << /Half << /ca 0.5 >> >>");
    assert_eq!(hidden(&read(&pdf)), []);
}

#[test]
fn an_area_covers_no_more_than_its_clip_shows_of_it() {
    let page = page_of(&format!("{} q 0 0 400 100 re W n 1 g 0 0 400 300 re f Q", song("见", 50.0, 200.0)));
    assert_eq!(hidden(&page), []);
}

#[test]
fn a_round_shape_does_not_cover_the_corners_of_its_box() {
    let disc = "100 50 m 200 50 200 250 100 250 c 0 250 0 50 100 50 c f";
    let page = page_of(&format!("{} 1 1 0 rg {disc}", song("见", 30.0, 235.0)));
    assert_eq!(hidden(&page), []);
}

#[test]
fn multiplied_shading_covers_nothing() {
    let mut pdf = TestPdf::new(song("见", 50.0, 200.0) + "/Marker gs 1 1 0 rg 40 190 100 30 re f");
    pdf.resource("/ExtGState << /Marker << /BM /Multiply >> >>");
    assert_eq!(hidden(&read(&pdf)), []);
}

#[test]
fn a_slanted_watermark_is_hidden() {
    let slanted = "BT /Song 30 Tf 0.7071 0.7071 -0.7071 0.7071 100 100 Tm <5BA1> Tj ET ";
    let page = page_of(&(slanted.to_owned() + &song("见", 50.0, 200.0)));
    assert_eq!((characters(&page), hidden(&page)), ("见".to_owned(), vec![('审', Slanted)]));
}

#[test]
fn italics_are_not_slanted() {
    let page = page_of("BT /Song 10 Tf 1 0 0.33 1 50 200 Tm <9884> Tj ET");
    assert_eq!((characters(&page).as_str(), hidden(&page)), ("预", vec![]));
}

/// A text of eight characters, 10 points each, in a cell that shows the first six; what stands in the next cell.
fn in_cell(width: f32, text: &str, next: &str) -> Page {
    let cell = |x: f32, width: f32, text: &str| format!("q {x} 90 {width} 30 re W n ") + &song(text, x, 100.0) + "Q ";
    page_of(&(cell(50.0, width, text) + &cell(50.0 + width, 60.0, next)))
}

#[test]
fn a_text_cut_by_its_cell_is_read_whole() {
    let page = in_cell(60.0, "对个人和家庭的补助", "1.50");
    assert_eq!(texts(&page), ["对个人和家庭的补助1.50"]);
    let last = page.glyphs.iter().find(|glyph| glyph.character == '助').expect("the end");
    assert!(last.bbox.x1 < 111.0, "it lies in its cell: {:?}", last.bbox);
    assert_eq!(page.cut.iter().map(|cut| cut.text.as_str()).collect::<Vec<_>>(), ["对个人和家庭的补助"]);
    assert!(page.hidden.is_empty());
}

#[test]
fn a_figure_or_what_the_page_cuts_is_not_completed() {
    let figure = in_cell(20.0, "1,234.56", "");
    assert!(figure.cut.is_empty() && hidden(&figure).contains(&('6', Clipped)));
    let by_the_page = in_cell(300.0, "对个人和家庭的补助对个人和家庭的补助对个人和家庭的补助对个人和家庭的补助", "");
    assert!(by_the_page.cut.is_empty() && !by_the_page.hidden.is_empty());
}

#[test]
fn the_last_line_of_a_low_row_belongs_to_its_text() {
    let row = |top: f32, text: &[&str]| {
        let lines: Vec<String> =
            text.iter().zip(0_u8..).map(|(line, at)| song(line, 50.0, top - 11.0 - 13.0 * f32::from(at))).collect();
        format!("q 50 {} 62 14 re W n {} Q ", top - 14.0, lines.concat())
    };
    let page = page_of(&(row(200.0, &["个人和家庭的", "补助"]) + &row(186.0, &["印刷费"])));
    assert_eq!(texts(&page), ["个人和家庭的补助", "印刷费"]);
    // The lowest row of a page may go on overleaf.
    let page = page_of(&row(200.0, &["个人和家庭的", "补助"]));
    assert_eq!((texts(&page), page.hidden.len()), (vec!["个人和家庭的".to_owned()], 2));
}

#[test]
fn a_line_cut_in_halves_stays_in_its_row() {
    let row = |top: f32, lines: &[&str]| {
        let lines: Vec<String> =
            lines.iter().zip(0_u8..).map(|(line, at)| song(line, 50.0, top - 9.0 - 11.0 * f32::from(at))).collect();
        format!("q 50 {} 62 16 re W n {} Q ", top - 16.0, lines.concat())
    };
    let foot = |page: &Page| {
        let half = page.glyphs.iter().find(|glyph| glyph.character == '补').expect("half a line");
        half.bbox.center().1
    };
    let followed = page_of(&(row(200.0, &["个人和家庭的", "补助"]) + &row(184.0, &["印刷费"])));
    let border = 300.0 - 184.0;
    assert!(foot(&followed) < border);
    let lowest = page_of(&row(200.0, &["个人和家庭的", "补助"]));
    assert!(foot(&lowest) > border);
}
