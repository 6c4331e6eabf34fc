//! Glyphs → characters.
//!
//! A glyph's character comes from, in this order: the font's ToUnicode map, its glyph names or predefined encoding
//! (all three by hayro), the embedded font program's own `cmap` read backwards, the predefined CMap and character
//! collection that the font dictionary names. A glyph that none of them knows stays unmapped: characters are never
//! invented.

use hayro_interpret::font::{Glyph as PdfGlyph, OutlineGlyph};
use hayro_interpret::hayro_cmap::{self, BfString, CMap, CMapName, CidFamily};
use rustc_hash::FxHashMap;
use skrifa::MetadataProvider;
use unicode_normalization::UnicodeNormalization;

use super::font_programs;
use super::ideographs::EQUIVALENT_UNIFIED_IDEOGRAPHS;
use super::triage::{self, FontEntry};

/// What a glyph stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Character {
    /// One character.
    One(char),
    /// Several characters, as a ligature.
    Several(String),
    /// White space.
    Space,
    /// Nothing that is seen or said, as a zero-width joiner.
    Nothing,
    /// A glyph that nobody can name.
    Unmapped,
}

/// Finds the characters of one document's glyphs, and remembers what it had to look up the hard way.
pub(super) struct CharacterFinder<'d> {
    file: &'d [u8],
    fonts: Option<Vec<FontEntry>>,
    unencoded: Vec<UnencodedFont>,
    /// Which of the unencoded fonts the text being read is in, once that is known.
    run_font: Option<Option<usize>>,
    missed_a_program: bool,
    reverse_cmaps: FxHashMap<u128, FxHashMap<u32, char>>,
    collections: FxHashMap<String, Option<CollectionMap>>,
}

/// A TrueType font without an encoding: its name and the length of its program tell it from others.
struct UnencodedFont {
    name: String,
    program_length: usize,
    to_unicode: Option<CMap>,
}

/// Code → CID → Unicode for a font that names a predefined CMap or character collection.
struct CollectionMap {
    encoding: CMap,
    unicode: CMap,
}

impl<'d> CharacterFinder<'d> {
    /// `file` is the whole PDF: its font dictionaries are read only when a glyph needs them.
    pub(super) fn new(file: &'d [u8]) -> Self {
        Self {
            file,
            fonts: None,
            unencoded: Vec::new(),
            run_font: None,
            missed_a_program: false,
            reverse_cmaps: FxHashMap::default(),
            collections: FxHashMap::default(),
        }
    }

    /// Notes a TrueType font that has no encoding. Its codes are positions in the font; hayro reads those that the
    /// ToUnicode map leaves out by the standard Latin encoding, which would invent characters.
    pub(super) fn note_unencoded(&mut self, name: &str, program_length: usize, to_unicode: Option<&[u8]>) {
        let to_unicode = to_unicode.and_then(|map| CMap::parse(map, hayro_cmap::load_embedded));
        self.unencoded.push(UnencodedFont { name: triage::base_name(name).to_owned(), program_length, to_unicode });
    }

    /// Whether a character could only have been found in a font program that was left out.
    pub(super) fn missed_a_program(&self) -> bool {
        self.missed_a_program
    }

    /// Begins a run of glyphs, all in one font.
    pub(super) fn begin_run(&mut self) {
        self.run_font = None;
    }

    /// The character of a glyph.
    pub(super) fn find(&mut self, glyph: &PdfGlyph<'_>) -> Character {
        if !self.unencoded.is_empty()
            && let PdfGlyph::Outline(outline) = glyph
            && let Some(found) = self.find_unencoded(outline)
        {
            return found;
        }
        let direct = glyph.as_unicode().map(classify).unwrap_or(Character::Unmapped);
        match (direct, glyph) {
            (Character::Unmapped, PdfGlyph::Outline(outline)) => self.find_in_font(outline),
            (known, _) => known,
        }
    }

    /// The character of a glyph of an unencoded font; `None` for any other font.
    fn find_unencoded(&mut self, glyph: &OutlineGlyph) -> Option<Character> {
        let unencoded = &self.unencoded;
        let which = *self.run_font.get_or_insert_with(|| {
            let font = glyph.font_data()?;
            let (name, length) = (font.postscript_name?, font.data.as_ref().as_ref().len());
            unencoded.iter().position(|known| known.name == name && known.program_length == length)
        });
        let known = &self.unencoded[which?];
        let by_map = known.to_unicode.as_ref().and_then(|map| map.lookup_bf_string(glyph.char_code()));
        if let Some(character) = by_map.map(classify).filter(|character| *character != Character::Unmapped) {
            return Some(character);
        }
        let font = glyph.font_data()?;
        let program = font.data.as_ref().as_ref();
        let reverse = self.reverse_cmaps.entry(font.cache_key).or_insert_with(|| reverse_cmap(program));
        let by_font = reverse.get(&glyph.glyph_id().to_u32());
        Some(by_font.map_or(Character::Unmapped, |character| classify_char(*character)))
    }

