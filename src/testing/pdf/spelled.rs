//! Small PDFs whose content and dictionaries a test spells out.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::bytes::{File, PAGES, stream};

/// The page that [`TestPdf::new`] makes, in points.
pub(crate) const PAGE_WIDTH: f32 = 400.0;

/// See [`PAGE_WIDTH`].
pub(crate) const PAGE_HEIGHT: f32 = 300.0;

/// A PDF to be. Its pages know the fonts `/Song` (ideographs and full-width forms, as hexadecimal UTF-16) and `/Helv`
/// (Latin letters and digits), neither of them embedded.
pub(crate) struct TestPdf {
    media_box: String,
    page_entries: String,
    fonts: String,
    resources: String,
    contents: Vec<String>,
    file: File,
}

impl TestPdf {
    /// A PDF with one page of [`PAGE_WIDTH`] × [`PAGE_HEIGHT`].
    pub(crate) fn new(content: impl Into<String>) -> Self {
        let mut pdf = Self {
            media_box: format!("0 0 {PAGE_WIDTH} {PAGE_HEIGHT}"),
            page_entries: String::new(),
            fonts: String::new(),
            resources: String::new(),
            contents: vec![content.into()],
            file: File::new(),
        };
        pdf.composite_font("Song", "STSong-Light", "UniGB-UCS2-H", "", "/Ordering (GB1)");
        let helvetica = pdf.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        pdf.font("Helv", helvetica);
        pdf
    }

    /// Changes the media box of all pages: left, bottom, right, top.
    pub(crate) fn media_box(&mut self, corners: &str) {
        corners.clone_into(&mut self.media_box);
    }

    /// Adds a page.
    pub(crate) fn page(&mut self, content: impl Into<String>) {
        self.contents.push(content.into());
    }

    /// Adds to the dictionary of every page.
    pub(crate) fn page_entry(&mut self, entry: &str) {
        self.page_entries += entry;
    }

    /// Gives the catalog a further entry.
    pub(crate) fn catalog_entry(&mut self, entry: &str) {
        self.file.catalog(entry);
    }

    /// Adds to the trailer.
    pub(crate) fn trailer_entry(&mut self, entry: &str) {
        self.file.trailer(entry);
    }

    /// Adds a category of resources (not fonts) to every page.
    pub(crate) fn resource(&mut self, entry: &str) {
        self.resources += entry;
    }

    /// Gives a font object a name on every page.
    pub(crate) fn font(&mut self, name: &str, object: usize) {
        self.fonts += &format!("/{name} {object} 0 R ");
    }

    /// Adds an object and returns its number.
    pub(crate) fn object(&mut self, body: impl Into<Vec<u8>>) -> usize {
        self.file.add(body)
    }

    /// Adds a stream and returns its number; `entries` go into its dictionary.
    pub(crate) fn stream(&mut self, entries: &str, data: &[u8]) -> usize {
        self.object(stream(entries, data))
    }

    /// Adds a composite font under `name`. `entries` go into its dictionary, `descendant` into that of its descendant
    /// (whose `/Ordering` must stand first, since it is wrapped in the character collection).
    pub(crate) fn composite_font(
        &mut self,
        name: &str,
        base_font: &str,
        encoding: &str,
        entries: &str,
        descendant: &str,
    ) {
        let (ordering, rest) = descendant.split_once(')').expect("an ordering");
        let descendant = self.object(format!(
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{base_font} \
             /CIDSystemInfo << /Registry (Adobe) {ordering}) /Supplement 0 >> {rest} >>"
        ));
        let font = self.object(format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /{base_font} /Encoding /{encoding} \
             /DescendantFonts [{descendant} 0 R] {entries} >>"
        ));
        self.font(name, font);
    }

    /// Adds a ToUnicode map from two-byte codes to texts and returns the entry that names it.
    pub(crate) fn unicode_map(&mut self, pairs: &[(u16, &str)]) -> String {
        let lines: String = pairs.iter().map(|(code, text)| format!("<{code:04X}> {}\n", utf16(text))).collect();
        let map = format!(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n\
             /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n\
             1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
             {} beginbfchar\n{lines}endbfchar\n\
             endcmap CMapName currentdict /CMap defineresource pop end end",
            pairs.len()
        );
        format!("/ToUnicode {} 0 R ", self.stream("", map.as_bytes()))
    }

    /// Adds a TrueType program, packed as they are, and returns the entry of the font descriptor that holds it.
    pub(crate) fn font_descriptor(&mut self, base_font: &str, program: &[u8]) -> String {
        let entries = format!("/Length1 {} /Filter /FlateDecode", program.len());
        let file = self.stream(&entries, &packed(program));
        let descriptor = self.object(format!(
            "<< /Type /FontDescriptor /FontName /{base_font} /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 \
             /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 /FontFile2 {file} 0 R >>"
        ));
        format!("/FontDescriptor {descriptor} 0 R ")
    }

    /// Adds a form and returns its number; it may use the fonts of the pages.
    pub(crate) fn form(&mut self, entries: &str, content: &str) -> usize {
        let entries = format!("/Type /XObject /Subtype /Form /Resources << /Font << {} >> >> {entries}", self.fonts);
        self.stream(&entries, content.as_bytes())
    }

    /// The bytes of the file.
    pub(crate) fn build(&self) -> Vec<u8> {
        let mut file = self.file.clone();
        let page = |content: &String| {
            let content = file.add(stream("", content.as_bytes()));
            file.add(format!(
                "<< /Type /Page /Parent {PAGES} 0 R /MediaBox [{}] /Contents {content} 0 R \
                 /Resources << /Font << {} >> {} >> {} >>",
                self.media_box, self.fonts, self.resources, self.page_entries
            ))
        };
        let pages: Vec<usize> = self.contents.iter().map(page).collect();
        file.pages(&pages);
        file.build()
    }
}

/// Bytes in zlib's format.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes all that is written")
}

/// A text as a hexadecimal UTF-16 string.
pub(crate) fn utf16(text: &str) -> String {
    let digits: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("<{digits}>")
}

/// Content that shows Chinese text of 10 points from a point on its baseline.
pub(crate) fn song(text: &str, x: f32, y: f32) -> String {
    shown("Song", &utf16(text), x, y)
}

/// Content that shows Latin text or digits of 10 points from a point on its baseline.
pub(crate) fn helvetica(text: &str, x: f32, y: f32) -> String {
    shown("Helv", &format!("({text})"), x, y)
}

/// Content that shows a string, as PDF writes it, in any font of the page, 10 points high.
pub(crate) fn shown(font: &str, string: &str, x: f32, y: f32) -> String {
    format!("BT /{font} 10 Tf 1 0 0 1 {x} {y} Tm {string} Tj ET\n")
}

/// Content that paints a black image of one pixel over a rectangle.
pub(crate) fn image(x: f32, y: f32, width: f32, height: f32) -> String {
    format!("q {width} 0 0 {height} {x} {y} cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x01 EI Q\n")
}
