//! Cover and captions → what was published, by whom, for which year.

use crate::amount;
use crate::document::{Publication, PublicationKind, Scope};
use crate::model::{Outline, PlacedLine};
use crate::ordinals;
use crate::vocabulary::{Vocabulary, squeezed};

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
    if let Some((start, end, _)) = find_year(&name) {
        name.replace_range(start..end, "");
    }
    for noise in vocabulary.document.cover_noise.iter() {
        name = name.replace(noise, "");
    }
    name.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '（' | '）' | '(' | ')')).to_owned()
}

/// The first year that a text names: `2023年`, `二〇二三年`, or a bare `2023`.
pub(crate) fn year_in(text: &str) -> Option<u16> {
    find_year(text).map(|(_, _, year)| year)
}

/// First year in a text: byte range with 年 or 年度, and value.
fn find_year(text: &str) -> Option<(usize, usize, u16)> {
    let starts = text.char_indices().filter(|(_, c)| matches!(c, '1' | '2' | '二' | '一'));
    for (start, _) in starts {
        let digits: String = text[start..].chars().take(4).collect();
        let value = digits.parse::<u16>().ok().or_else(|| chinese_year(&digits));
        let Some(year) = value.filter(|year| (1990..2100).contains(year)) else { continue };
        let rest = &text[start + digits.len()..];
        if rest.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let suffix = ["年度", "年"].into_iter().find(|suffix| rest.starts_with(suffix)).unwrap_or("");
        return Some((start, start + digits.len() + suffix.len(), year));
    }
    None
}

/// 二〇二三 → 2023.
fn chinese_year(digits: &str) -> Option<u16> {
    digits.chars().try_fold(0, |year, c| {
        let digit =
            if matches!(c, '〇' | '○' | '零' | 'Ｏ') { 0 } else { ordinals::chinese_value(&c.to_string())? };
        (digit < 10).then_some(year * 10 + digit as u16)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PageNumber;
    use crate::model::testing::line_at;

    fn read(cover: &[&str]) -> Publication {
        let line = |text: &&str| PlacedLine {
            page: PageNumber(1),
            line: line_at(text, 10.0, 20.0, 20.0),
            text: (*text).to_owned(),
        };
        let outline = Outline { cover: cover.iter().map(line).collect(), ..Outline::default() };
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

    #[test]
    fn years_in_chinese_numerals() {
        assert_eq!(year_in("二〇二三年"), Some(2023));
        assert_eq!(year_in("共计20231元"), None);
    }
}
