//! Where text stands on the page as a reader sees it, and files that are damaged.

use super::super::triage::Triage;
use super::*;
use crate::document::DiagnosticKind;
use crate::document::ErrorKind;
use crate::document::geometry::Rect;
use crate::model::{Axis, Flow};
use crate::testing::pdf::spelled::{PAGE_HEIGHT, PAGE_WIDTH, helvetica, image, song};

/// A table corner: two words and two rulings, none of them symmetrical.
fn corner() -> String {
    song("收入", 50.0, 200.0) + &helvetica("12.5", 300.0, 250.0) + "0.5 w 40 190 m 200 190 l S 40 190 m 40 240 l S\n"
}

/// Content moved and turned by a matrix.
fn placed(matrix: &str, content: &str) -> String {
    format!("q {matrix} cm {content} Q")
}

/// Asserts that a page looks like the upright page with [`corner`].
fn assert_is_corner(page: &Page, what: &str) {
    let upright = page_of(&corner());
    assert!(is_near(page.width, PAGE_WIDTH) && is_near(page.height, PAGE_HEIGHT), "{what}: {page:?}");
    assert_eq!(characters(page), characters(&upright), "{what}");
    for (glyph, expected) in page.glyphs.iter().zip(&upright.glyphs) {
        assert!(are_near(&glyph.bbox, &expected.bbox), "{what}: {glyph:?}, not {expected:?}");
        assert!(is_near(glyph.baseline, expected.baseline), "{what}: {glyph:?}, not {expected:?}");
        assert_eq!((glyph.flow, glyph.size.round()), (expected.flow, expected.size.round()), "{what}");
    }
    assert_eq!(page.rulings.len(), 2, "{what}");
    for (ruling, expected) in page.rulings.iter().zip(&upright.rulings) {
        let same = ruling.axis == expected.axis
            && is_near(ruling.position, expected.position)
            && is_near(ruling.start, expected.start)
            && is_near(ruling.end, expected.end);
        assert!(same, "{what}: {ruling:?}, not {expected:?}");
    }
}

fn are_near(a: &Rect, b: &Rect) -> bool {
    is_near(a.x0, b.x0) && is_near(a.y0, b.y0) && is_near(a.x1, b.x1) && is_near(a.y1, b.y1)
}

/// Media box, matrix that turns the content against the rotation, and the rotation that undoes it.
const TURNS: [(&str, &str, u32); 3] = [
    ("0 0 300 400", "0 1 -1 0 300 0", 90),
    ("0 0 400 300", "-1 0 0 -1 400 300", 180),
    ("0 0 300 400", "0 -1 1 0 0 400", 270),
];

#[test]
fn an_upright_page_has_its_origin_above_left() {
    let page = page_of(&corner());
    let first = page.glyphs[0];
    assert!(are_near(&first.bbox, &Rect::from_corners(50.0, 91.2, 60.0, 101.2)), "{first:?}");
    assert!(is_near(first.baseline, 100.0) && is_near(first.size, 10.0) && first.flow == Flow::Right, "{first:?}");
    let [first, second] = &page.rulings[..] else { panic!("{:?}", page.rulings) };
    assert_eq!((first.axis, first.position, first.start, first.end), (Axis::Horizontal, 110.0, 40.0, 200.0));
    assert_eq!((second.axis, second.position, second.start, second.end), (Axis::Vertical, 40.0, 60.0, 110.0));
}

#[test]
fn a_rotated_page_is_read_as_shown() {
    for (media_box, matrix, rotate) in TURNS {
        let mut pdf = TestPdf::new(placed(matrix, &corner()));
        pdf.media_box(media_box);
        pdf.page_entry(&format!("/Rotate {rotate}"));
        assert_is_corner(&read(&pdf), &format!("/Rotate {rotate}"));
    }
}

#[test]
fn a_rotation_may_be_negative() {
    let (media_box, matrix, rotate) = TURNS[2];
    let mut pdf = TestPdf::new(placed(matrix, &corner()));
    pdf.media_box(media_box);
    pdf.page_entry(&format!("/Rotate {}", rotate as i32 - 360));
    assert_is_corner(&read(&pdf), "/Rotate -90");
}

