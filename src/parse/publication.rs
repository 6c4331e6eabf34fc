//! Cover and captions → what was published, by whom, for which year.

use crate::document::{Publication, PublicationKind, Scope};
use crate::language::amount;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::language::years::{year_in, years};
use crate::model::{Outline, PlacedLine};

/// Lines of one name differ in size by less than this share.
const SAME_SIZE: f32 = 0.05;

/// A name of an organisation has at least this many characters.
const MIN_NAME: usize = 4;

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
        .or_else(|| captions.clone().find_map(|caption| caption.organisation.clone()));
    let fiscal_year = year_in(&cover)
        .or_else(|| captions.clone().find_map(|caption| caption.fiscal_year))
        .or_else(|| year_in(&titles))
        .or_else(|| year_in(&headings));
    // What publishes neither budget nor accounts has no cover that could be read as one.
    let organisation = organisation.filter(|_| kind.is_some());
    Publication {
        kind: kind.unwrap_or(PublicationKind::Unknown),
        scope: scope.unwrap_or(Scope::Unknown),
        organisation,
        organisation_printed: None,
        fiscal_year,
        layout: vocabulary.family.clone(),
    }
}

/// The organisation: what follows its label, else the first line of which something is left when year and kind of
/// publication are taken away.
fn cover_organisation(cover: &[PlacedLine], vocabulary: &Vocabulary) -> Option<String> {
    let labelled = cover.iter().find_map(|line| {
        let (label, name) = line.text.split_once(['：', ':'])?;
        let known = vocabulary.document.organisation_labels.contain(&squeezed(label));
        (known && !name.trim().is_empty()).then(|| name.trim().to_owned())
    });
    labelled.or_else(|| {
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

/// A cover line without year and kind of publication.
fn bare_name(text: &str, vocabulary: &Vocabulary) -> String {
    let mut name: String = text.chars().map(amount::half_width_digit).collect();
    let year = years(&name).next();
    if let Some(year) = year {
        name.replace_range(year.start..year.end, "");
    }
    for noise in vocabulary.document.cover_noise.iter() {
        name = name.replace(noise, "");
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
        let found = read(&["某市某区2026年区级部门预算", "预算主管部门：某市某区司法局"]);
        assert_eq!(found.organisation.as_deref(), Some("某市某区司法局"));
    }
}
