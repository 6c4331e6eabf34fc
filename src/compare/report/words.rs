//! The words of a comparison, in Chinese and in English. Those it shares with findings are in `findings/words.rs`.

use crate::compare::{Presence, TextPart};
use crate::report::Language;
use crate::report::Language::{Chinese, English};

/// Headings of the parts of a comparison.
#[derive(Clone, Copy)]
pub(super) enum Heading {
    Publication,
    Projects,
    Statements,
    Texts,
    Checks,
    Diagnostics,
}

impl Language {
    pub(super) fn heading(self, heading: Heading) -> &'static str {
        match heading {
            Heading::Publication => self.pick("文件", "document"),
            Heading::Projects => self.pick("绩效目标", "performance targets"),
            Heading::Statements => self.pick("情况说明中的数字", "numbers in the narrative"),
            Heading::Texts => self.pick("文字", "texts"),
            Heading::Checks => self.pick("核对结果", "checks"),
            Heading::Diagnostics => self.pick("识读情况", "of the reading itself"),
        }
    }

    /// The heads of the columns of changed amounts.
    pub(super) fn amount_heads(self) -> [&'static str; 7] {
        match self {
            Chinese => ["项目", "列", "原", "", "新", "差额", "增减"],
            English => ["item", "column", "old", "", "new", "difference", "percent"],
        }
    }

    /// What stands in the place of an amount that is not printed.
    pub(super) fn empty(self) -> &'static str {
        self.pick("（空）", "(empty)")
    }

    pub(super) fn presence(self, presence: Presence) -> &'static str {
        match presence {
            Presence::Both => self.pick("有改动", "changed"),
            Presence::Dropped => self.pick("删去", "dropped"),
            Presence::Added => self.pick("新增", "added"),
        }
    }

    pub(super) fn renamed(self) -> &'static str {
        self.pick("更名", "renamed")
    }

    pub(super) fn column(self, presence: Presence) -> String {
        format!("{}{}", self.presence(presence), self.pick("列", " column"))
    }

    pub(super) fn part(self, part: TextPart) -> &'static str {
        match part {
            TextPart::Functions => self.pick("主要职能", "functions"),
            TextPart::Institutions => self.pick("机构设置", "institutions"),
            TextPart::BudgetUnits => self.pick("预算单位构成", "budget units"),
            TextPart::Narrative => self.pick("情况说明", "narrative"),
            TextPart::Glossary => self.pick("名词解释", "glossary"),
        }
    }

    /// A field of the JSON.
    pub(super) fn field(self, field: &str) -> String {
        let Chinese = self else { return field.replace('_', " ") };
        let name = match field {
            "kind" => "预算或决算",
            "scope" => "范围",
            "organisation" => "单位名称",
            "layout" => "版式",
            "title" => "标题",
            "unit" => "单位",
            "notes" => "注",
            "name" => "名称",
            "goal" => "绩效目标",
            "level1" => "一级指标",
            "level2" => "二级指标",
            "relation" => "关系",
            "value" => "指标值",
            "measure_unit" => "计量单位",
            "weight" => "权重",
            "amount" => "数额",
            "change_direction" => "增减方向",
            "change_amount" => "增减额",
            "change_pct" => "增减率",
            "share_pct" => "占比",
            "reason" => "原因",
            other => other,
        };
        name.to_owned()
    }

    pub(super) fn nothing_differs(self) -> &'static str {
        self.pick("没有不同", "nothing differs")
    }

    pub(super) fn unmatched(self, is_old: bool) -> &'static str {
        match is_old {
            true => self.pick("新文件夹中没有对应", "no counterpart in the new folder"),
            false => self.pick("旧文件夹中没有对应", "no counterpart in the old folder"),
        }
    }
}