    fn find_in_font(&mut self, glyph: &OutlineGlyph) -> Character {
        let Some(font) = glyph.font_data() else { return Character::Unmapped };
        let program = font.data.as_ref().as_ref();
        if font_programs::is_left_out(program) {
            self.missed_a_program = true;
            return Character::Unmapped;
        }
        let reverse = self.reverse_cmaps.entry(font.cache_key).or_insert_with(|| reverse_cmap(program));
        if let Some(character) = reverse.get(&glyph.glyph_id().to_u32()) {
            return classify_char(*character);
        }
        let Some(name) = font.postscript_name else { return Character::Unmapped };
        if !self.collections.contains_key(&name) {
            let fonts = self.fonts.get_or_insert_with(|| triage::font_inventory(self.file));
            let map = only_encoding(fonts, &name).and_then(collection_map);
            self.collections.insert(name.clone(), map);
        }
        let map = self.collections.get(&name).and_then(Option::as_ref);
        map.and_then(|map| map.lookup(glyph.char_code())).map_or(Character::Unmapped, classify)
    }
}

/// The font of a name that has no ToUnicode map; `None` where several of that name disagree on their encoding.
fn only_encoding<'f>(fonts: &'f [FontEntry], name: &str) -> Option<&'f FontEntry> {
    let mut candidates = fonts.iter().filter(|entry| entry.name == name && !entry.to_unicode);
    let first = candidates.next()?;
    let agrees = |other: &FontEntry| other.encoding == first.encoding && other.ordering == first.ordering;
    candidates.all(agrees).then_some(first)
}

impl CollectionMap {
    fn lookup(&self, code: u32) -> Option<BfString> {
        let cid = (1..=4).find_map(|length| self.encoding.lookup_cid_code(code, length))?;
        self.unicode.lookup_bf_string(cid)
    }
}

fn collection_map(font: &FontEntry) -> Option<CollectionMap> {
    let encoding = match CMapName::from_bytes(font.encoding.as_bytes()) {
        CMapName::IdentityH => CMap::identity_h(),
        CMapName::IdentityV => CMap::identity_v(),
        name => CMap::parse(hayro_cmap::load_embedded(name)?, hayro_cmap::load_embedded)?,
    };
    let named = encoding.metadata().character_collection.as_ref().map(|collection| collection.family.clone());
    let family = named
        .filter(|family| *family != CidFamily::AdobeIdentity)
        .or_else(|| Some(CidFamily::from_registry_ordering(b"Adobe", font.ordering.as_ref()?.as_bytes())))?;
    let unicode = CMap::parse(hayro_cmap::load_embedded(family.ucs2_cmap()?)?, hayro_cmap::load_embedded)?;
    Some(CollectionMap { encoding, unicode })
}

/// Glyph ID → character by the font's own `cmap`, else its glyph names. Several characters may share a glyph; the
/// ordinary ideograph wins over a radical or a compatibility form.
fn reverse_cmap(font: &[u8]) -> FxHashMap<u32, char> {
    let mut reverse: FxHashMap<u32, char> = FxHashMap::default();
    let Ok(font) = skrifa::FontRef::new(font) else { return reverse };
    for (glyph, name) in font.glyph_names().iter().filter(|(_, name)| !name.is_synthesized()) {
        if let Some(character) = character_of_name(name.as_str()) {
            reverse.insert(glyph.to_u32(), character);
        }
    }
    let charmap = font.charmap();
    if charmap.is_symbol() {
        return reverse; // its codes are positions in the font, not characters
    }
    for (code_point, glyph) in charmap.mappings() {
        let Some(character) = char::from_u32(code_point) else { continue };
        reverse
            .entry(glyph.to_u32())
            .and_modify(|known| {
                if fold(*known) != *known && fold(character) == character {
                    *known = character;
                }
            })
            .or_insert(character);
    }
    reverse
}

/// `uni6D77` or `u2A6D6` → character, by the naming rules of the Adobe Glyph List; other names belong to Latin fonts,
/// whose encodings hayro already knows.
fn character_of_name(name: &str) -> Option<char> {
    let digits = name.strip_prefix("uni").filter(|d| d.len() == 4).or_else(|| name.strip_prefix('u'))?;
    let upper_hex = (4..=6).contains(&digits.len()) && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'A'..=b'F'));
    upper_hex.then(|| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)).flatten()
}

