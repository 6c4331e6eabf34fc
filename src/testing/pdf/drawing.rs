//! Pages of texts and lines as office software draws them, written by pdf-writer.
//!
//! Knows nothing of the crate, so that tests outside of it can take it in by its path. Lengths are points; y grows down
//! from the upper left corner of the page.

use pdf_writer::types::{CidFontType, SystemInfo};
use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str};

/// The fonts of every page; neither is embedded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Face {
    /// Ideographs, and other characters half as wide.
    Song,
    /// Letters and digits.
    Helvetica,
}

impl Face {
    /// Advance of a character in ems.
    pub fn advance(self, character: char) -> f32 {
        match (self, character) {
            (_, character) if !character.is_ascii() => 1.0,
            (Self::Song, _) => 0.5,
            (Self::Helvetica, '0'..='9') => 0.556,
            (Self::Helvetica, '-' | '(' | ')') => 0.333,
            (Self::Helvetica, '%') => 0.889,
            (Self::Helvetica, '>' | '=' | '<') => 0.584,
            (Self::Helvetica, _) => 0.278,
        }
    }

    /// Width of a text of a size.
    pub fn width(self, text: &str, size: f32) -> f32 {
        text.chars().map(|character| self.advance(character)).sum::<f32>() * size
    }

    fn name(self) -> Name<'static> {
        match self {
            Self::Song => Name(b"Song"),
            Self::Helvetica => Name(b"Helv"),
        }
    }
}

/// A page in the making.
#[derive(Clone, Debug)]
pub struct DrawnPage {
    pub width: f32,
    pub height: f32,
    /// What is drawn on it; each mark stands alone, so that their order means nothing.
    pub marks: Vec<Vec<u8>>,
}

impl DrawnPage {
    pub fn new(width: f32, height: f32) -> Self {
        Self { width, height, marks: Vec::new() }
    }

    /// A text from its left end on a baseline.
    pub fn text(&mut self, text: &str, face: Face, size: f32, x: f32, baseline: f32) {
        let string: Vec<u8> = match face {
            Face::Song => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Face::Helvetica => text.bytes().collect(),
        };
        let up = self.height - baseline;
        self.mark(|content| {
            content.begin_text().set_font(face.name(), size).set_text_matrix([1.0, 0.0, 0.0, 1.0, x, up]);
            content.show(Str(&string)).end_text();
        });
    }

    /// A stroke between two points.
    pub fn stroke(&mut self, width: f32, (x0, y0): (f32, f32), (x1, y1): (f32, f32)) {
        let height = self.height;
        self.mark(|content| {
            content.set_line_width(width).move_to(x0, height - y0).line_to(x1, height - y1).stroke();
        });
    }

    /// A filled rectangle.
    pub fn bar(&mut self, [x0, y0, x1, y1]: [f32; 4]) {
        let height = self.height;
        self.mark(|content| {
            content.rect(x0, height - y1, x1 - x0, y1 - y0).fill_nonzero();
        });
    }

    /// The outline of a rectangle.
    pub fn frame(&mut self, width: f32, [x0, y0, x1, y1]: [f32; 4]) {
        let height = self.height;
        self.mark(|content| {
            content.set_line_width(width).rect(x0, height - y1, x1 - x0, y1 - y0).stroke();
        });
    }

    fn mark(&mut self, draw: impl FnOnce(&mut Content)) {
        let mut content = Content::new();
        draw(&mut content);
        let mut mark = content.finish().into_vec();
        mark.push(b'\n');
        self.marks.push(mark);
    }
}

/// The file of some pages.
pub fn pdf(pages: &[DrawnPage]) -> Vec<u8> {
    const CATALOG: Ref = Ref::new(1);
    const TREE: Ref = Ref::new(2);
    const SONG: Ref = Ref::new(3);
    const SONG_GLYPHS: Ref = Ref::new(4);
    const HELVETICA: Ref = Ref::new(5);
    let page = |index: usize| Ref::new(6 + 2 * index as i32);
    let content = |index: usize| Ref::new(7 + 2 * index as i32);

    let mut pdf = Pdf::new();
    pdf.catalog(CATALOG).pages(TREE);
    pdf.pages(TREE).kids((0..pages.len()).map(page)).count(pages.len() as i32);
    let song = Name(b"STSong-Light");
    pdf.type0_font(SONG).base_font(song).encoding_predefined(Name(b"UniGB-UCS2-H")).descendant_font(SONG_GLYPHS);
    let mut glyphs = pdf.cid_font(SONG_GLYPHS);
    glyphs.subtype(CidFontType::Type2).base_font(song).default_width(1000.0);
    glyphs.system_info(SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"GB1"), supplement: 0 });
    glyphs.widths().same(1, 95, 500.0); // the characters of ASCII
    glyphs.finish();
    pdf.type1_font(HELVETICA).base_font(Name(b"Helvetica")).encoding_predefined(Name(b"WinAnsiEncoding"));
    for (index, drawn) in pages.iter().enumerate() {
        let mut dictionary = pdf.page(page(index));
        dictionary.parent(TREE).media_box(Rect::new(0.0, 0.0, drawn.width, drawn.height)).contents(content(index));
        let mut resources = dictionary.resources();
        resources.fonts().pair(Face::Song.name(), SONG).pair(Face::Helvetica.name(), HELVETICA);
        resources.finish();
        dictionary.finish();
        pdf.stream(content(index), &drawn.marks.concat());
    }
    pdf.finish()
}
