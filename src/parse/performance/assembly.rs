//! The labelled values of a form → a project.

use super::graph::Labelled;
use super::tables::{TASK, TOTAL};
use crate::document::{
    Diagnostic, FundSource, Goal, GoalPeriod, Money, Observation, PageNumber, Project, ProjectField, ProjectScope,
    Task, Unplaced,
};
use crate::language::amount;
use crate::language::performance_roles::{Role, ranked_field};
use crate::language::vocabulary::{PerformanceWords, Vocabulary, squeezed};
use crate::model::Caption;
use crate::text::reflow;

/// What stands above the indicators of a form.
pub(super) struct Form<'r> {
    pub(super) labelled: Vec<Labelled>,
    pub(super) scope: ProjectScope,
    /// The unit of its amounts.
    pub(super) unit: Option<String>,
    pub(super) page: PageNumber,
    pub(super) caption: &'r Caption,
    pub(super) organisation: Option<&'r str>,
}

impl Form<'_> {
    /// The project. What has no place of its own stays among its fields; an amount that is not read is named.
    pub(super) fn project(mut self, vocabulary: &Vocabulary, diagnostics: &mut Vec<Diagnostic>) -> Option<Project> {
        let words = &vocabulary.performance;
        let name = self.name(vocabulary)?;
        let (scope, unit, page) = (self.scope, self.unit.clone(), self.page);
        let mut project = Project { name, scope, unit, pages: vec![page], ..Project::default() };
        project.owner = self.owner(&project);
        project.goals = self.goals();
        let annual = project.goals.iter().find(|goal| goal.period == GoalPeriod::Annual).or(project.goals.first());
        project.goal = annual.map(|goal| goal.text.clone());
        project.tasks = self.tasks();
        project.amount = self.project_amount(words, diagnostics);
        project.funds = self.funds(words, diagnostics);
        let rest = self.labelled.into_iter().filter(|value| !value.value.is_empty());
        project.fields = rest
            .map(|value| ProjectField {
                label: match value.above.filter(|above| above != TASK && above != TOTAL) {
                    Some(above) => format!("{} {above}", bare(&value.label)),
                    None => bare(&value.label).to_owned(),
                },
                value: value.value,
                page: value.page,
            })
            .collect();
        Some(project)
    }

    /// Takes the value of a role, that of the first rank where several have it.
    fn take(&mut self, role: Role) -> Option<String> {
        let values = self.labelled.iter().enumerate().filter(|(_, value)| value.role == Some(role));
        let (place, _) = values.min_by_key(|(_, value)| value.rank)?;
        Some(self.labelled.remove(place).value)
    }

    /// The name: beside its label, the department's, or in the title of the form.
    fn name(&mut self, vocabulary: &Vocabulary) -> Option<String> {
        if self.scope == ProjectScope::Department {
            let name = self.take(Role::DEPARTMENT).or_else(|| self.take(Role::PROJECT));
            return name.or_else(|| self.organisation.map(str::to_owned));
        }
        let title = self.caption.title.as_deref();
        let titled = title.and_then(|title| name_in_title(title, &vocabulary.performance));
        let name = self.take(Role::PROJECT).or(titled);
        // A form without a project is its department's.
        if name.is_none() {
            self.scope = ProjectScope::Department;
        }
        name.or_else(|| self.take(Role::DEPARTMENT))
    }

    /// Whose project it is: who carries it out, or else the department above.
    fn owner(&mut self, project: &Project) -> Option<String> {
        let own = self.take(Role::OWNER);
        let own = own.or_else(|| self.take(Role::DEPARTMENT)).or_else(|| self.take(Role::SUPERVISOR));
        own.or_else(|| (project.scope == ProjectScope::Department).then(|| project.name.clone()))
    }

    /// The goals. One that may be of any time is not the year's where another one is.
    fn goals(&mut self) -> Vec<Goal> {
        let period = |value: &Labelled| value.role.and_then(|role| role.period);
        let (goals, rest) =
            std::mem::take(&mut self.labelled).into_iter().partition::<Vec<_>, _>(|value| period(value).is_some());
        self.labelled = rest;
        let annual = goals.iter().filter(|goal| period(goal) == Some(GoalPeriod::Annual)).map(|goal| goal.rank).min();
        let time = |goal: &Labelled| match period(goal)? {
            GoalPeriod::Annual if annual.is_some_and(|rank| rank < goal.rank) => Some(GoalPeriod::LongTerm),
            other => Some(other),
        };
        goals.iter().filter_map(|goal| Some(Goal { period: time(goal)?, text: goal.value.clone() })).collect()
    }

    /// The tasks, a row each.
    fn tasks(&mut self) -> Vec<Task> {
        let (cells, rest) = std::mem::take(&mut self.labelled)
            .into_iter()
            .partition::<Vec<_>, _>(|value| value.above.as_deref() == Some(TASK));
        self.labelled = rest;
        let mut tasks: Vec<Task> = Vec::new();
        for name in cells.iter().filter(|cell| cell.role == Some(Role::TASK)) {
            let of = |role: &[Role]| {
                let wanted =
                    |cell: &&Labelled| cell.row == name.row && cell.role.is_some_and(|own| role.contains(&own));
                cells.iter().find(wanted).map(|cell| cell.value.clone())
            };
            let amount = of(&[Role::TASKS_AMOUNT]).or_else(|| of(&[Role::AMOUNT]));
            let amount = amount.and_then(|amount| self.amount(&amount));
            let content = of(&[Role::TASK_CONTENT]);
            if content.is_some() || amount.is_some() {
                tasks.push(Task { name: name.value.clone(), content, amount });
            } else if let Some(task) = tasks.last_mut()
                && !name.value.contains(|c: char| c.is_ascii_digit() || matches!(c, '…' | '.'))
            {
                // A row cut into boxes of their own.
                reflow::join(&mut task.name, &name.value);
            }
        }
        tasks
    }

    /// The values of a role, of each label that of the year's whole budget where the labels above tell several apart.
    fn figures(&self, roles: &[Role], words: &PerformanceWords, diagnostics: &mut Vec<Diagnostic>) -> Vec<usize> {
        let of_role = |value: &Labelled| value.role.is_some_and(|role| roles.contains(&role));
        let head = |value: &Labelled| value.above.as_deref().map(|above| ranked_field(above, words));
        let rank = |value: &Labelled| match head(value) {
            Some(Some((rank, Role::AMOUNT))) => rank,
            _ => usize::MAX,
        };
        let mut found: Vec<usize> = Vec::new();
        for (index, value) in self.labelled.iter().enumerate().filter(|(_, value)| of_role(value)) {
            let same = |other: &&mut usize| {
                let other = &self.labelled[**other];
                other.row == value.row && other.label == value.label
            };
            match found.iter_mut().find(same) {
                Some(other) if rank(value) < rank(&self.labelled[*other]) => *other = index,
                Some(_) => {}
                None => found.push(index),
            }
        }
        // Which of several figures is the budget is not known where nobody knows the word above the first.
        found.retain(|place| {
            let chosen = &self.labelled[*place];
            let is_rival = |value: &Labelled| (value.row, &value.label) == (chosen.row, &chosen.label);
            let differs = |value: &Labelled| is_rival(value) && value.above.is_some() && value.value != chosen.value;
            let is_untold = head(chosen) == Some(None) && self.labelled.iter().any(differs);
            if is_untold {
                let what = Unplaced::Budget(chosen.label.clone());
                diagnostics.push(Observation::PerformanceUnplaced { what }.on(chosen.page));
            }
            !is_untold
        });
        found
    }

    fn project_amount(&mut self, words: &PerformanceWords, diagnostics: &mut Vec<Diagnostic>) -> Option<Money> {
        let mut printed = self.figures(&[Role::AMOUNT], words, diagnostics);
        printed.sort_by_key(|place| self.labelled[*place].rank);
        printed.extend(self.figures(&[Role::TASKS_AMOUNT], words, diagnostics));
        // Another amount further down is not this one: where the first is not read, none is.
        let place = printed.into_iter().find(|place| self.labelled[*place].value.contains(|c: char| c.is_numeric()))?;
        let text = self.labelled[place].value.clone();
        let amount = self.amount(&text);
        match amount.is_some() {
            true => drop(self.labelled.remove(place)),
            false => diagnostics.push(Observation::UnreadableAmount { text }.on(self.labelled[place].page)),
        }
        amount
    }

    fn funds(&mut self, words: &PerformanceWords, diagnostics: &mut Vec<Diagnostic>) -> Vec<FundSource> {
        let places = self.figures(&[Role::FUND], words, diagnostics);
        let mut funds = Vec::new();
        for place in &places {
            let printed = &self.labelled[*place];
            if let Some(amount) = self.amount(&printed.value) {
                let label = squeezed(&printed.label);
                let source = words.among_them.strip_from(&label).unwrap_or(&label);
                let source = source.trim_matches([':', '、', '，', ',']).to_owned();
                funds.push((*place, FundSource { source, amount: Some(amount) }));
            }
        }
        for (place, _) in funds.iter().rev() {
            self.labelled.remove(*place);
        }
        funds.into_iter().map(|(_, fund)| fund).collect()
    }

    /// An amount; the form's own unit may be repeated behind it (280.7万元).
    fn amount(&self, text: &str) -> Option<Money> {
        let plain = squeezed(text);
        let bare = self.unit.as_deref().and_then(|unit| plain.strip_suffix(unit)).unwrap_or(&plain);
        amount::parse(bare).map(|amount| amount.value.into())
    }
}

