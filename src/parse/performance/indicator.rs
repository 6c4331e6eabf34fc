//! The row of an indicator, and what of it a page break may still complete.

use super::columns::Columns;
use super::levels::Placed;
use super::{append, target};
use crate::document::{Indicator, LabelledValue, PageNumber};
use crate::language::performance_roles::Role;
use crate::language::relations;
use crate::language::vocabulary::PerformanceWords;
use crate::parse::sheet::{Covered, SheetRow};
use crate::text::reflow;

/// What has a place of its own in an indicator, or in its project.
const PLACED: [Role; 10] = [
    Role::LEVEL1,
    Role::LEVEL2,
    Role::INDICATOR,
    Role::RELATION,
    Role::VALUE,
    Role::MEASURE_UNIT,
    Role::WEIGHT,
    Role::PROJECT,
    Role::AMOUNT,
    Role::GOAL,
];

/// What the row of an indicator says.
pub(super) struct IndicatorRow {
    pub(super) name: Option<String>,
    relation: Option<String>,
    value: Option<String>,
    measure_unit: Option<String>,
    weight: Option<String>,
    /// What else its row says.
    fields: Vec<LabelledValue>,
    /// Spaces dropped from its name.
    dropped_spaces: usize,
}

impl IndicatorRow {
    pub(super) fn new(row: &SheetRow, columns: &Columns) -> Self {
        let [relation, value, measure_unit, weight] =
            [Role::RELATION, Role::VALUE, Role::MEASURE_UNIT, Role::WEIGHT].map(|role| columns.text(row, role));
        let name = columns.slot(row, Role::INDICATOR);
        Self {
            name: name.map(|slot| slot.text.clone()),
            dropped_spaces: name.map_or(0, |slot| slot.dropped_spaces),
            relation,
            value,
            measure_unit,
            weight,
            fields: beside_target(row, columns),
        }
    }

    pub(super) fn has_target(&self) -> bool {
        self.relation.is_some() || self.value.is_some() || self.measure_unit.is_some()
    }
}

/// What else the row of an indicator says, right of where the indicators begin.
fn beside_target(row: &SheetRow, columns: &Columns) -> Vec<LabelledValue> {
    let has_place = |column: &usize| columns.roles[*column].is_some_and(|role| PLACED.contains(&role));
    let others = (columns.first_of_indicators()..row.slots.len()).filter(|column| !has_place(column));
    let filled = others.map(|column| (column, &row.slots[column]));
    let filled = filled.filter(|(_, slot)| slot.covered == Covered::Own && !slot.text.is_empty());
    let label = |column: usize| columns.labels.get(column).cloned().unwrap_or_default();
    filled.map(|(column, slot)| LabelledValue { label: label(column), value: slot.text.clone() }).collect()
}

/// An indicator that may go on overleaf.
#[derive(Default)]
pub(super) struct OpenIndicator {
    pub(super) indicator: Indicator,
    /// Its relation as printed.
    relation: Option<String>,
    /// Spaces dropped from its name.
    dropped_spaces: usize,
    /// Whether a cell with the first level's word stands beside it.
    pub(super) is_beside_level: bool,
}

impl OpenIndicator {
    pub(super) fn new(row: IndicatorRow, placed: Placed, page: PageNumber) -> Self {
        let indicator = Indicator {
            level1: placed.level1,
            level2: placed.level2,
            name: row.name.unwrap_or_default(),
            value: row.value,
            measure_unit: row.measure_unit,
            weight: row.weight,
            fields: row.fields,
            pages: vec![page],
            ..Indicator::default()
        };
        let (relation, dropped_spaces) = (row.relation, row.dropped_spaces);
        Self { indicator, relation, dropped_spaces, is_beside_level: placed.is_beside }
    }

    /// One that is whole.
    pub(super) fn whole(indicator: Indicator) -> Self {
        Self { indicator, ..Self::default() }
    }

    /// Whether a row at the top of a page is one of its own, and not the rest of this one: both have a target, and the
    /// second is not the rest of a cut value. A relation cannot be cut, so a second one begins a target; a target without
    /// one goes on.
    pub(super) fn is_followed_by(&self, row: &IndicatorRow) -> bool {
        let own = &self.indicator;
        let had_target = self.relation.is_some() || own.value.is_some() || own.measure_unit.is_some();
        row.name.is_some() && row.has_target() && had_target && (row.relation.is_some() || self.relation.is_none())
    }

    /// Adds the rest that the page break cut off.
    pub(super) fn append(&mut self, row: IndicatorRow, page: PageNumber) {
        let own = &mut self.indicator;
        if let Some(name) = row.name {
            reflow::join(&mut own.name, &name);
        }
        append(&mut self.relation, row.relation);
        append(&mut own.value, row.value);
        append(&mut own.measure_unit, row.measure_unit);
        append(&mut own.weight, row.weight);
        for field in row.fields {
            match own.fields.iter_mut().find(|known| known.label == field.label) {
                Some(known) => reflow::join(&mut known.value, &field.value),
                None => own.fields.push(field),
            }
        }
        super::add_page(&mut own.pages, page);
        self.dropped_spaces += row.dropped_spaces;
    }