#[test]
fn content_stored_turned_is_turned_upright() {
    for (media_box, matrix, rotate) in TURNS {
        let mut pdf = TestPdf::new(placed(matrix, &corner()));
        pdf.media_box(media_box);
        assert_is_corner(&read(&pdf), &format!("turned by {rotate}"));
    }
}

#[test]
fn a_few_turned_labels_do_not_turn_the_page() {
    let label = "BT /Song 10 Tf 0 1 -1 0 20 100 Tm <65395B8C> Tj ET";
    let page = page_of(&(song("部门收入总表", 50.0, 200.0) + label));
    assert!(is_near(page.width, PAGE_WIDTH));
    assert_eq!(texts(&page), ["部门收入总表", "改完"]);
    assert_eq!(page.glyphs[6].flow, Flow::Up);
}

#[test]
fn labels_turned_clockwise_read_downwards() {
    let label = "BT /Song 10 Tf 0 -1 1 0 20 200 Tm <65395B8C> Tj ET";
    let page = page_of(&(song("部门收入总表", 50.0, 200.0) + label));
    assert_eq!(texts(&page), ["部门收入总表", "改完"]);
    assert_eq!(page.glyphs[6].flow, Flow::Down);
}

#[test]
fn the_crop_box_is_the_page() {
    let mut pdf = TestPdf::new(placed("1 0 0 1 100 150", &corner()));
    pdf.media_box("0 0 600 500");
    pdf.page_entry("/CropBox [100 150 500 450]");
    assert_is_corner(&read(&pdf), "a crop box");
}

#[test]
fn text_outside_the_crop_box_is_hidden() {
    let mut pdf = TestPdf::new(song("不", 20.0, 200.0) + &song("见", 120.0, 200.0));
    pdf.page_entry("/CropBox [100 0 400 300]");
    let page = read(&pdf);
    assert_eq!((characters(&page), hidden(&page)), ("见".to_owned(), vec![('不', HiddenReason::Clipped)]));
}

#[test]
fn the_media_box_may_begin_anywhere() {
    let mut pdf = TestPdf::new(placed("1 0 0 1 -100 -150", &corner()));
    pdf.media_box("-100 -150 300 150");
    assert_is_corner(&read(&pdf), "a media box around the origin");
}

#[test]
fn a_crop_box_and_a_rotation_work_together() {
    let mut pdf = TestPdf::new(placed("0 1 -1 0 400 150", &corner()));
    pdf.media_box("0 0 500 600");
    pdf.page_entry("/CropBox [100 150 400 550] /Rotate 90");
    assert_is_corner(&read(&pdf), "a crop box and a rotation");
}

#[test]
fn a_form_places_its_text_by_its_matrix() {
    let mut pdf = TestPdf::new("q 1 0 0 1 5 0 cm /Form Do Q");
    let content = "BT /Song 5 Tf 20 30 Td <9884> Tj ET 20 30 m 60 30 l S";
    let form = pdf.form("/BBox [0 0 100 100] /Matrix [2 0 0 2 10 20]", content);
    pdf.resource(&format!("/XObject << /Form {form} 0 R >>"));
    let page = read(&pdf);
    assert_eq!(characters(&page), "预");
    let glyph = page.glyphs[0];
    assert!(is_near(glyph.bbox.x0, 55.0) && is_near(glyph.baseline, 220.0) && is_near(glyph.size, 10.0), "{glyph:?}");
    assert!(is_near(page.rulings[0].start, 55.0) && is_near(page.rulings[0].end, 135.0), "{:?}", page.rulings);
}

#[test]
fn a_form_hides_what_is_outside_its_box() {
    let mut pdf = TestPdf::new("/Form Do");
    let form = pdf.form("/BBox [0 0 100 300]", &(song("见", 50.0, 200.0) + &song("不", 150.0, 200.0)));
    pdf.resource(&format!("/XObject << /Form {form} 0 R >>"));
    assert_eq!(hidden(&read(&pdf)), [('不', HiddenReason::Clipped)]);
}

