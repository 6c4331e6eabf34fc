//! Cover and captions → what was published, by whom, for which year.

use crate::document::{Publication, PublicationKind, Scope};
use crate::language::amount;
use crate::language::characters::simplified;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::language::years::{year_in, years};
use crate::model::{Grid, GridCell, Outline, PlacedLine};
use crate::text::reflow;

/// Lines of one name differ in size by less than this share.
const SAME_SIZE: f32 = 0.05;

/// A name of an organisation has at least this many characters.
const MIN_NAME: usize = 4;

/// The number of an organisation before its name has at least this many digits.
const MIN_NUMBER: usize = 3;

/// Reads the cover; where it is silent, the captions of the tables and the headings of the parts.
pub(super) fn parse(outline: &Outline, vocabulary: &Vocabulary) -> Publication {
    let words = &vocabulary.document;
    let cover = outline.cover.iter().map(|line| squeezed(&line.text)).collect::<String>();
    let captions = outline.tables.iter().map(|region| &region.caption);
    let titles: String = captions.clone().filter_map(|caption| caption.title.as_deref()).map(squeezed).collect();
    let headings: String = outline.parts.iter().map(|part| squeezed(&part.title)).collect();
    let texts = [cover.as_str(), titles.as_str(), headings.as_str()];
    let kind = texts.into_iter().find_map(|text| {
        if words.final_accounts.occur_in(text) {
            Some(PublicationKind::FinalAccounts)
        } else {
            words.budget.occur_in(text).then_some(PublicationKind::Budget)
        }
    });
    let publishes = |scope: &str, text: &str| {
        let kinds = words.budget.iter().chain(words.final_accounts.iter());
        kinds.into_iter().any(|kind| text.contains(&format!("{scope}{kind}")))
    };
    let scope = texts.into_iter().find_map(|text| {
        if words.unit.iter().any(|unit| publishes(unit, text)) {
            Some(Scope::Unit)
        } else {
            words.department.iter().any(|department| publishes(department, text)).then_some(Scope::Department)
        }
    });
    let organisation = cover_organisation(&outline.cover, vocabulary)
        .or_else(|| captions.clone().find_map(|caption| caption.organisation.clone()))
        .or_else(|| labelled_organisation(outline.parts.iter().flat_map(|part| &part.lines), vocabulary))
        .or_else(|| outline.tables.iter().flat_map(|table| &table.grids).find_map(|grid| in_form(grid, vocabulary)))
        .or_else(|| outline.parts.iter().find_map(|part| in_heading(&part.title, vocabulary)));
    let fiscal_year = year_in(&cover)
        .or_else(|| captions.clone().find_map(|caption| caption.fiscal_year))
        .or_else(|| year_in(&titles))
        .or_else(|| year_in(&headings));
    // What publishes neither budget nor accounts has no cover that could be read as one.
    let printed = organisation.filter(|_| kind.is_some());
    let organisation = printed.as_deref().map(|printed| name_alone(printed, vocabulary).to_owned());
    Publication {
        kind: kind.unwrap_or(PublicationKind::Unknown),
        scope: scope.unwrap_or(Scope::Unknown),
        organisation_printed: printed.filter(|printed| organisation.as_ref() != Some(printed)),
        organisation,
        fiscal_year,
        layout: vocabulary.family.clone(),
    }
}

/// The organisation: what follows its label, else the first line of which something is left when year and kind of
/// publication are taken away.
fn cover_organisation(cover: &[PlacedLine], vocabulary: &Vocabulary) -> Option<String> {
    labelled_organisation(cover.iter(), vocabulary).or_else(|| {
        let first = cover.iter().position(|line| bare_name(&line.text, vocabulary).chars().count() >= MIN_NAME)?;
        let size = cover[first].line.size();
        // A long title takes several lines of one size, and may be broken anywhere.
        let mut title = String::new();
        for line in cover[first..].iter().take_while(|line| (line.line.size() - size).abs() < SAME_SIZE * size) {
            title.push_str(&line.text);
            let words = &vocabulary.document;
            if words.budget.occur_in(&title) || words.final_accounts.occur_in(&title) {
                break;
            }
        }
        Some(bare_name(&title, vocabulary))
    })
}

/// The organisation after its label in a line: 部门名称：某局.
fn labelled_organisation<'l>(
    mut lines: impl Iterator<Item = &'l PlacedLine>,
    vocabulary: &Vocabulary,
) -> Option<String> {
    lines.find_map(|line| {
        let (label, name) = line.text.split_once(['：', ':'])?;
        let known = vocabulary.document.organisation_labels.contain(&squeezed(label));
        let is_name = name.chars().filter(|c| c.is_alphabetic()).count() >= MIN_NAME
            && !name.contains(['。', '；', '，', '、', '：', ':']);
        (known && is_name).then(|| name.trim().to_owned())
    })
}