/// The name of a project in the title of its form, where the title has more than words of titles.
fn name_in_title(title: &str, words: &PerformanceWords) -> Option<String> {
    let plain = squeezed(title);
    let name = words.form_titles.strip_end(&plain)?;
    let named = name.trim_start_matches(|c: char| c.is_ascii_digit());
    (!named.is_empty() && !words.title_words.make_up(named)).then(|| name.to_owned())
}

fn bare(label: &str) -> &str {
    label.trim_end_matches([':', '：'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str, unit: Option<&str>) -> Option<String> {
        let (caption, unit) = (Caption::default(), unit.map(str::to_owned));
        let (scope, page) = (ProjectScope::Project, PageNumber(1));
        let form = Form { labelled: Vec::new(), scope, unit, page, caption: &caption, organisation: None };
        form.amount(text).map(|amount| amount.to_string())
    }

    #[test]
    fn the_unit_of_a_form_may_be_repeated_behind_its_amounts() {
        assert_eq!(amount("280.7万元", Some("万元")).as_deref(), Some("280.7"));
        assert_eq!(amount("280.7 万元", Some("万元")).as_deref(), Some("280.7"));
        assert_eq!(amount("280.7", Some("万元")).as_deref(), Some("280.7"));
        assert_eq!(amount("2807000元", Some("万元")), None, "another unit");
        assert_eq!(amount("280.7万元", None), None, "whether the form counts in it is not known");
    }

    #[test]
    fn a_title_names_a_project_where_it_has_more_than_words_of_titles() {
        let words = &Vocabulary::national().expect("the built-in vocabulary").performance;
        let name = |title| name_in_title(title, words);
        assert_eq!(name("信息系统运维经费项目绩效目标表").as_deref(), Some("信息系统运维经费项目"));
        assert_eq!((name("2026年部门整体支出绩效目标表"), name("项目支出绩效自评表")), (None, None));
    }
}