#[test]
fn a_transparent_group_hides_its_text() {
    let mut pdf = TestPdf::new(song("见", 50.0, 180.0) + "/Clear gs /Form Do");
    let group = "/BBox [0 0 400 300] /Group << /S /Transparency >>";
    let form = pdf.form(group, &song("不", 50.0, 200.0));
    pdf.resource(&format!("/XObject << /Form {form} 0 R >> /ExtGState << /Clear << /ca 0 >> >>"));
    let page = read(&pdf);
    assert_eq!((characters(&page), hidden(&page)), ("见".to_owned(), vec![('不', HiddenReason::Invisible)]));
}

#[test]
fn layers_that_are_off_are_not_read() {
    let line = "0.5 w 50 100 m 250 100 l S ";
    let mut pdf = TestPdf::new(
        "/OC /Draft BDC ".to_owned()
            + &song("不", 50.0, 200.0)
            + line
            + "EMC /OC /Final BDC "
            + &song("见", 50.0, 180.0)
            + "EMC",
    );
    let draft = pdf.object("<< /Type /OCG /Name (Draft) >>");
    let last = pdf.object("<< /Type /OCG /Name (Final) >>");
    pdf.catalog_entry(&format!("/OCProperties << /OCGs [{draft} 0 R {last} 0 R] /D << /OFF [{draft} 0 R] >> >>"));
    pdf.resource(&format!("/Properties << /Draft {draft} 0 R /Final {last} 0 R >>"));
    let page = read(&pdf);
    assert_eq!((characters(&page).as_str(), page.rulings.len()), ("见", 0));
}

#[test]
fn kerning_scaling_and_rise_move_the_text() {
    let page = page_of("BT /Helv 10 Tf 50 200 Td 200 Tz [(1) -1000 (2)] TJ 100 Tz 2 Tc 3 Ts (3) Tj ET");
    let [one, two, three] = &page.glyphs[..] else { panic!("{:?}", page.glyphs) };
    assert!(is_near(one.bbox.width(), 11.12), "stretched: {one:?}");
    assert!(is_near(two.bbox.x0, one.bbox.x1 + 20.0), "moved: {two:?}");
    assert!(is_near(three.baseline, 97.0), "raised: {three:?}");
}

#[test]
fn a_page_may_count_downwards() {
    let content = "q 1 0 0 -1 0 300 cm BT /Song 1 Tf 10 0 0 -10 50 100 Tm <98847B97> Tj ET \
                   0.5 w 40 110 m 200 110 l S Q";
    let page = page_of(content);
    assert!(are_near(&page.glyphs[1].bbox, &Rect::from_corners(60.0, 91.2, 70.0, 101.2)), "{:?}", page.glyphs);
    assert!(is_near(page.glyphs[0].size, 10.0) && page.glyphs[0].flow == Flow::Right);
    assert!(is_near(page.rulings[0].position, 110.0));
}

#[test]
fn pages_come_in_their_order() {
    let mut pdf = TestPdf::new(song("一", 50.0, 200.0));
    pdf.page("");
    pdf.page(song("三", 50.0, 200.0));
    let pages = read_pages(&pdf.build()).expect("a PDF");
    let read: Vec<(u32, String)> = pages.iter().map(|page| (page.number.0, characters(page))).collect();
    assert_eq!(read, [(1, "一".to_owned()), (2, String::new()), (3, "三".to_owned())]);
}

/// A file with one line of text, in two pieces: up to the cross-reference table, and the rest.
fn split_at_table() -> (Vec<u8>, Vec<u8>) {
    let mut body = TestPdf::new(song("预算", 50.0, 200.0)).build();
    let table = body.windows(5).rposition(|bytes| bytes == b"xref\n").expect("startxref") - 5;
    let table = body[..table].windows(5).rposition(|bytes| bytes == b"xref\n").expect("a table");
    let rest = body.split_off(table);
    (body, rest)
}

fn first_text(file: &[u8]) -> Vec<String> {
    texts(&read_pages(file).expect("a PDF")[0])
}

#[test]
fn a_file_without_table_and_trailer_is_read() {
    let (body, _) = split_at_table();
    assert_eq!(first_text(&body), ["预算"]);
}

