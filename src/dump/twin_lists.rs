//! Two lists of one form beside one another: codes, names, figures on the left, and the same on the right.
//!
//! Every label of such a header stands there twice, in whatever order the cells were printed.

use super::table::columns::Columns;
use super::text::TextLine;
use crate::language::amount;
use crate::language::vocabulary::{Vocabulary, squeezed};

/// Such a header takes at most this many lines.
const MAX_LINES: usize = 14;

/// Reads a header whose labels all stand twice; returns its columns and how many lines it takes.
pub(super) fn read(lines: &[TextLine], vocabulary: &Vocabulary) -> Option<(Columns, usize)> {
    let is_body = |line: &TextLine| {
        line.words
            .iter()
            .any(|word| word.text.bytes().all(|byte| byte.is_ascii_digit()) || amount::parse(&word.text).is_some())
    };
    let taken = lines.iter().take(MAX_LINES).position(is_body)?;
    let mut counts: Vec<(String, usize)> = Vec::new();
    for word in lines[..taken].iter().flat_map(|line| &line.words) {
        match counts.iter_mut().find(|(text, _)| *text == word.text) {
            Some((_, count)) => *count += 1,
            None => counts.push((word.text.clone(), 1)),
        }
    }
    if !counts.iter().all(|(_, count)| *count == 2) {
        return None;
    }
    let words = &vocabulary.headers;
    let labels = || counts.iter().map(|(text, _)| text.clone());
    let is_level = |text: &str| words.code_levels.contain(text);
    let is_code = |text: &str| words.code_endings.end(&squeezed(text));
    let is_name = |text: &str| words.text_endings.end(&squeezed(text)) || words.name.contain(&squeezed(text));
    let is_amount = |text: &str| vocabulary.measure(text).is_some();
    let name = labels().find(|text| is_name(text))?;
    let figure = labels().find(|text| is_amount(text) && !is_name(text))?;
    // 经济分类 above 科目编码 is the beginning of that label.
    let rest: String =
        labels().filter(|text| !is_level(text) && !is_code(text) && *text != name && *text != figure).collect();
    let code = format!("{rest}{}", labels().find(|text| is_code(text))?);
    let levels: Vec<String> = labels().filter(|text| is_level(text)).collect();
    let mut side: Vec<Vec<String>> = match levels.is_empty() {
        true => vec![vec![code]],
        false => levels.into_iter().map(|level| vec![code.clone(), level]).collect(),
    };
    side.sort_by_key(|path| {
        path.last().map_or(0, |level| words.code_levels.iter().position(|known| known == level).unwrap_or(0))
    });
    side.extend([vec![name], vec![figure]]);
    let paths = side.iter().chain(&side).map(|path| (path.clone(), None)).collect();
    Some((Columns::of_paths(paths, vocabulary), taken))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::pages;

    #[test]
    fn labels_that_stand_twice_make_two_lists() {
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let header = "经济分类\n科目名称 决算数\n经济分类\n科目名称 决算数\n科目编码 科目编码\n类\n款\n类\n款\n301\n工资福利支出\n2,082.85 302\n";
        let (columns, lines) = read(&pages::lines(header, vocabulary), vocabulary).expect("a header");
        let leaves: Vec<String> = columns.leaves.iter().map(|leaf| leaf.path.join("/")).collect();
        let list = ["经济分类科目编码/类", "经济分类科目编码/款", "科目名称", "决算数"];
        assert_eq!(
            (leaves, lines, columns.sides.len()),
            ([list, list].concat().iter().map(|s| (*s).to_owned()).collect(), 9, 2)
        );
    }
}
