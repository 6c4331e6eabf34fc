//! The parts of a comparison in lines: tables, projects, statements, texts, checks.

use super::columns::{Align, aligned};
use super::words::Heading;
use crate::check::titles;
use crate::compare::years::without_years;
use crate::compare::{
    AmountChange, CheckChange, Comparison, FieldChange, Presence, PrintedFigure, ProjectChange, RowChange, RowName,
    StatementChange, TableChange,
};
use crate::report::Language;
use crate::report::words::{counted, ends};

/// Characters of a row's or project's name that are shown; the JSON has all of it.
const MAX_NAME: usize = 32;

/// How the parts of a changed amount are aligned.
const AMOUNTS: [Align; 7] =
    [Align::Left, Align::Left, Align::Right, Align::Left, Align::Right, Align::Right, Align::Right];

/// Writes the parts of one comparison.
pub(super) struct Writer {
    pub(super) language: Language,
}

impl Writer {
    pub(super) fn lines(&self, comparison: &Comparison) -> Vec<String> {
        let mut lines = self.part(Heading::Publication, self.fields(&comparison.publication));
        lines.extend(comparison.tables.iter().flat_map(|table| self.table(table)));
        lines.extend(self.part(Heading::Projects, self.projects(&comparison.projects)));
        lines.extend(self.part(Heading::Statements, self.statements(&comparison.statements)));
        let texts = comparison.texts.iter().map(|text| {
            let (part, name) = (self.language.part(text.part), self.named(&text.name));
            format!("{}  {part} {name}", self.language.presence(text.presence))
        });
        lines.extend(self.part(Heading::Texts, texts.collect()));
        lines.extend(self.part(Heading::Checks, comparison.checks.iter().map(|check| self.check(check)).collect()));
        let diagnostics = comparison.diagnostics.iter().map(|diagnostic| {
            let (old, new) = (diagnostic.old, diagnostic.new);
            format!("{}{}{old} → {new}", diagnostic.kind.id(), self.language.colon())
        });
        lines.extend(self.part(Heading::Diagnostics, diagnostics.collect()));
        lines
    }

    /// Lines below their heading; nothing where there are none.
    fn part(&self, heading: Heading, lines: Vec<String>) -> Vec<String> {
        if lines.is_empty() {
            return lines;
        }
        let heading = format!("  {}", self.language.heading(heading));
        [heading].into_iter().chain(lines.into_iter().map(|line| format!("    {line}"))).collect()
    }

    fn table(&self, table: &TableChange) -> Vec<String> {
        let language = self.language;
        let printed: Vec<&str> = [table.label.as_deref(), table.title.as_deref()].into_iter().flatten().collect();
        let name = if printed.is_empty() { format!("{:?}", table.kind) } else { printed.join(" ") };
        let unit = table.unit.as_deref().map(|unit| language.bracketed(unit)).unwrap_or_default();
        let mut heading = format!("  {}{unit}", language.quoted(&name));
        if table.presence != Presence::Both {
            heading = format!("{heading}{}{}", language.colon(), language.presence(table.presence));
        }
        let mut lines = self.fields(&table.fields);
        let cells = table.amounts.iter().map(|cell| {
            let row = self.row(&cell.row);
            self.amount([row, self.path(&cell.column)], &cell.change)
        });
        lines.extend(self.amounts(cells.collect()));
        lines.extend(table.renamed.iter().map(|renamed| {
            let (old, new) = (self.row(&renamed.old), self.row(&renamed.new));
            format!("{}  {old} → {new}", language.renamed())
        }));
        lines.extend(table.dropped.iter().map(|row| self.row_change(Presence::Dropped, row)));
        lines.extend(table.added.iter().map(|row| self.row_change(Presence::Added, row)));
        lines.extend(table.columns.iter().map(|column| {
            let count = match language {
                Language::Chinese => format!("{} 个金额", column.amounts),
                Language::English => counted(column.amounts, "amount"),
            };
            let (what, path) = (language.column(column.presence), self.path(&column.path));
            format!("{what}  {path}{}", language.bracketed(&count))
        }));
        [heading].into_iter().chain(lines.into_iter().map(|line| format!("    {line}"))).collect()
    }

    /// A row that only one of the documents has, with its amounts.
    fn row_change(&self, presence: Presence, change: &RowChange) -> String {
        let amounts: Vec<String> = change
            .amounts
            .iter()
            .map(|amount| format!("{} {}", self.path(&amount.column), amount.figure.amount))
            .collect();
        let amounts = match amounts.is_empty() {
            true => String::new(),
            false => format!("{}{}", self.language.colon(), amounts.join(self.language.comma())),
        };
        format!("{}  {}{amounts}", self.language.presence(presence), self.row(&change.row))
    }

    /// Changed amounts below the heads of their columns.
    fn amounts(&self, mut rows: Vec<[String; 7]>) -> Vec<String> {
        if rows.is_empty() {
            return Vec::new();
        }
        rows.insert(0, self.language.amount_heads().map(str::to_owned));
        aligned(&rows, AMOUNTS)
    }

    fn amount(&self, [item, column]: [String; 2], change: &AmountChange) -> [String; 7] {
        let is_in_yuan = match (&change.old, &change.new) {
            (Some(old), Some(new)) => old.unit != new.unit,
            _ => false,
        };
        let figure = |figure: &Option<PrintedFigure>| match figure {
            Some(figure) if is_in_yuan => format!("{}{}", figure.amount, figure.unit.as_deref().unwrap_or_default()),
            Some(figure) => figure.amount.to_string(),
            None => self.language.empty().to_owned(),
        };
        let signed = |text: &str| if text.starts_with('-') { text.to_owned() } else { format!("+{text}") };
        let unit = change.unit.as_deref().filter(|_| is_in_yuan).unwrap_or_default();
        let difference = change.difference.as_deref().map(|text| format!("{}{unit}", signed(text)));
        let percent = change.percent.as_deref().map(|text| format!("{}%", signed(text)));
        let (old, new) = (figure(&change.old), figure(&change.new));
        [item, column, old, "→".into(), new, difference.unwrap_or_default(), percent.unwrap_or_default()]
    }