/// The organisation in the cell beside its label, as forms have it. A label above a column has another label beside it.
fn in_form(grid: &Grid, vocabulary: &Vocabulary) -> Option<String> {
    let label = grid.cells.iter().find(|cell| {
        let plain = squeezed(&reflow::text(&cell.lines)).into_owned();
        plain.chars().count() >= MIN_NAME && vocabulary.document.organisation_labels.contain(&plain)
    })?;
    let beside = |cell: &&GridCell| cell.rows.start == label.rows.start && cell.columns.start == label.columns.end;
    let name = reflow::text(&grid.cells.iter().find(beside)?.lines);
    let plain = squeezed(&name);
    let is_name = plain.chars().filter(|c| c.is_alphabetic()).count() >= MIN_NAME && amount::parse(&plain).is_none();
    (is_name && !vocabulary.is_header_word(&plain)).then(|| name.trim().to_owned())
}

/// The organisation that a heading of a main part begins with: 某局2026年部门预算编制说明.
fn in_heading(title: &str, vocabulary: &Vocabulary) -> Option<String> {
    let year = years(title).next()?;
    let name = title[..year.start].trim();
    let follows = squeezed(&title[year.end..]).into_owned();
    let words = &vocabulary.document;
    let publishes = words.budget.occur_in(&follows) || words.final_accounts.occur_in(&follows);
    let is_name = name.chars().count() >= MIN_NAME && name.chars().all(char::is_alphabetic);
    (publishes && is_name).then(|| name.to_owned())
}

/// An organisation's name without its number before it, and without the remarks after it: （汇总）. What is
/// published for the organisation itself, without those below it, keeps its （本级）: that is another budget.
fn name_alone<'t>(printed: &'t str, vocabulary: &Vocabulary) -> &'t str {
    let mut name = printed.trim();
    let number = name.trim_start_matches(|c: char| c.is_ascii_digit());
    if name.len() - number.len() >= MIN_NUMBER {
        name = number.trim_start_matches(['-', '—', ' ']);
    }
    while let Some((before, remark)) = name.strip_suffix(['）', ')']).and_then(|open| open.rsplit_once(['（', '('])) {
        let is_remark = vocabulary.document.organisation_remarks.contain(&squeezed(remark));
        if !is_remark || before.trim().is_empty() {
            break;
        }
        name = before.trim_end();
    }
    name
}

/// A cover line without year and kind of publication.
fn bare_name(text: &str, vocabulary: &Vocabulary) -> String {
    let mut name: String = text.chars().map(amount::half_width_digit).collect();
    let year = years(&name).next();
    if let Some(year) = year {
        name.replace_range(year.start..year.end, "");
    }
    for noise in vocabulary.document.cover_noise.iter() {
        // Simplified, a text keeps its places.
        while let Some(at) = simplified(&name).find(noise) {
            name.replace_range(at..at + noise.len(), "");
        }
    }
    name.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '（' | '）' | '(' | ')')).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::page::placed_line;

    fn read(cover: &[&str]) -> Publication {
        let cover = cover.iter().map(|text| placed_line(1, text, 10.0, 20.0)).collect();
        let outline = Outline { cover, ..Outline::default() };
        parse(&outline, Vocabulary::national().expect("the built-in vocabulary"))
    }

    #[test]
    fn covers_tell_organisation_and_year() {
        let found = read(&["某市人民政府办公室", "2023年部门预算"]);
        assert_eq!(found.organisation.as_deref(), Some("某市人民政府办公室"));
        assert_eq!(
            (found.fiscal_year, found.kind, found.scope),
            (Some(2023), PublicationKind::Budget, Scope::Department)
        );
        let found = read(&["2026年某市商务局部门预算"]);
        assert_eq!(found.organisation.as_deref(), Some("某市商务局"));
        let found = read(&["某市商务局（汇总）", "2026年部门预算"]);
        assert_eq!(found.organisation.as_deref(), Some("某市商务局"));
        assert_eq!(found.organisation_printed.as_deref(), Some("某市商务局（汇总）"));
        let found = read(&["2026年部门预算", "部门名称：105001某市商务局"]);
        assert_eq!(found.organisation.as_deref(), Some("某市商务局"));
        let found = read(&["某市某区2026年区级部门预算", "预算主管部门：某市某区司法局"]);
        assert_eq!(found.organisation.as_deref(), Some("某市某区司法局"));
    }
}
