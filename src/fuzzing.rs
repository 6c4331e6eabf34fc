//! Entries for the fuzz targets in `fuzz/`, which reach stages that are not public. Built only under `cargo fuzz`.

use crate::conversion::Conversion;
use crate::conversion::{Options, convert};
use crate::document::ErrorKind;
use crate::document::geometry::Rect;
use crate::document::{Narrative, PageNumber, Section};
use crate::language::vocabulary::Vocabulary;
use crate::language::years::year_in;
use crate::language::{amount, ordinals};
use crate::model::{Axis, Flow, Glyph, Page, Ruling};
use crate::parse;
use crate::text::{captions, lines, reflow};

/// Characters that the layout and the words of the field are sensitive to; a byte chooses one.
const CHARACTERS: &str = "0123456789.,-%（）()：、，。；“”款项类合计小其中收入支出预算表总万元单位年一二三四五六七八九十\
    第部分公开科目编码名称基本项目绩效标指级值≥≤ab/";

/// Reads any bytes as a PDF.
///
/// # Panics
/// Where `convert` reports a defect.
pub fn reading(bytes: &[u8]) {
    if let Err(error) = convert(bytes, &Options::default()) {
        assert_ne!(error.kind(), ErrorKind::Internal, "{error}");
    }
}

/// Lays out pages of any rulings and characters, and goes on to the checks. Six bytes are one mark; a first byte of
/// 255 turns the page.
pub fn grid(bytes: &[u8]) {
    let mut pages = vec![page(1)];
    for mark in bytes.chunks_exact(6) {
        let number = pages.len() as u32;
        match pages.last_mut() {
            Some(page) if mark[0] != 255 => draw(mark, page),
            _ => pages.push(page(number + 1)),
        }
    }
    understand(pages);
}

/// Reads any text as the paragraphs of a narrative.
pub fn prose(text: &str) {
    let paragraphs = text.lines().map(str::to_owned).collect();
    let section = Section { number: None, title: "一、说明".to_owned(), paragraphs, pages: vec![PageNumber(1)] };
    let _ = parse::statements_of(&Narrative { sections: vec![section] }, None, &[]);
    understand(vec![set(text)]);
}

/// Gives any text to the functions that read a cell, a heading or a line.
pub fn text(text: &str) {
    let Ok(vocabulary) = Vocabulary::national() else { return };
    let _ = amount::parse(text);
    let _ = amount::is_dash(text);
    let _ = ordinals::leading(text);
    let _ = ordinals::chinese_value(text);
    let _ = captions::read_piece(text, vocabulary);
    let _ = year_in(text);
    let _ = (vocabulary.table_kind(text), vocabulary.measure(text), vocabulary.unit_in(text));
    let mut page = set(text);
    let lines = lines::lines(&mut page.glyphs);
    let joined = reflow::text(&lines);
    let printed: usize = lines.iter().map(|line| line.glyphs.len()).sum();
    assert!(joined.chars().filter(|character| *character != ' ').count() >= printed.min(1));
    let mut twice = joined.clone();
    reflow::join(&mut twice, &joined);
}

/// Reads any text as a dump of a budget.
///
/// # Panics
/// Where `convert` reports a defect.
pub fn dump(text: &str) {
    // What a file needs to be taken for a dump.
    let head = "某市人民政府办公室二〇二三年部门预算公开表\n部门名称：某市人民政府办公室 单位：万元\n";
    reading(format!("{head}{text}").as_bytes());
}

/// Every stage after reading.
fn understand(pages: Vec<Page>) {
    let options = Options::default();
    let Ok(conversion) = Conversion::new(Vec::new(), &options) else { return };
    let mut conversion = conversion.with_pages(pages);
    let _ = conversion.lay_out();
    let _ = conversion.segment();
    let _ = conversion.parse();
    conversion.account();
    conversion.state_facts();
    let _ = conversion.check();
}

fn page(number: u32) -> Page {
    Page {
        number: PageNumber(number),
        width: 600.0,
        height: 800.0,
        glyphs: Vec::new(),
        rulings: Vec::new(),
        hidden: Vec::new(),
        cut: Vec::new(),
        unmapped: 0,
        marks: Vec::new(),
        left_out: 0,
        full: false,
        image_share: 0.0,
        recognised: false,
    }
}

/// One mark: what it is, where, how long or which character, and how thick or large.
fn draw(mark: &[u8], page: &mut Page) {
    let (x, y) = (f32::from(mark[1]) * 2.5, f32::from(mark[2]) * 3.25);
    let (kind, which, size) = (mark[0], mark[3], 1.0 + f32::from(mark[4]) / 8.0);
    if kind < 128 {
        let (axis, position, start) = if kind % 2 == 0 { (Axis::Horizontal, y, x) } else { (Axis::Vertical, x, y) };
        let end = start + f32::from(which) * 3.0;
        page.rulings.push(Ruling { axis, position, start, end, thickness: f32::from(mark[4] % 4) });
        return;
    }
    let character = CHARACTERS.chars().nth(usize::from(which) % CHARACTERS.chars().count()).unwrap_or('0');
    let flow = if mark[5] < 240 { Flow::Right } else { Flow::Down };
    page.glyphs.push(glyph(character, x, y, size, flow));
}

fn glyph(character: char, x: f32, y: f32, size: f32, flow: Flow) -> Glyph {
    let bbox = Rect::from_corners(x, y - 0.88 * size, x + size, y + 0.12 * size);
    Glyph { character, bbox, baseline: y, size, flow, space_before: false }
}

/// A text set in lines of ten points.
fn set(text: &str) -> Page {
    let mut page = page(1);
    for (row, line) in text.lines().enumerate() {
        for (column, character) in line.chars().filter(|character| !character.is_whitespace()).enumerate() {
            let (x, y) = (50.0 + 10.0 * column as f32, 50.0 + 14.0 * row as f32);
            page.glyphs.push(glyph(character, x, y, 10.0, Flow::Right));
        }
    }
    page
}
