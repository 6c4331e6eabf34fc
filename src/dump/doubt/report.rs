//! What is in doubt, in words.

use super::{Judged, Printed, is_countable};
use crate::document::{Diagnostic, Observation, PageNumber};
use crate::dump::regions::Region;
use crate::dump::text::TextLine;

/// A share of lines without figures beside those with them, by which names are known to be broken.
const BROKEN_SHARE: f64 = 0.5;

impl Printed {
    /// What the lines of a table have.
    pub(in crate::dump) fn of(region: &Region, lines: &[TextLine]) -> Printed {
        let numbers = region.body.iter().copied().chain(region.header.clone());
        let words = numbers.flat_map(|line| &lines[line].words);
        let figures = words.filter(|word| is_countable(&word.text)).count();
        Printed { figures, header_is_in_pieces: region.header.is_empty() }
    }
}

/// Whether the names of a table are broken over lines above and below their figures, with no code to tell them apart.
fn names_are_broken(region: &Region, lines: &[TextLine]) -> bool {
    let is_coded = region.columns.as_ref().is_none_or(|columns| columns.have_codes() || columns.sides.len() > 1);
    let has_figures = |line: &&usize| lines[**line].words.iter().any(|word| is_countable(&word.text));
    let with_figures = region.body.iter().filter(has_figures).count();
    let without = region.body.len() - with_figures;
    !is_coded && region.keeps_columns && with_figures > 1 && without as f64 > BROKEN_SHARE * with_figures as f64
}

/// Names a table that is doubtful, and figures of it that have no cell or no name.
pub(in crate::dump) fn report(region: &Region, lines: &[TextLine], judged: &Judged, diagnostics: &mut Vec<Diagnostic>) {
    let title: Vec<String> = region.caption.iter().map(|line| lines[*line].text()).collect();
    let title = title.join(" ");
    let page = lines.get(region.first).map_or(PageNumber(1), |line| line.page);
    if !judged.reasons.is_empty() {
        let found = Observation::DoubtfulTable { reasons: judged.reasons.clone(), title: title.clone() };
        diagnostics.push(found.on(page));
    } else if names_are_broken(region, lines) {
        diagnostics.push(Observation::DoubtfulNames { title: title.clone() }.on(page));
    }
    if judged.lost + judged.nameless > 0 {
        let (lost, nameless) = (judged.lost, judged.nameless);
        diagnostics.push(Observation::UnplacedFigures { lost, nameless, title }.on(page));
    }
}
