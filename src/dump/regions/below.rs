//! Tables whose title stands below them: some pages print the lines at the top of a page last.

use super::{CaptionLines, Finder, Region, is_figure, is_sentence};
use crate::document::TableKind;
use crate::dump::header;
use crate::dump::table::columns::Columns;
use crate::dump::text::TextLine;
use crate::language::ordinals;
use crate::language::vocabulary::{PartKind, squeezed};
use crate::text::captions::CaptionPiece;

/// A title that stands below its table has at most so many lines with it: itself, organisation, total.
const MAX_FOOT_LINES: usize = 4;

/// A title that stands below its table.
pub(super) struct Foot {
    /// The line of the title.
    pub(super) title: usize,
    /// What it names.
    pub(super) kind: TableKind,
    /// The name of the table's total.
    pub(super) total: Option<usize>,
    /// The line after the page's last.
    pub(super) end: usize,
}

impl Finder<'_> {
    /// Some pages print a table's lowest labels and its body first, and its title and the upper labels after them.
    pub(super) fn title_below(&self, caption: &CaptionLines) -> Option<Region> {
        let start = caption.lines.end;
        let has_figure = |at: &usize| self.lines[*at].words.iter().any(|word| is_figure(&word.text));
        let body_start = (start..self.lines.len()).take_while(|at| !self.ends_table(*at, false)).find(has_figure)?;
        let caption_at = (body_start..self.lines.len()).find(|at| self.ends_table(*at, false))?;
        let last_figure = (body_start..caption_at).rfind(has_figure)?;
        let is_total = |at: &usize| self.vocabulary.headers.totals.contain(&squeezed(&self.lines[*at].text()));
        let body_end = last_figure + 1 + (last_figure + 1..caption_at).take_while(is_total).count();
        // What follows is the title, perhaps the organisation, and labels, in any order.
        let page = self.lines[last_figure].page;
        let ends = |at: &usize| self.lines[*at].page != page || self.ends_zone(*at);
        let zone = body_end..(body_end..self.lines.len()).find(ends).unwrap_or(self.lines.len());
        let pieces = |at: usize| self.pieces(&self.lines[at]).filter(|pieces| self.says_caption(pieces));
        let (captions, upper): (Vec<usize>, Vec<usize>) = zone.clone().partition(|at| pieces(*at).is_some());
        let title = captions.iter().flat_map(|at| pieces(*at).unwrap_or_default()).find_map(|piece| match piece {
            CaptionPiece::Title(title) | CaptionPiece::Label { title: Some(title), .. } => Some(title),
            _ => None,
        })?;
        if upper.iter().all(is_total)
            || self.lines.get(zone.end).is_some_and(|line| line.page == page && has_figure(&zone.end))
        {
            return None;
        }
        let header: Vec<TextLine> =
            upper.into_iter().chain(start..body_start).map(|at| self.lines[at].clone()).collect();
        let figures = self.figures(start);
        let roots = header::read(&header, figures, self.vocabulary)?.roots;
        let columns = Columns::of(&roots, self.vocabulary).fit(figures, self.vocabulary);
        (columns.amounts() >= figures).then(|| Region {
            kind: self.vocabulary.table_kind(&title),
            yuan: caption.yuan,
            first: caption.lines.start,
            caption: caption.lines.clone().chain(captions).collect(),
            columns: Some(columns),
            header: body_start..body_start,
            body: (body_start..body_end).collect(),
            end: zone.end,
            keeps_columns: false,
        })
    }

    /// Some pages print a table's title last, perhaps with the organisation and the name of the total: the title, where
    /// all that is left of the page from `start` on is that, and the next page has its own caption.
    pub(super) fn title_at_foot(&self, start: usize) -> Option<Foot> {
        let page = self.lines.get(start.checked_sub(1)?)?.page;
        let end = start + self.lines[start..].iter().take_while(|line| line.page == page).count();
        let foot = start..end;
        let has_figure = |at: usize| self.lines[at].words.iter().any(|word| is_figure(&word.text));
        let title_of = |at: usize| {
            self.pieces(&self.lines[at])?.into_iter().find_map(|piece| match piece {
                CaptionPiece::Title(title) => Some(self.vocabulary.table_kind(&title)),
                _ => None,
            })
        };
        let titles: Vec<(usize, TableKind)> =
            foot.clone().filter_map(|at| Some((at, title_of(at).filter(|kind| *kind != TableKind::Other)?))).collect();
        let [(title, kind)] = titles.as_slice() else { return None };
        let names_unit = |at: usize| {
            let pieces = self.pieces(&self.lines[at]).unwrap_or_default();
            pieces.iter().any(|piece| matches!(piece, CaptionPiece::Unit(_)))
        };
        let is_foot = foot.len() <= MAX_FOOT_LINES && !foot.clone().any(|at| has_figure(at) || names_unit(at));
        let own_title =
            |next: CaptionLines| next.title.is_none_or(|title| self.vocabulary.table_kind(&title) != TableKind::Other);
        let next_has_own = end == self.lines.len() || self.caption_at(end).is_some_and(own_title);
        let is_total = |at: &usize| self.vocabulary.headers.totals.contain(&squeezed(&self.lines[*at].text()));
        let total = foot.clone().find(is_total);
        (is_foot && next_has_own).then_some(Foot { title: *title, kind: *kind, total, end })
    }

    /// The body with the name of its total, which stands at the foot of the page, before the figures that have no name.
    pub(super) fn with_total_name(&self, mut body: Vec<usize>, foot: &Foot) -> Vec<usize> {
        let is_bare = |line: &TextLine| line.words.iter().all(|word| is_figure(&word.text));
        let nameless = body.iter().filter(|at| is_bare(&self.lines[**at])).count();
        if let (Some(total), Some(first), 1) = (foot.total, body.first(), nameless)
            && is_bare(&self.lines[*first])
        {
            body.insert(0, total);
        }
        body
    }

    /// Whether pieces of a line are of a caption beyond doubt.
    fn says_caption(&self, pieces: &[CaptionPiece]) -> bool {
        pieces.iter().any(|piece| match piece {
            CaptionPiece::Title(title) => self.vocabulary.table_kind(title) != TableKind::Other,
            CaptionPiece::Organisation(_) | CaptionPiece::Label { .. } => true,
            _ => false,
        })
    }

    /// Whether a line can be neither title nor label of the table above: it begins the next one, or is prose.
    fn ends_zone(&self, at: usize) -> bool {
        let line = &self.lines[at];
        let plain = squeezed(&line.text()).into_owned();
        let names_unit =
            self.pieces(line).is_some_and(|pieces| pieces.iter().any(|piece| matches!(piece, CaptionPiece::Unit(_))));
        let is_part = self.vocabulary.parts.iter().any(|part| part.kind != PartKind::Tables && part.titles.end(&plain));
        let has_figure = line.words.iter().any(|word| is_figure(&word.text));
        names_unit || is_part || has_figure || is_sentence(&plain) || ordinals::leading(&plain).is_some()
    }
}

