//! Chinese words of documents are data of the vocabulary: a new province must be a change of that file. This test reads
//! the code and fails where a literal has one.
//!
//! What counts: any string or character literal with an ideograph, outside tests, attributes (and with them the
//! documentation) and comments. What does not:
//!
//! - **Numerals** (`一二三`, `〇`) and punctuation. They are writing, as digits are, in every document.
//! - What makes a number a year, an ordinal or the number of a page (`年`, `第…部分`, `第…页`), and the particle 的: writing
//!   and grammar, but only in the files of [`NOTATION`], which know them for all others.
//! - What we say ourselves, in the files of [`OWN_WORDS`].

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The readers of what is written around numbers and words, and the characters that each may know.
const NOTATION: [(&str, &str); 4] = [
    ("language/years.rs", "年度"),
    ("language/ordinals.rs", "第部分是"),
    ("language/page_numbers.rs", "第页共"),
    ("language/mod.rs", "的"),
];

/// Where Chinese is our own, not the documents', and why.
const OWN_WORDS: [(&str, &str); 6] = [
    ("document/diagnostics/kind.rs", "diagnostics have words in both languages"),
    ("report/", "our reports are written in Chinese and English"),
    ("compare/report/", "so are those of comparisons"),
    ("compare/figure.rs", "differences between figures of two units are told in 元"),
    ("data/", "data sets and their columns have titles in both languages"),
    ("read/characters.rs", "a table folds variants of characters, whatever words they make"),
];

/// Every check says its findings beside its code. There a literal may be said, but nothing may be compared with it.
const SAYING: &str = "check/";

/// Methods that compare a text with what they are given.
const COMPARING: [&str; 19] = [
    "contains",
    "ends_with",
    "eq",
    "find",
    "match_indices",
    "matches",
    "replace",
    "rfind",
    "rsplit",
    "rsplit_once",
    "split",
    "split_inclusive",
    "split_once",
    "starts_with",
    "strip_prefix",
    "strip_suffix",
    "trim_end_matches",
    "trim_matches",
    "trim_start_matches",
];

/// A literal with ideographs.
#[derive(Clone, Debug, PartialEq)]
struct Literal {
    line: usize,
    /// As it stands in the code.
    text: String,
    /// Whether a text is compared with it.
    is_compared: bool,
}

/// The literals of some code, without what is compiled for tests or fuzzing only.
fn literals(code: &str) -> Vec<Literal> {
    let tokens: TokenStream = code.parse().expect("Rust");
    let mut found = Vec::new();
    collect(tokens, false, &mut found);
    found
}

/// Goes through the tokens between two delimiters. `is_compared` says that they all are.
fn collect(tokens: TokenStream, is_compared: bool, found: &mut Vec<Literal>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        if let Some((attribute, end)) = attribute(&tokens, at) {
            at = if is_for_tests(attribute) { end_of_item(&tokens, end) } else { end };
            continue;
        }
        match &tokens[at] {
            TokenTree::Literal(literal) if literal.to_string().contains(is_ideograph) => {
                let line = literal.span().start().line;
                let is_compared = is_compared || is_beside_comparison(&tokens, at, at);
                found.push(Literal { line, text: literal.to_string(), is_compared });
            }
            TokenTree::Group(group) => {
                let head = head(&tokens, at);
                let is_list = group.delimiter() == Delimiter::Bracket && head.is_none();
                let compares = head.as_deref().is_some_and(|head| COMPARING.contains(&head) || head == "matches!");
                let begin = at.saturating_sub(usize::from(head.is_some()));
                let is_pattern = group.delimiter() != Delimiter::Brace && is_beside_comparison(&tokens, begin, at);
                collect(group.stream(), is_compared || is_list || compares || is_pattern, found);
            }
            _ => {}
        }
        at += 1;
    }
}

