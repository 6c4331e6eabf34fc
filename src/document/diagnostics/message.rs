//! What was found → the message of its diagnostic, in English: the words of its kind with the particulars.

use super::{DiagnosticKind, HiddenReason, Observation, Unplaced};

/// Hidden text is quoted up to this many characters.
const QUOTED: usize = 40;

/// At most this many figures are named where two readings differ.
const NAMED: usize = 5;

impl Observation {
    /// What was found, in words.
    pub(super) fn message(&self) -> String {
        // The words that stand at the beginning or the end of the message whatever was found.
        let words = DiagnosticKind::from(self).english();
        match self {
            Self::PagesMissing { claimed, read } => {
                format!("the file claims {claimed} pages, but {read} could be read")
            }
            Self::UnmappedGlyphs { count, characters } => {
                let share = 100.0 * *count as f32 / (*characters).max(1) as f32;
                format!("{count} characters ({share:.1} %) cannot be named: their font has no map to Unicode")
            }
            Self::CutFigure { digit } => {
                format!("a figure is cut by the clipping area: its digit {digit} is not seen")
            }
            Self::HiddenText { reason, text } => {
                let more = if text.chars().count() > QUOTED { "…" } else { "" };
                let quoted: String = text.chars().take(QUOTED).collect();
                format!("{}{quoted}{more}", before_hidden_text(*reason))
            }
            Self::CutText { text }
            | Self::Watermark { text }
            | Self::Stamp { text }
            | Self::StruckOut { text }
            | Self::FootnoteMark { text } => {
                let more = if text.chars().count() > QUOTED { "…" } else { "" };
                let quoted: String = text.chars().take(QUOTED).collect();
                format!("{words}: {quoted}{more}")
            }
            Self::PictureOnly { characters } => format!("{words} ({characters} characters)"),
            Self::SecondReaderDiffers { figures } => {
                let named = figures[..figures.len().min(NAMED)].join(", ");
                format!("{} {words}: {named}", figures.len())
            }
            Self::FiguresOutsideTables { count, pages } => {
                let listed: Vec<String> = pages.iter().map(|page| page.0.to_string()).collect();
                format!("{count} {words}, on pages {}", listed.join(", "))
            }
            Self::TableTooLong { lines } => {
                format!("a table of {lines} lines is not read; its lines are kept as text")
            }
            Self::DoubtfulTable { reasons, title } => format!("{words}: {}: {title}", reasons.join("; ")),
            Self::UnplacedFigures { lost, nameless, title } => {
                format!("{lost} figures of a table's lines have no cell, {nameless} no name: {title}")
            }
            Self::UncertainIndicator { why, name } => format!("{why}: {name}"),
            Self::LevelInferred { count } | Self::LevelContradicted { count } => format!("{count} {words}"),
            Self::UnreadText { characters, text } => format!("{characters} {words}: {text} …"),
            Self::UnreadPart { lines, title } => format!("{lines} {words}: {title} …"),
            Self::UnitInherited { title, unit } | Self::UncertainUnit { title, unit } => {
                let title = title.as_deref().unwrap_or("a table");
                format!("{title} prints no unit: {unit} was taken from a table before it")
            }
            Self::AmbiguousFacts { count, title } => {
                format!("{count} {words}: {}", title.as_deref().unwrap_or("a table"))
            }
            Self::MixedUnits { title, unit } => {
                let title = title.as_deref().unwrap_or("a table");
                format!("{title} has columns in several units: {unit} was taken for those that name none")
            }
            Self::TableOfNoKind { title } | Self::TableWithoutUnit { title } => {
                format!("{words}: {}", title.as_deref().unwrap_or("no title"))
            }
            Self::ProjectsTotal { amount } => format!("{words}: {}", amount.as_deref().unwrap_or("no amount")),
            Self::PerformanceUnplaced { what } => match what {
                Unplaced::Amount(amount) => format!("an amount without a project: {amount}"),
                Unplaced::Target => "a target without an indicator".to_owned(),
                Unplaced::Project => "a project without a name".to_owned(),
                Unplaced::Form => "targets without a project".to_owned(),
                Unplaced::Budget(label) => format!("several figures of which none is known to be the budget: {label}"),
            },
            Self::CharactersNowhere { count } => format!("{count} {words}"),
            Self::SecondReaderUnavailable { why: particular }
            | Self::FigureRejoined { text: particular }
            | Self::DoubtfulNames { title: particular }
            | Self::StrayText { text: particular }
            | Self::RowRejoined { text: particular }
            | Self::OddThousands { text: particular }
            | Self::UnreadableAmount { text: particular } => format!("{words}: {particular}"),
            Self::RecognisedText
            | Self::NoTextLayer
            | Self::DamagedFile
            | Self::ContentMissing
            | Self::BlankPage
            | Self::PageTooFull
            | Self::PerformanceUnread
            | Self::AlignedTable
            | Self::NotABudget
            | Self::NoOrganisation
            | Self::NoStatements
            | Self::NoHeader => words.to_owned(),
        }
    }
}

/// What the message says of hidden text before it quotes it.
pub(super) fn before_hidden_text(reason: HiddenReason) -> String {
    let why = match reason {
        HiddenReason::Invisible => "is drawn invisibly",
        HiddenReason::Clipped => "is clipped away",
        HiddenReason::BackgroundColour => "has the colour of its background",
        HiddenReason::Covered => "is painted over",
        HiddenReason::Slanted => "is slanted as a watermark",
    };
    format!("text that {why} was left out: ")
}