#[test]
fn a_file_with_a_wrong_start_of_its_table_is_read() {
    let (body, rest) = split_at_table();
    let rest = String::from_utf8(rest).expect("ASCII");
    let (table, _) = rest.split_once("startxref").expect("a start");
    for start in ["0", "7", "999999", "-1", ""] {
        let file = [&body, format!("{table}startxref\n{start}\n%%EOF\n").as_bytes()].concat();
        assert_eq!(first_text(&file), ["预算"], "{start}");
    }
}

#[test]
fn a_table_with_wrong_offsets_is_made_anew() {
    let file = TestPdf::new(song("预算", 50.0, 200.0)).build();
    let moved = [b"\n\n\n\n", &file[..]].concat();
    assert_eq!(first_text(&moved), ["预算"], "bytes before the header");
    let (body, rest) = split_at_table();
    let rest = String::from_utf8(rest).expect("ASCII").replace(" 00000 n", "1 0000 n");
    assert_eq!(first_text(&[&body, rest.as_bytes()].concat()), ["预算"], "a garbled table");
}

#[test]
fn a_content_stream_of_the_wrong_length_is_read() {
    let file = TestPdf::new(song("预算", 50.0, 200.0)).build();
    let contents = file.windows(8).rposition(|bytes| bytes == b"/Length ").expect("a length") + 8;
    for digits in [b"99", b"00"] {
        let mut damaged = file.clone();
        damaged[contents..contents + 2].copy_from_slice(digits);
        assert_eq!(first_text(&damaged), ["预算"], "{digits:?}");
    }
}

#[test]
fn what_is_no_pdf_is_said_to_be_none() {
    for file in [&b""[..], b"hello", b"PK\x03\x04 a spreadsheet", &[0; 4096]] {
        assert_eq!(read_pages(file).expect_err("no PDF").kind(), ErrorKind::NotAPdf);
    }
}

#[test]
fn a_header_without_pages_is_damaged() {
    let (body, rest) = split_at_table();
    let empty = String::from_utf8(rest).expect("ASCII");
    for file in [&b"%PDF-1.7\n"[..], &body[..40], empty.replacen("xref", "%PDF-1.4\nxref", 1).as_bytes()] {
        assert_eq!(read_pages(file).expect_err("no pages").kind(), ErrorKind::Damaged);
    }
}

#[test]
fn a_file_that_needs_a_password_is_encrypted() {
    let mut pdf = TestPdf::new(song("预算", 50.0, 200.0));
    let key = "5A".repeat(32);
    pdf.trailer_entry(&format!(
        "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{key}> /U <{key}> >>"
    ));
    assert_eq!(read_pages(&pdf.build()).expect_err("a password").kind(), ErrorKind::Encrypted);
}

/// Whether the second page is said to be a picture.
fn is_picture_only(content: &str) -> bool {
    let mut pdf = TestPdf::new(song("收入总表", 50.0, 200.0));
    pdf.page(content);
    let (pages, damage) = read_with_damage(&pdf.build()).expect("two pages");
    let mut diagnostics = Vec::new();
    super::super::diagnose::diagnose(&pages, &damage, &Triage::default(), &mut diagnostics).expect("a document");
    diagnostics.iter().any(|found| found.kind() == DiagnosticKind::PictureOnly)
}

#[test]
fn a_picture_below_a_caption_is_what_the_caption_names() {
    let (caption, small) = (song("支出总表", 50.0, 280.0), image(50.0, 50.0, 120.0, 80.0));
    assert!(is_picture_only(&format!("{caption}{small}")));
    assert!(!is_picture_only(&format!("{caption}{}", image(50.0, 50.0, 20.0, 20.0))), "a sign");
    let long = song(&"支出总表附表说明见下图所示".repeat(5), 5.0, 280.0);
    let large = image(50.0, 50.0, 250.0, 150.0);
    assert!(is_picture_only(&format!("{long}{large}")));
    assert!(!is_picture_only(&format!("{long}{large}{}", song("完。", 50.0, 20.0))), "prose");
    assert!(!is_picture_only(&format!("{long}{large} 0 10 m 300 10 l S")), "a table beside it");
}