fn classify(unicode: BfString) -> Character {
    match unicode {
        BfString::Char(character) => classify_char(character),
        BfString::String(text) => {
            let kept: String = text.chars().filter(|c| !is_invisible(*c) && !is_unmapped(*c)).map(fold).collect();
            let mut characters = kept.chars();
            match (characters.next(), characters.next()) {
                (None, _) if text.chars().any(is_unmapped) => Character::Unmapped,
                (None, _) => Character::Nothing,
                (Some(only), None) => classify_char(only),
                _ => Character::Several(kept),
            }
        }
    }
}

fn classify_char(character: char) -> Character {
    // Nearly every character is one of these, and they are what they are.
    if matches!(character, '!'..='~' | '\u{4e00}'..='\u{9fff}') {
        return Character::One(character);
    }
    if character.is_whitespace() {
        Character::Space
    } else if is_invisible(character) {
        Character::Nothing
    } else if is_unmapped(character) {
        Character::Unmapped
    } else {
        Character::One(fold(character))
    }
}

/// Format characters that leave no mark on paper.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Values by which a map says that it does not know: controls, replacement and private-use characters.
fn is_unmapped(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{fffd}' | '\u{fffe}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// The ordinary form of a character: radicals and strokes become their unified ideographs (`⻘` → `青`, which NFKC
/// misses), compatibility ideographs their canonical equivalents, vertical punctuation its horizontal form. Everything
/// else, full-width digits included, stays as printed.
pub(super) fn fold(character: char) -> char {
    match character {
        // The property names the traditional form, but simplified Chinese fonts (Noto CJK SC) draw 户 for it, and
        // it is the only such radical among them.
        '⼾' => '户',
        '\u{2e80}'..='\u{2fdf}' | '\u{31c0}'..='\u{31e3}' => EQUIVALENT_UNIFIED_IDEOGRAPHS
            .binary_search_by_key(&(character as u32), |(radical, _)| *radical)
            .ok()
            .and_then(|found| char::from_u32(EQUIVALENT_UNIFIED_IDEOGRAPHS[found].1))
            .unwrap_or(character),
        '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' => character.nfc().next().unwrap_or(character),
        '\u{fe10}'..='\u{fe19}' | '\u{fe30}'..='\u{fe48}' => horizontal_form(character),
        _ => character,
    }
}

/// Vertical presentation forms of punctuation → the form used in horizontal text (UAX #50's inverse).
fn horizontal_form(character: char) -> char {
    const VERTICAL: &str = "︐︑︒︓︔︕︖︗︘︙︰︱︲︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈";
    const HORIZONTAL: &str = "，、。：；！？〖〗…‥—–（）｛｝〔〕【】《》〈〉「」『』［］";
    VERTICAL.chars().zip(HORIZONTAL.chars()).find(|(vertical, _)| *vertical == character).map_or(character, |(_, h)| h)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_ideographs() {
        assert_eq!(fold('⻘'), '青'); // CJK radical supplement: NFKC leaves it alone
        assert_eq!(fold('⽤'), '用'); // Kangxi radical
        assert_eq!(fold('⼾'), '户'); // simplified, as the documents are
        assert_eq!(fold('金'), '金'); // compatibility ideograph
        assert_eq!(fold('青'), '青');
    }

    #[test]
    fn full_width_digits_stay_as_printed() {
        assert_eq!(fold('２'), '２');
    }

    #[test]
    fn vertical_brackets_become_horizontal() {
        assert_eq!((fold('︵'), fold('︶'), fold('﹈')), ('（', '）', '］'));
    }

    #[test]
    fn glyph_names_tell_characters() {
        assert_eq!(character_of_name("uni6D77"), Some('海'));
        assert_eq!(character_of_name("u20628"), Some('\u{20628}'));
        assert_eq!(character_of_name("union"), None);
        assert_eq!(character_of_name("glyph00042"), None);
    }

    #[test]
    fn a_private_use_character_is_unmapped() {
        assert_eq!(classify(BfString::Char('\u{e123}')), Character::Unmapped);
        assert_eq!(classify(BfString::Char('\u{fffd}')), Character::Unmapped);
    }

    #[test]
    fn a_ligature_is_several_characters() {
        assert_eq!(classify(BfString::String("ffi".into())), Character::Several("ffi".into()));
    }

    #[test]
    fn a_gbk_code_goes_through_its_collection() {
        let entry = FontEntry {
            name: "SimSun".into(),
            encoding: "GBK-EUC-H".into(),
            ordering: None,
            embedded: true,
            to_unicode: false,
        };
        let map = collection_map(&entry).expect("a predefined CMap");
        assert_eq!(map.lookup(0xD4A4), Some(BfString::Char('预')));
    }
}
