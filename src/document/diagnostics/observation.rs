//! Every kind of diagnostic, in the order of the pipeline, with what is known of the single case.
//!
//! The documentation of each kind says what was found, why it matters and what a reader can do. It stands in the JSON
//! Schema and in `docs/diagnostics.md` as well.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumIter, IntoStaticStr};

use super::super::PageNumber;

/// What a stage found, with its particulars: the only way to make a [`super::Diagnostic`].
#[derive(Clone, Debug, PartialEq, EnumDiscriminants)]
#[strum_discriminants(
    name(DiagnosticKind),
    vis(pub),
    doc = "The kinds of diagnostics; their names in kebab case are the stable ids.",
    derive(Hash, Serialize, Deserialize, JsonSchema, EnumIter, IntoStaticStr),
    serde(rename_all = "kebab-case"),
    strum(serialize_all = "kebab-case")
)]
pub(crate) enum Observation {
    /// The file breaks off before its end, as a download that was cut.
    ///
    /// Why it matters: what can be found in the rest is read, but pages, tables and figures of the missing part are not.
    ///
    /// What to do: fetch the file again.
    DamagedFile,
    /// The page's content, a font or a form on it is named and is not in the file, or the page is blank in a file that breaks off.
    ///
    /// Why it matters: text that stood on the page is lost.
    ///
    /// What to do: fetch the file again, or compare the page with another copy.
    ContentMissing,
    /// The file claims another number of pages than could be read.
    ///
    /// Why it matters: tables and text of the missing pages are missing from the document, and tables that go on there
    /// are cut short.
    ///
    /// What to do: open the file in a PDF viewer and count the pages; a damaged download is fetched again.
    PagesMissing {
        /// Pages that the file claims.
        claimed: u32,
        /// Pages that could be read.
        read: usize,
    },
    /// The page is a scan, and its text is the invisible layer that character recognition left behind.
    ///
    /// Why it matters: recognised digits can be wrong, and nothing in the file says which.
    ///
    /// What to do: trust figures that passing checks confirm (`verified_by`), and compare the others with the image.
    RecognisedText,
    /// The page is an image and has no text.
    ///
    /// Why it matters: whatever is printed on it is missing from the document.
    ///
    /// What to do: read the page by eye, or run character recognition over the file and convert the result.
    NoTextLayer,
    /// The page has neither text nor a large image.
    ///
    /// Why it matters: it does not, unless the publisher meant to print something there.
    ///
    /// What to do: nothing, or ask the publisher.
    BlankPage,
    /// Characters of the page cannot be named, because their font has no map to Unicode. They are `U+FFFD`.
    ///
    /// Why it matters: names and figures with such characters are incomplete.
    ///
    /// What to do: look at the page; where many are missing, ask for a file that was exported with embedded maps.
    UnmappedGlyphs {
        /// Characters without a name.
        count: usize,
        /// All characters of the page.
        characters: usize,
    },
    /// The clipping area hides a digit that stands right beside digits that are seen.
    ///
    /// Why it matters: the figure is read with a digit too few, by a person as by a program.
    ///
    /// What to do: look at the place given; the hidden digit is in the message.
    CutFigure {
        /// The digit that is not seen.
        digit: char,
    },
    /// A text is too long for its cell, which cuts it; it was read whole.
    ///
    /// Why it matters: the page shows a part of what the file has. Figures are never completed so.
    ///
    /// What to do: nothing; who publishes the document makes the cell wider.
    CutText {
        /// The whole text.
        text: String,
    },
    /// Pale text under or over the page's own was left out: a watermark.
    ///
    /// Why it matters: its characters stand among those of the table, but belong to no name and no figure.
    ///
    /// What to do: nothing, unless the quoted text belongs to the document.
    Watermark {
        /// The characters.
        text: String,
    },
    /// Text in a colour of its own over the page's was left out: a seal or a stamp.
    ///
    /// Why it matters: its characters stand among those of the table, but belong to no name and no figure.
    ///
    /// What to do: nothing, unless the quoted text belongs to the document.
    Stamp {
        /// The characters.
        text: String,
    },
    /// Text that a line strikes out was left out.
    ///
    /// Why it matters: what is struck out holds no longer; what replaces it mostly stands beside it.
    ///
    /// What to do: look at the place given where the cell is empty.
    StruckOut {
        /// The characters.
        text: String,
    },
    /// The numbers of footnotes behind figures or names were kept apart.
    ///
    /// Why it matters: with them a figure would have a digit too many.
    ///
    /// What to do: read the footnotes on the page where they matter.
    FootnoteMark {
        /// The characters.
        text: String,
    },
    /// The page is an image, but for a few characters such as its number.
    ///
    /// Why it matters: whatever the image shows, a table for instance, is missing from the document.
    ///
    /// What to do: read the page by eye, or run character recognition over the file and convert the result.
    PictureOnly {
        /// How many characters it has.
        characters: usize,
    },
    /// The page has more characters, rulings or painted areas than any printed page; the rest of it was left out.
    ///
    /// Why it matters: what was left out is missing, and tables may lack rulings.
    ///
    /// What to do: look at the page. Such pages are drawings or hostile files, hardly ever budgets.
    PageTooFull,
    /// Characters of the page were left out, because the file gives them no place on it, or has them as the value of a
    /// form field or of a note that it does not draw.
    ///
    /// Why it matters: they may have been part of a name or a figure.
    ///
    /// What to do: compare the page with what was read of it.
    CharactersNowhere {
        /// Characters left out.
        count: usize,
    },
    /// Text that the file holds but no reader sees was left out; the message says why it is not seen.
    ///
    /// Why it matters: it is no part of what was published. Clipped text can be the end of a cell that is too narrow.
    ///
    /// What to do: nothing, unless the quoted words are missing from a cell.
    HiddenText {
        /// Why it is not seen.
        reason: HiddenReason,
        /// The text.
        text: String,
    },
    /// A second reading of the page, by an independent library, has other figures (`--second-reader`).
    ///
    /// Why it matters: one of the two readings is wrong.
    ///
    /// What to do: look at the figures that the message names.
    SecondReaderDiffers {
        /// The figures that only one of the readings has.
        figures: Vec<String>,
    },
    /// A second reading was asked for, but the other library cannot read the file.
    ///
    /// Why it matters: the figures were read once only, as without `--second-reader`.
    ///
    /// What to do: nothing.
    SecondReaderUnavailable {
        /// Why.
        why: String,
    },
    /// Figures of a text dump that look like a table's stand outside the tables that were found.
    ///
    /// Why it matters: a table, or a part of one, was not recognised; its figures are in no table and no fact.
    ///
    /// What to do: look at the pages named. Convert the PDF instead of the dump where there is one.
    FiguresOutsideTables {
        /// How many.
        count: usize,
        /// The pages on which they stand.
        pages: Vec<PageNumber>,
    },
    /// A table of a text dump has more lines than are read as one table.
    ///
    /// Why it matters: its lines are kept as text, and none of its figures is a fact.
    ///
    /// What to do: look at the page. Convert the PDF instead of the dump where there is one.
    TableTooLong {
        /// Its lines.
        lines: usize,
    },
    /// A figure that a text dump breaks over two lines was put together again.
    ///
    /// Why it matters: two figures could have been taken for one.
    ///
    /// What to do: look at the figure in the message where no check confirms it.
    FigureRejoined {
        /// The whole figure.
        text: String,
    },
    /// A table of a text dump whose figures nothing confirms to stand in the right row and column.
    ///
    /// Why it matters: its figures are marked `ambiguous`; a figure may belong to another name or column.
    ///
    /// What to do: compare the table with the publication before its figures are used; the message says what is wrong.
    DoubtfulTable {
        /// What is wrong with it.
        reasons: Vec<String>,
        /// Its caption.
        title: String,
    },
    /// A table of a text dump has names without codes that are broken over lines.
    ///
    /// Why it matters: only their places tell whose the pieces are, so that a name may have a piece of its neighbour's.
    ///
    /// What to do: compare the names of the table with the publication.
    DoubtfulNames {
        /// Its caption.
        title: String,
    },
    /// Figures in the lines of a text dump's table have no cell or no name.
    ///
    /// Why it matters: they are missing from the table, or it is not known what they are of.
    ///
    /// What to do: compare the table with the publication.
    UnplacedFigures {
        /// Figures without a cell.
        lost: usize,
        /// Figures without a name.
        nameless: usize,
        /// The table's caption.
        title: String,
    },
    /// A table of performance targets in a text dump whose cells cannot be told from one another.
    ///
    /// Why it matters: its lines are kept as text; `performance` lacks its projects.
    ///
    /// What to do: read the page. Convert the PDF instead of the dump where there is one.
    PerformanceUnread,
    /// Text of a performance table in a text dump was given to an indicator or project that may not be its own.
    ///
    /// Why it matters: the indicator may have words of its neighbour, or lack its own.
    ///
    /// What to do: look at the indicator that the message quotes.
    UncertainIndicator {
        /// What is not certain.
        why: &'static str,
        /// The indicator.
        name: String,
    },
    /// A single character belongs to nothing around it.
    ///
    /// Why it matters: it is often an ornament, seldom the last character of a cut line.
    ///
    /// What to do: look at the place given where the text around it seems to lack a character.
    StrayText {
        /// The character.
        text: String,
    },
    /// Lines of text belong to no part of the document that is read, such as an annex.
    ///
    /// Why it matters: their text is nowhere in the document.
    ///
    /// What to do: read them in the publication where they are wanted.
    UnreadPart {
        /// How many lines.
        lines: usize,
        /// Title of the part, or its first line.
        title: String,
    },
    /// Text of the page is nowhere in the document: an amount, or more than a line.
    ///
    /// Why it matters: what it says is missing from the data, and a figure among it was not checked.
    ///
    /// What to do: read the place given in the publication; `coverage` counts what is unread on each page.
    UnreadText {
        /// How many characters.
        characters: usize,
        /// The first of them.
        text: String,
    },
    /// A table without rulings: its cells were placed by the alignment of their text.
    ///
    /// Why it matters: that is less certain than rulings; a cell may stand in the column beside its own.
    ///
    /// What to do: trust what passing checks confirm; findings in such a table may be our own misreading (`doubtful`).
    AlignedTable,
    /// No header was found above a table.
    ///
    /// Why it matters: its columns have no names, so that nobody can say what its amounts measure (`other`); the table
    /// is read with low confidence.
    ///
    /// What to do: look at the table; many such tables are ruled boxes around text.
    NoHeader,
    /// The two pieces of a row that the page break cut were put together again.
    ///
    /// Why it matters: two rows could have been taken for one.
    ///
    /// What to do: look at the row where a check of its table fails.
    RowRejoined {
        /// The first text of the second piece.
        text: String,
    },
    /// The thousands separators of an amount do not stand after every third digit.
    ///
    /// Why it matters: a digit may be missing, or two figures may have run together.
    ///
    /// What to do: look at the place given.
    OddThousands {
        /// The amount as printed.
        text: String,
    },
    /// A cell where an amount belongs holds something that is none.
    ///
    /// Why it matters: there is no fact for it, and sums over it cannot be checked.
    ///
    /// What to do: look at the place given: the cell is misprinted, or a column was taken for one of amounts.
    UnreadableAmount {
        /// What it holds.
        text: String,
    },
    /// A table prints no unit: that of the table before it was taken, the only one that the document prints.
    ///
    /// Why it matters: its amounts in yuan rest on that.
    ///
    /// What to do: nothing, unless its amounts seem ten thousand times too large or small.
    UnitInherited {
        /// Title of the table.
        title: Option<String>,
        /// The unit taken.
        unit: String,
    },
    /// A table prints no unit, and the document prints several: that of the table before it was taken.
    ///
    /// Why it matters: another unit may be meant; its amounts in yuan may be ten thousand times too large or small.
    ///
    /// What to do: compare its total with that of a table that prints its unit.
    UncertainUnit {
        /// Title of the table.
        title: Option<String>,
        /// The unit taken.
        unit: String,
    },
    /// Columns without a unit stand beside columns of several units, and nothing above the table tells which is theirs.
    ///
    /// Why it matters: their exact values in yuan may be a thousandfold or ten-thousandfold off.
    ///
    /// What to do: look at the header of the table.
    MixedUnits {
        /// Title of the table.
        title: Option<String>,
        /// The unit taken.
        unit: String,
    },
    /// A table has codes or amounts, and neither its title nor what it contains tells its kind.
    ///
    /// Why it matters: its figures are read, but take no part in comparisons with other tables.
    ///
    /// What to do: look at the title; a city's own word for a known table belongs to the vocabulary.
    TableOfNoKind {
        /// Title of the table.
        title: Option<String>,
    },
    /// A table has amounts, and no unit is printed for them.
    ///
    /// Why it matters: its figures have no exact value in yuan.
    ///
    /// What to do: look at the page.
    TableWithoutUnit {
        /// Title of the table.
        title: Option<String>,
    },
    /// Figures of a table agree in all that is known of them, but not in their amounts.
    ///
    /// Why it matters: they cannot be told apart by what identifies a fact; only by the cell that each stands in.
    ///
    /// What to do: nothing, where the table itself lists the same thing twice; else compare its header with the publication.
    AmbiguousFacts {
        /// How many.
        count: usize,
        /// Title of the table.
        title: Option<String>,
    },
    /// The total below the projects of a performance table is not kept: it is no project.
    ///
    /// Why it matters: it does not; the message has the amount.
    ///
    /// What to do: nothing.
    ProjectsTotal {
        /// The total.
        amount: Option<String>,
    },
    /// The document is no budget: nothing on its cover, in its titles or headings speaks of budget or final accounts, and
    /// no table is of a known kind.
    ///
    /// Why it matters: whatever was read of it was read as if it were one.
    ///
    /// What to do: look at the file; it was probably published beside a budget.
    NotABudget,
    /// A budget does not say whose it is, where that is printed: on the cover, above tables, or in headings.
    ///
    /// Why it matters: its figures cannot be told from those of others.
    ///
    /// What to do: look for the name in the file's own name or on the page that links to it.
    NoOrganisation,
    /// The explanation of the budget states no number.
    ///
    /// Why it matters: explanations are made of numbers; those of this one are probably drawn or worded in a way that is
    /// not read.
    ///
    /// What to do: read the pages of the narrative.
    NoStatements,
    /// First levels of indicators were taken from their second levels, as none is placed beside them or another kind is.
    ///
    /// Why it matters: which first level a second one belongs to is told by the national scheme (财预〔2015〕88号), not by
    /// the page; a publication may group its indicators otherwise.
    ///
    /// What to do: compare the first levels of the page with the publication where they matter.
    LevelInferred {
        /// How many indicators.
        count: usize,
    },
    /// A first level of indicators is printed beside second levels that are no part of it.
    ///
    /// Why it matters: the national scheme (财预〔2015〕88号) has each second level below one first level; either the
    /// publication is mistaken, or its cells are not drawn as they are meant. The indicators keep what is printed.
    ///
    /// What to do: look at the levels of the page in the publication.
    LevelContradicted {
        /// How many indicators.
        count: usize,
    },
    /// Something in a performance table has no place: an amount or target without its project or indicator, or figures of
    /// which none is known to be the budget.
    ///
    /// Why it matters: the projects may not be those of the document; checks that add them up are not applied.
    ///
    /// What to do: compare the projects of the page with the publication.
    PerformanceUnplaced {
        /// What has no place.
        what: Unplaced,
    },
}

/// Why a character that the file draws is not seen by a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HiddenReason {
    /// Drawn in the invisible text mode, or fully transparent.
    Invisible,
    /// Outside the clipping area.
    Clipped,
    /// In the colour of what lies behind it.
    BackgroundColour,
    /// Painted over afterwards.
    Covered,
    /// At an angle that is no quarter turn, as watermarks are.
    Slanted,
}

/// What a character is that stands on a page and belongs to none of its texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkKind {
    /// Pale, behind or over the text.
    Watermark,
    /// In a colour of its own, over the text: a seal or a stamp.
    Stamp,
    /// Struck out.
    StruckOut,
    /// The number of a footnote.
    Footnote,
}

/// What has no place in a performance table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unplaced {
    /// An amount without a project.
    Amount(String),
    /// A target without an indicator.
    Target,
    /// A project without a name.
    Project,
    /// Targets of which no project was read.
    Form,
    /// Several figures beside a label, below words nobody knows.
    Budget(String),
}