    /// The indicator, its target taken apart.
    pub(super) fn finish(self, columns: &Columns, words: &PerformanceWords) -> Indicator {
        let mut indicator = self.indicator;
        if !columns.has(Role::LEVEL1) && !columns.has(Role::LEVEL2) {
            take_levels(&mut indicator, words);
        }
        indicator.truncated = is_truncated(&indicator.name, self.dropped_spaces, &words.text_limits);
        match self.relation {
            Some(printed) => take_relation(&mut indicator, printed, columns),
            None if columns.lack_targets() && indicator.value.is_none() => {
                if let Some((name, target)) = target::behind_name(&indicator.name) {
                    indicator.name = name;
                    (indicator.relation, indicator.measure_unit) = (target.relation, target.measure_unit);
                    indicator.value = Some(target.value);
                }
            }
            None => {
                let printed = indicator.value.as_deref().filter(|_| indicator.measure_unit.is_none());
                if let Some(target) = printed.and_then(|value| target::split(value, &words.no_units)) {
                    (indicator.relation, indicator.measure_unit) = (target.relation, target.measure_unit);
                    indicator.value = Some(target.value);
                } else if let Some((relation, rest)) = indicator.value.as_deref().and_then(target::signed) {
                    (indicator.relation, indicator.value) = (Some(relation), Some(rest));
                }
            }
        }
        indicator
    }
}

/// Level words that stand before the name of an indicator, in its cell: 产出指标质量指标水质.
fn take_levels(indicator: &mut Indicator, words: &PerformanceWords) {
    let name = indicator.name.as_str();
    let levels = words.levels.iter().filter_map(|level| Some((level, name.strip_prefix(level.word.as_str())?)));
    let parts = levels.flat_map(|(level, rest)| {
        level.parts.iter().filter_map(move |part| Some((level.word.as_str(), part, rest.strip_prefix(part)?)))
    });
    let split = parts.filter(|(.., rest)| !rest.is_empty()).min_by_key(|(.., rest)| rest.len());
    if let Some((level1, level2, rest)) = split {
        let (level1, level2, rest) = (level1.to_owned(), level2.to_owned(), rest.to_owned());
        (indicator.level1, indicator.level2, indicator.name) = (Some(level1), Some(level2), rest);
    }
}

/// A printed relation: a sign, or a word (定性) that is none and is kept with the label of its column. Sign and unit may
/// stand in each other's column.
fn take_relation(indicator: &mut Indicator, printed: String, columns: &Columns) {
    indicator.relation = relations::whole(&printed);
    if indicator.relation.is_some() {
        return;
    }
    indicator.relation = indicator.measure_unit.as_deref().and_then(relations::whole);
    if indicator.relation.is_some() {
        indicator.measure_unit = Some(printed);
    } else {
        indicator.fields.push(LabelledValue { label: columns.label(Role::RELATION), value: printed });
    }
}

/// Whether a text has exactly the length at which a reporting system cuts, and does not end as a sentence does. Typed
/// spaces count, but reflow cannot tell them from layout: the limit must lie between the length without and with the
/// spaces that were dropped, or be the length without any.
fn is_truncated(text: &str, dropped_spaces: usize, limits: &[usize]) -> bool {
    let all = text.chars().count();
    let bare = text.chars().filter(|c| *c != ' ').count();
    let ends_sentence = text.ends_with(['。', '！', '？']);
    !ends_sentence && limits.iter().any(|limit| *limit == bare || (all..=all + dropped_spaces).contains(limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn level_words_may_stand_before_the_name() {
        let words = &crate::testing::document::national().performance;
        let levels = |name: &str| {
            let mut indicator = Indicator { name: name.to_owned(), ..Indicator::default() };
            take_levels(&mut indicator, words);
            (indicator.level1.unwrap_or_default(), indicator.level2.unwrap_or_default(), indicator.name)
        };
        assert_eq!(levels("产出指标质量指标水质"), ("产出指标".into(), "质量指标".into(), "水质".into()));
        assert_eq!(levels("产出指标"), (String::new(), String::new(), "产出指标".into()));
    }

    #[test]
    fn a_text_of_the_limit_is_truncated() {
        let text = |length: usize| "字".repeat(length);
        assert!(is_truncated(&text(150), 0, &[150]));
        assert!(is_truncated(&text(147), 3, &[150]));
        assert!(!is_truncated(&text(149), 0, &[150]));
        assert!(!is_truncated(&(text(149) + "。"), 0, &[150]));
    }
}
