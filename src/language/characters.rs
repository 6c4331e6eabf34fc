//! Traditional characters → simplified ones, as the vocabulary has them. One for one, and of as many bytes, so that places
//! in a text stay what they are.

use std::borrow::Cow;
use std::sync::LazyLock;

/// What is known: a line each, simplified character, tab, its traditional forms.
const VARIANTS: &str = include_str!("traditional.tsv");

/// The block of Unicode in which all of them stand.
const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;

static TABLE: LazyLock<Table> = LazyLock::new(Table::read);

/// The simplified form of every character that has one.
pub(crate) struct Table {
    /// A bit for each character of the block: nearly all texts are simplified, and need not look further.
    is_traditional: [u64; (LAST - FIRST) as usize / 64 + 1],
    /// Traditional characters in their order, with their simplified forms.
    pairs: Vec<(char, char)>,
}

impl Table {
    fn read() -> Self {
        let lines = VARIANTS.lines().filter(|line| !line.starts_with('#'));
        let of_line = |line: &'static str| {
            let (simplified, traditional) = line.split_once('\t')?;
            let simplified = simplified.chars().next()?;
            Some(traditional.chars().map(move |character| (character, simplified)))
        };
        let mut pairs: Vec<(char, char)> = lines.filter_map(of_line).flatten().collect();
        pairs.sort_unstable();
        let mut is_traditional = [0; (LAST - FIRST) as usize / 64 + 1];
        for (character, _) in &pairs {
            let at = (*character as u32 - FIRST) as usize;
            is_traditional[at / 64] |= 1 << (at % 64);
        }
        Self { is_traditional, pairs }
    }

    /// Whether three bytes of UTF-8 are an ideograph of the block that has no simplified form.
    pub(crate) fn is_simplified(&self, [first, second, third]: [u8; 3]) -> bool {
        let low = |byte: u8| usize::from(byte & 0x3f);
        let code_point = usize::from(first & 0x0f) << 12 | low(second) << 6 | low(third);
        let word = code_point.checked_sub(FIRST as usize).and_then(|at| self.is_traditional.get(at / 64));
        word.is_some_and(|word| word >> (code_point % 64) & 1 == 0)
    }

    /// The simplified form of a traditional character; `None` for any other.
    pub(crate) fn simplified(&self, character: char) -> Option<char> {
        let at = (character as u32).checked_sub(FIRST)? as usize;
        if self.is_traditional.get(at / 64)? >> (at % 64) & 1 == 0 {
            return None;
        }
        let found = self.pairs.binary_search_by_key(&character, |pair| pair.0).ok()?;
        Some(self.pairs[found].1)
    }
}

/// The table of traditional characters, for who looks up many.
pub(crate) fn table() -> &'static Table {
    &TABLE
}

/// A text in simplified characters; most are already, and are not copied.
pub(crate) fn simplified(text: &str) -> Cow<'_, str> {
    let table = table();
    if !text.chars().any(|character| table.simplified(character).is_some()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|character| table.simplified(character).unwrap_or(character)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_characters_become_simplified() {
        assert_eq!(simplified("部門支出總表（單位：萬元）"), "部门支出总表（单位：万元）");
        assert_eq!(simplified("科目編碼").len(), "科目編碼".len());
    }

    #[test]
    fn bytes_tell_what_characters_do() {
        for character in ('\u{3400}'..='\u{a000}').filter(|character| character.len_utf8() == 3) {
            let mut bytes = [0; 3];
            character.encode_utf8(&mut bytes);
            let is_of_block = (FIRST..=LAST).contains(&(character as u32));
            assert_eq!(TABLE.is_simplified(bytes), is_of_block && TABLE.simplified(character).is_none(), "{character}");
        }
    }

    #[test]
    fn simplified_texts_stay() {
        let vocabulary = include_str!("vocabulary/national.toml");
        assert!(matches!(simplified(vocabulary), Cow::Borrowed(_)));
    }
}
