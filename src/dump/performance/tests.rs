//! Tests of the whole grammar on short tables.

use super::*;

#[test]
#[ignore = "development"]
fn develop() {
    let path = std::env::var("DUMP").unwrap();
    let start = std::env::var("FROM").unwrap();
    let stop = std::env::var("TO").unwrap();
    let layout = std::fs::read_to_string(&path).unwrap();
    let vocabulary = Vocabulary::national().unwrap();
    let mut page = 1;
    let mut lines = Vec::new();
    for (at, text) in layout.lines().enumerate() {
        let sample = path.ends_with("2023.txt");
        if text.contains('\u{c}') || (sample && text.starts_with(' ')) {
            page += 1;
        }
        let text = text.replace('\u{c}', "");
        let mut words = Vec::new();
        let mut word: Option<crate::dump::text::Word> = None;
        for (column, c) in text.chars().enumerate() {
            if c.is_whitespace() {
                words.extend(word.take());
            } else {
                word.get_or_insert_with(|| crate::dump::text::Word { text: String::new(), column }).text.push(c);
            }
        }
        words.extend(word);
        if !words.is_empty() {
            lines.push(TextLine { page: crate::model::PageNumber(page), number: at, after_gap: false, words });
        }
    }
    let from = lines.iter().rposition(|line| line.text().replace(' ', "") == start.replace(' ', "")).expect("start") + 1;
    let to = lines[from..].iter().position(|line| line.text().starts_with(&stop)).map_or(lines.len(), |to| from + to);
    let mut diagnostics = Vec::new();
    let grids = grids(&lines[from..to], vocabulary, &mut diagnostics);
    let performance = grids.and_then(|grids| {
        let region = crate::model::TableRegion { caption: Default::default(), grids, notes: Vec::new() };
        crate::parse::performance_for_development(&region, vocabulary, &mut diagnostics)
    });
    for diagnostic in &diagnostics {
        eprintln!("{} {:?} {}", diagnostic.id, diagnostic.page, diagnostic.message);
    }
    std::fs::write(std::env::var("OUT").unwrap(), serde_json::to_string(&performance).unwrap()).unwrap();
}
