//! A table's kind: by its title, else by the words of its header, else by its items.

use super::sheet::{Covered, Sheet};
use crate::document::{KindBy, TableKind};
use crate::language::vocabulary::{Vocabulary, squeezed};

/// What parts labels from one another where rules look at all of them; rules may name it to ask for a whole label.
const MARK: char = '|';

/// The kind of a table, and what told it. Header and items tell only where nothing else could have them: a kind taken
/// for another would be worse than none.
pub(super) fn kind(
    title: Option<&str>,
    paths: &[Vec<String>],
    sheet: &Sheet,
    vocabulary: &Vocabulary,
) -> (TableKind, Option<KindBy>) {
    let by_title = title.map_or(TableKind::Other, |title| vocabulary.table_kind(title));
    if by_title != TableKind::Other {
        return (by_title, Some(KindBy::Title));
    }
    let labels = listed(paths.iter().flatten().map(String::as_str));
    if let Some(kind) = vocabulary.kind_by_header(&labels) {
        return (kind, Some(KindBy::Header));
    }
    let slots = sheet.rows.iter().flat_map(|row| &row.slots).filter(|slot| slot.covered == Covered::Own);
    let items = listed(slots.map(|slot| slot.text.as_str()).filter(|text| !text.is_empty()));
    match vocabulary.kind_by_items(&format!("{labels}{items}")) {
        Some(kind) => (kind, Some(KindBy::Content)),
        None => (TableKind::Other, None),
    }
}

/// Texts between marks.
fn listed<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let mut list = String::from(MARK);
    for text in texts {
        list.push_str(&squeezed(text));
        list.push(MARK);
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::document::national;

    fn told(header: &str, title: Option<&str>) -> (TableKind, Option<KindBy>) {
        let paths: Vec<Vec<String>> =
            header.split(' ').map(|path| path.split('/').map(str::to_owned).collect()).collect();
        let region = crate::model::TableRegion {
            caption: crate::model::Caption::default(),
            grids: Vec::new(),
            notes: Vec::new(),
            column_leaves: Vec::new(),
        };
        kind(title, &paths, &super::super::sheet::sheet(&region), national())
    }

    #[test]
    fn the_title_comes_first() {
        let header = "科目编码 科目名称 合计 基本支出 项目支出 上缴上级支出";
        assert_eq!(told(header, Some("支出总表")), (TableKind::ExpenditureSummary, Some(KindBy::Title)));
        assert_eq!(told(header, None), (TableKind::ExpenditureSummary, Some(KindBy::Header)));
    }

    #[test]
    fn a_header_that_several_kinds_have_tells_nothing() {
        assert_eq!(told("科目编码 科目名称 合计 基本支出 项目支出", None), (TableKind::Other, None));
        assert_eq!(told("序号 单位名称 备注", None), (TableKind::Other, None));
    }

    #[test]
    fn headers_tell_kinds_by_words_of_their_own() {
        let kind_of = |header| told(header, None).0;
        assert_eq!(kind_of("合计 因公出国（境）费用 公务接待费 公务用车购置费"), TableKind::ThreePublic);
        assert_eq!(kind_of("采购项目名称 采购品目 数量 金额"), TableKind::Procurement);
        assert_eq!(kind_of("科目编码 科目名称 合计 财政拨款收入 事业收入 上级补助收入"), TableKind::RevenueSummary);
    }

    #[test]
    fn items_tell_a_two_sided_table() {
        let paths = [["收入", "项目"], ["收入", "预算数"], ["支出", "项目"], ["支出", "预算数"]];
        let paths: Vec<Vec<String>> = paths.iter().map(|path| path.map(str::to_owned).to_vec()).collect();
        let rows = [crate::testing::page::table(1, 80.0, &[&["事业收入", "1.00", "外交支出", "1.00"]])];
        let region = crate::model::TableRegion {
            caption: crate::model::Caption::default(),
            grids: rows.to_vec(),
            notes: Vec::new(),
            column_leaves: Vec::new(),
        };
        let found = kind(None, &paths, &super::super::sheet::sheet(&region), national());
        assert_eq!(found, (TableKind::RevenueExpenditureSummary, Some(KindBy::Content)));
    }
}
