//! A TrueType font of blank glyphs, one em wide, with just the tables that tell characters.

/// A `cmap` subtable: platform, encoding, and pairs of character code and glyph.
#[derive(Debug)]
pub(crate) struct CharacterMap<'a> {
    pub(crate) platform: u16,
    pub(crate) encoding: u16,
    pub(crate) pairs: &'a [(u16, u16)],
}

impl<'a> CharacterMap<'a> {
    /// A map of Unicode characters.
    pub(crate) fn unicode(pairs: &'a [(u16, u16)]) -> Self {
        Self { platform: 3, encoding: 1, pairs }
    }

    /// A map of positions in a private area, as subset fonts have.
    pub(crate) fn symbol(pairs: &'a [(u16, u16)]) -> Self {
        Self { platform: 3, encoding: 0, pairs }
    }

    /// A map of Macintosh codes, as subset fonts have.
    pub(crate) fn macintosh(pairs: &'a [(u16, u16)]) -> Self {
        Self { platform: 1, encoding: 0, pairs }
    }
}

/// The font program: `glyphs` glyphs, of which 0 is for characters that the font has not. `pairs` must be sorted;
/// `names` are the glyphs' names, from glyph 0 on, where there are any.
pub(crate) fn true_type(glyphs: u16, map: Option<&CharacterMap<'_>>, names: &[&str]) -> Vec<u8> {
    let mut tables: Vec<(&[u8; 4], Vec<u8>)> = Vec::new();
    if let Some(map) = map {
        tables.push((b"cmap", cmap(map)));
    }
    let glyph_count = usize::from(glyphs);
    tables.push((b"glyf", vec![0; 4]));
    tables.push((b"head", head()));
    tables.push((b"hhea", [words(&[1, 0, 880, 0xff88, 0, 1000]), vec![0; 22], words(&[1])].concat()));
    tables.push((b"hmtx", [words(&[1000]), vec![0; 2 * glyph_count]].concat()));
    tables.push((b"loca", vec![0; 2 * (glyph_count + 1)]));
    tables.push((b"maxp", [words(&[1, 0, glyphs]), vec![0; 26]].concat()));
    tables.push((b"post", post(names)));
    assemble(&tables)
}

fn assemble(tables: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut font = words(&[1, 0, tables.len() as u16, 0, 0, 0]);
    let mut offset = font.len() + 16 * tables.len();
    for (tag, table) in tables {
        font.extend(*tag);
        font.extend([0; 4]); // checksums are not looked at
        font.extend((offset as u32).to_be_bytes());
        font.extend((table.len() as u32).to_be_bytes());
        offset += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        font.extend(table);
        font.resize(font.len().next_multiple_of(4), 0);
    }
    font
}

fn head() -> Vec<u8> {
    let mut table = words(&[1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, 1000]);
    table.extend([0; 16]); // dates
    table.extend(words(&[0, 0xff88, 1000, 880, 0, 8, 2, 0, 0]));
    table
}

/// Format 4 with a segment for each character.
fn cmap(map: &CharacterMap<'_>) -> Vec<u8> {
    let segments = map.pairs.len() as u16 + 1;
    let column = |value: fn(&(u16, u16)) -> u16, last: u16| -> Vec<u8> {
        words(&map.pairs.iter().map(value).chain([last]).collect::<Vec<_>>())
    };
    let subtable = [
        words(&[4, 16 + 8 * segments, 0, 2 * segments, 0, 0, 0]),
        column(|pair| pair.0, 0xffff),
        words(&[0]),
        column(|pair| pair.0, 0xffff),
        column(|pair| pair.1.wrapping_sub(pair.0), 1),
        column(|_| 0, 0),
    ];
    [words(&[0, 1, map.platform, map.encoding, 0, 12]), subtable.concat()].concat()
}

/// Version 2 where there are names, else version 3.
fn post(names: &[&str]) -> Vec<u8> {
    let version = if names.is_empty() { 3 } else { 2 };
    let mut table = [words(&[version, 0]), vec![0; 28]].concat();
    if names.is_empty() {
        return table;
    }
    table.extend(words(&[names.len() as u16]));
    const FIRST_OWN_NAME: u16 = 258; // the names before it are those of the Macintosh
    table.extend((FIRST_OWN_NAME..).take(names.len()).flat_map(u16::to_be_bytes));
    for name in names {
        table.push(name.len() as u8);
        table.extend(name.bytes());
    }
    table
}

fn words(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_be_bytes()).collect()
}
