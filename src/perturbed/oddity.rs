//! Perturbations that the program does not bear yet: each has a test of its own, ignored until it does.

/// A perturbation that is left out unless a test asks for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Oddity {
    /// 合计 stands in one cell over code and name.
    MergedTotal,
    /// Later pages repeat the title with （续）.
    RepeatedTitle,
    /// The first header row is one cell, and the table has no border at its sides.
    OpenTop,
    /// A page without text in the first or last column, and the table has no border at its sides.
    OpenBlankColumn,
    /// The first project goes on on the next page, and its name stands there, in the middle of the whole cell.
    NameAfterBreak,
    /// A level of indicators goes on on the next page and has its word there, and nothing else of its column on its page
    /// is merged.
    LevelAfterBreak,
}
