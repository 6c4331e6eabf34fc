//! Facts of a table that nothing tells apart although their amounts differ: they are counted.

use rustc_hash::FxHashMap;

use crate::document::{Diagnostic, Fact, Observation};
use crate::model::ParsedTable;

/// What identifies a fact, but for its table: scheme and level follow from the code.
type Identity<'f> = (
    [Option<&'f str>; 3],
    Option<&'f crate::document::Subject>,
    (Option<crate::document::Direction>, crate::document::Measure, Option<crate::document::Fund>),
    (Option<u16>, Option<crate::document::Stage>),
    &'f [String],
);

/// One diagnostic for each table that has such facts, on the page of the first.
pub(super) fn diagnostics(facts: &[Fact], tables: &[ParsedTable]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for of_table in facts.chunk_by(|one, other| one.place.table == other.place.table) {
        let Some(first) = of_table.first() else { continue };
        let table = &tables[first.place.table].table;
        let mut groups: FxHashMap<Identity, Vec<&Fact>> = FxHashMap::default();
        for fact in of_table {
            groups.entry(identity(fact, &table.columns[fact.place.column].path)).or_default().push(fact);
        }
        let differ = |group: &&Vec<&Fact>| group.iter().any(|fact| fact.amount.value() != group[0].amount.value());
        let ambiguous: Vec<&Fact> = groups.values().filter(differ).flatten().copied().collect();
        if let Some(first) = ambiguous.iter().min_by_key(|fact| (fact.place.row, fact.place.column)) {
            let title = table.title.clone();
            found.push(Observation::AmbiguousFacts { count: ambiguous.len(), title }.on(first.page));
        }
    }
    found
}

fn identity<'f>(fact: &'f Fact, path: &'f [String]) -> Identity<'f> {
    (
        [fact.owner.as_deref(), fact.code.as_deref(), fact.name.as_deref()],
        fact.second.as_ref(),
        (fact.direction, fact.measure, fact.fund),
        (fact.year, fact.stage),
        path,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::TableKind;
    use crate::facts::facts;
    use crate::testing::document::{national, publication, table};

    #[test]
    fn facts_that_only_their_amounts_tell_apart_are_counted() {
        let count = |rows: &[&str]| {
            let tables = [table(TableKind::ProjectExpenditure, "项目支出表", "项目名称|合计", rows)];
            let facts = facts(&tables, &publication("某市财政局", 2023), national());
            diagnostics(&facts, &tables).len()
        };
        assert_eq!(count(&["修缮|5.00", "修缮|6.00"]), 1);
        assert_eq!(count(&["修缮|5.00", "修缮|5.00", "印刷|6.00"]), 0);
    }
}