#[cfg(test)]
mod tests {
    use crate::document::TableKind;
    use crate::dump::{pages, regions};
    use crate::language::vocabulary::Vocabulary;

    /// Kind, lines of the caption and of the body of each table of a dump.
    fn found(dump: &str) -> Vec<(TableKind, Vec<usize>, Vec<usize>)> {
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let regions = regions::find(&pages::lines(dump, vocabulary), vocabulary);
        regions.into_iter().map(|region| (region.kind, region.caption, region.body)).collect()
    }

    #[test]
    fn a_title_at_the_foot_is_of_the_table_above_it() {
        let page = |title: &str| {
            format!(
                "部门：某局 单位：万元\n科目编码 科目名称 金额\n5.00\n201 一般公共服务支出 3.00\n205 教育支出 2.00\n{title}\n合计\n"
            )
        };
        let dump = format!("{}\u{c}{}", page("财政拨款支出预算表"), page("一般公共预算支出预算表"));
        let expected = [
            (TableKind::FiscalAppropriationExpenditure, vec![0, 5], vec![6, 2, 3, 4]),
            (TableKind::GeneralPublicExpenditure, vec![7, 12], vec![13, 9, 10, 11]),
        ];
        assert_eq!(found(&dump), expected);
    }

    #[test]
    fn a_title_with_more_below_it_is_of_the_next_table() {
        let dump = "单位：万元\n科目编码 科目名称 金额\n201 一般公共服务支出 3.00\n一般公共预算支出预算表\n单位：万元\n\
                    科目编码 科目名称 金额\n205 教育支出 2.00\n";
        let kinds: Vec<TableKind> = found(dump).into_iter().map(|(kind, ..)| kind).collect();
        assert_eq!(kinds, [TableKind::Other, TableKind::GeneralPublicExpenditure]);
    }
}