    fn projects(&self, projects: &[ProjectChange]) -> Vec<String> {
        let changed = projects.iter().filter_map(|project| {
            let change = project.amount.as_ref().filter(|_| project.presence == Presence::Both)?;
            Some(self.amount([self.named(&project.name), String::new()], change))
        });
        let mut lines = self.amounts(changed.collect());
        for project in projects {
            lines.extend(self.project(project));
        }
        lines
    }

    /// What else than its amount differs in a project.
    fn project(&self, project: &ProjectChange) -> Vec<String> {
        let language = self.language;
        let name = self.named(&project.name);
        if project.presence != Presence::Both {
            let amount = project.amount.as_ref().and_then(|change| change.old.as_ref().or(change.new.as_ref()));
            let amount = amount.map(|figure| format!("{}{}", language.colon(), figure.amount)).unwrap_or_default();
            return vec![format!("{}  {name}{amount}", language.presence(project.presence))];
        }
        let mut lines = self.fields(&project.fields);
        lines.extend(project.indicators.iter().map(|indicator| {
            let levels: Vec<&str> =
                [&indicator.level1, &indicator.level2].into_iter().flatten().map(String::as_str).collect();
            let (old, new) = (self.text(&indicator.old_target), self.text(&indicator.new_target));
            let targets = match indicator.presence {
                Presence::Both if indicator.old_target == indicator.new_target => {
                    self.fields(&indicator.fields).join(language.comma())
                }
                Presence::Both => format!("{old} → {new}"),
                Presence::Dropped => old,
                Presence::Added => new,
            };
            let indicator_name = self.named(&format!("{} {}", levels.join("/"), indicator.name));
            format!("{}  {indicator_name}{}{targets}", language.presence(indicator.presence), language.colon())
        }));
        if lines.is_empty() {
            return lines;
        }
        let heading = format!("{}  {name}", language.presence(Presence::Both));
        [heading].into_iter().chain(lines.into_iter().map(|line| format!("  {line}"))).collect()
    }

    /// The numbers of the narrative: amounts and what is said of them in the same columns, reasons below.
    fn statements(&self, statements: &[StatementChange]) -> Vec<String> {
        let (mut rows, mut reasons) = (Vec::new(), Vec::new());
        for statement in statements {
            let item = self.statement(statement);
            if let Some(change) = &statement.amount {
                rows.push(self.amount([item.clone(), self.language.field("amount")], change));
            }
            for field in &statement.fields {
                let name = self.language.field(&field.field);
                let (old, new) = (self.text(&field.old), self.text(&field.new));
                match field.field.as_str() {
                    "reason" => reasons.push(format!("{item} {name}{}{old} → {new}", self.language.colon())),
                    _ => rows.push([item.clone(), name, old, "→".into(), new, String::new(), String::new()]),
                }
            }
        }
        let mut lines = self.amounts(rows);
        lines.extend(reasons);
        lines
    }

    fn statement(&self, statement: &StatementChange) -> String {
        let metric = statement.metric.as_deref().filter(|metric| *metric != statement.item);
        let metric = metric.map(without_years);
        let words =
            [statement.section.as_deref(), statement.after.as_deref(), Some(&statement.item), metric.as_deref()];
        let words: Vec<&str> = words.into_iter().flatten().collect();
        let presence = match statement.presence {
            Presence::Both => String::new(),
            presence => format!("{} ", self.language.presence(presence)),
        };
        format!("{presence}{}", self.named(&words.join(" ")))
    }

    fn check(&self, check: &CheckChange) -> String {
        let language = self.language;
        let not_made = language.pick("未核对", "not made");
        let status = |status: Option<_>| status.map_or(not_made, |status| language.status(status));
        let said = match language {
            Language::Chinese => check.message.clone(),
            Language::English => titles(&check.id).map_or(check.id.clone(), |titles| titles.english.to_owned()),
        };
        let id = language.bracketed(&check.id);
        format!("{} → {}  {said}{id}", status(check.old), status(check.new))
    }

    fn fields(&self, fields: &[FieldChange]) -> Vec<String> {
        let line = |field: &FieldChange| {
            let name = self.language.field(&field.field);
            format!("{name}{}{} → {}", self.language.colon(), self.text(&field.old), self.text(&field.new))
        };
        fields.iter().map(line).collect()
    }

    /// Both ends of a text of the documents; a word for one that is not there.
    fn text(&self, text: &Option<String>) -> String {
        match text {
            Some(text) => self.language.quoted(&ends(text)),
            None => self.language.empty().to_owned(),
        }
    }

    fn row(&self, row: &RowName) -> String {
        let words: Vec<&str> = [row.code.as_deref(), row.name.as_deref()].into_iter().flatten().collect();
        shortened(&words.join(" "))
    }

    fn path(&self, path: &[String]) -> String {
        let labels: Vec<String> =
            path.iter().map(|label| without_years(label)).filter(|label| !label.is_empty()).collect();
        labels.join("/")
    }

    fn named(&self, name: &str) -> String {
        self.language.quoted(&shortened(name))
    }
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= MAX_NAME {
        return name.to_owned();
    }
    name.chars().take(MAX_NAME).chain(['…']).collect()
}