/// The attribute that begins at a token, and where what it belongs to begins.
fn attribute(tokens: &[TokenTree], at: usize) -> Option<(&Group, usize)> {
    let is = |index: usize, mark| matches!(tokens.get(index), Some(TokenTree::Punct(found)) if found.as_char() == mark);
    let group = at + 1 + usize::from(is(at + 1, '!'));
    match tokens.get(group) {
        Some(TokenTree::Group(found)) if is(at, '#') => Some((found, group + 1)),
        _ => None,
    }
}

fn is_for_tests(attribute: &Group) -> bool {
    let text = attribute.stream().to_string();
    text.starts_with("cfg") && ["test", "fuzzing"].iter().any(|word| text.contains(word)) && !text.contains("not")
}

/// Where the item that begins at a token ends.
fn end_of_item(tokens: &[TokenTree], from: usize) -> usize {
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(mark) => mark.as_char() == ';',
        _ => false,
    };
    tokens[from..].iter().position(ends).map_or(tokens.len(), |length| from + length + 1)
}

/// What stands before a group: the name of a function or (with its `!`) of a macro.
fn head(tokens: &[TokenTree], at: usize) -> Option<String> {
    match tokens.get(at.checked_sub(1)?)? {
        TokenTree::Ident(name) if !["in", "return", "else", "match", "if"].contains(&name.to_string().as_str()) => {
            Some(name.to_string())
        }
        TokenTree::Punct(mark) if mark.as_char() == '!' => match tokens.get(at.checked_sub(2)?)? {
            TokenTree::Ident(name) => Some(format!("{name}!")),
            _ => None,
        },
        _ => None,
    }
}

/// Whether tokens are a pattern (`=>`, `|`) or stand on one side of `==` or `!=`.
fn is_beside_comparison(tokens: &[TokenTree], first: usize, last: usize) -> bool {
    let mark = |index: Option<usize>| match index.and_then(|index| tokens.get(index)) {
        Some(TokenTree::Punct(mark)) => mark.as_char(),
        _ => ' ',
    };
    let before = (mark(first.checked_sub(2)), mark(first.checked_sub(1)));
    let after = (mark(Some(last + 1)), mark(Some(last + 2)));
    let is_comparison = |marks| matches!(marks, ('=' | '!', '='));
    is_comparison(before) || is_comparison(after) || after == ('=', '>') || after.0 == '|'
}

fn is_ideograph(character: char) -> bool {
    matches!(character, '〇' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_numeral(character: char) -> bool {
    "〇零一二三四五六七八九十百".contains(character)
}

/// Whether a literal may stand in a file of `src`.
fn is_allowed(path: &str, literal: &Literal) -> bool {
    let notation = NOTATION.iter().find(|(file, _)| *file == path).map_or("", |(_, characters)| *characters);
    let is_writing = |c: char| !is_ideograph(c) || is_numeral(c) || notation.contains(c);
    let is_own = OWN_WORDS.iter().any(|(place, _)| path.starts_with(place));
    let is_said = path.starts_with(SAYING) && !literal.is_compared;
    is_own || is_said || literal.text.chars().all(is_writing)
}

/// The Rust files of a folder, except those of modules that are compiled for tests or fuzzing only.
fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let mut all = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                all.insert(path);
            }
        }
    }
    let left_out: Vec<PathBuf> = all.iter().flat_map(|path| test_modules(path)).collect();
    all.retain(|path| !left_out.iter().any(|module| path.starts_with(module) || *path == module.with_extension("rs")));
    all
}

/// Where the modules stand that a file declares for tests or fuzzing only.
fn test_modules(path: &Path) -> Vec<PathBuf> {
    let code = std::fs::read_to_string(path).expect("a source");
    let is_root = ["mod.rs", "lib.rs", "main.rs"].iter().any(|name| path.ends_with(name));
    let folder = if is_root { path.parent().expect("a folder").to_owned() } else { path.with_extension("") };
    let tokens: Vec<TokenTree> = code.parse::<TokenStream>().expect("Rust").into_iter().collect();
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let Some((_, end)) = attribute(&tokens, at).filter(|(attribute, _)| is_for_tests(attribute)) else { continue };
        let item = &tokens[end..end_of_item(&tokens, end)];
        let is_module = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "mod");
        if let (Some(at), Some(TokenTree::Punct(_))) = (item.iter().position(is_module), item.last()) {
            found.push(folder.join(item[at + 1].to_string()));
        }
    }
    found
}

#[test]
fn words_of_documents_are_in_the_vocabulary() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    for file in files(&src) {
        let path = file.strip_prefix(&src).expect("a file of src").to_string_lossy().replace('\\', "/");
        let code = std::fs::read_to_string(&file).expect("a source");
        for literal in literals(&code).iter().filter(|literal| !is_allowed(&path, literal)) {
            faults.push(format!("src/{path}:{}: {}", literal.line, literal.text));
        }
    }
    assert!(faults.is_empty(), "words that belong in the vocabulary:\n{}", faults.join("\n"));
}

#[test]
fn the_exceptions_are_needed() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for place in OWN_WORDS.iter().chain(&NOTATION).map(|(place, _)| *place) {
        let all = files(&src);
        let mut of_place = all.iter().filter(|path| path.starts_with(src.join(place.trim_end_matches('/'))));
        let has_literals = |path: &PathBuf| !literals(&std::fs::read_to_string(path).expect("a source")).is_empty();
        assert!(of_place.any(has_literals), "{place} has no Chinese");
    }
}

#[test]
fn literals_are_found_and_all_else_is_not() {
    let code = r##"
        //! 文档
        /// 文档
        fn f(a: &str) -> bool {
            let said = format!("第{}页", 1); // 注释
            for ending in ["预算数", r"决算"] {}
            a.ends_with('款') || a == "合计" || matches!(a, "增加" | "减少")
        }
        #[cfg(test)]
        mod tests { const T: &str = "支出"; }
        #[cfg(test)]
        mod testing;
        const LAST: &str = "基本";
    "##;
    let found = literals(code);
    let texts: Vec<(usize, &str, bool)> =
        found.iter().map(|literal| (literal.line, literal.text.as_str(), literal.is_compared)).collect();
    let expected = [
        (5, "\"第{}页\"", false),
        (6, "\"预算数\"", true),
        (6, "r\"决算\"", true),
        (7, "'款'", true),
        (7, "\"合计\"", true),
        (7, "\"增加\"", true),
        (7, "\"减少\"", true),
        (13, "\"基本\"", false),
    ];
    assert_eq!(texts, expected);
}

#[test]
fn patterns_are_comparisons() {
    for code in
        ["match a { Some(\"增加\") => 1, _ => 2 }", "match a { \"增加\" | \"增长\" => 1, _ => 2 }", "\"增加\" != a"]
    {
        assert!(literals(code).iter().all(|literal| literal.is_compared), "{code}");
    }
    for code in
        ["match a { A => \"单位不明\", _ => b }", "let a = if b { \"增加\" } else { \"减少\" };", "f(a, \"没有\")"]
    {
        assert!(literals(code).iter().all(|literal| !literal.is_compared), "{code}");
    }
}

#[test]
fn what_may_stand_where() {
    let literal = |text: &str, is_compared| Literal { line: 1, text: text.to_owned(), is_compared };
    assert!(!is_allowed("parse/table.rs", &literal("\"合计\"", false)));
    assert!(is_allowed("parse/table.rs", &literal("\"一二三\"", true)), "numerals are writing");
    assert!(is_allowed("check/within/rows.rs", &literal("\"没有合计\"", false)), "a check says what it finds");
    assert!(!is_allowed("check/within/rows.rs", &literal("\"合计\"", true)));
    assert!(is_allowed("language/years.rs", &literal("\"年度\"", true)));
    assert!(
        !is_allowed("language/years.rs", &literal("\"上年\"", true))
            && !is_allowed("text/lines.rs", &literal("'年'", true))
    );
}
