//! The lines above a table: label, title and unit, in one order or another.

use super::layout::Style;
use super::tables::Sheet;
use crate::testing::pdf::drawing::DrawnPage;

/// How a caption is arranged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum CaptionForm {
    /// Label, title and unit, a line each.
    Stacked,
    /// The label stands at the right.
    LabelAtRight,
    /// The organisation stands beside the unit.
    WithOrganisation,
    /// The title first, then label and unit on one line.
    TitleFirst,
    /// 公开03表：支出总表.
    Joined,
    /// 支出总表（公开03表）.
    LabelInBrackets,
    /// Title and unit on one line.
    UnitBesideTitle,
    /// 表三 支出总表, an ideographic space between.
    Spaced,
    /// （单位：万元）.
    UnitInBrackets,
}

impl CaptionForm {
    /// The forms that the program bears; the others have tests of their own.
    pub(super) const USUAL: [CaptionForm; 5] =
        [Self::Stacked, Self::LabelAtRight, Self::WithOrganisation, Self::TitleFirst, Self::Joined];
}

/// Draws the lines above a table, which is `left` to `right`; returns where the table begins. `again` is a caption
/// that is repeated on a later page.
pub(super) fn draw(
    sheet: &Sheet,
    style: &Style,
    again: bool,
    (left, right): (f32, f32),
    top: f32,
    page: &mut DrawnPage,
) -> f32 {
    let (pen, size, form) = (&style.pen, style.size, style.caption);
    let (step, heading) = (2.0 * size, 1.4 * size);
    let title = if again { format!("{}（续）", sheet.caption.title) } else { sheet.caption.title.to_owned() };
    let label = sheet.caption.label.unwrap_or("");
    let unit = format!("{}{}", style.unit_label, sheet.caption.unit.name);
    let unit = if form == CaptionForm::UnitInBrackets { format!("（{unit}）") } else { unit };
    let flush = |page: &mut DrawnPage, text: &str, y: f32| {
        pen.text(page, text, (right - pen.width(text, size), y), size, false);
    };
    // One line can hold label and title only where it is plain where the label ends.
    let joins = label.contains(|c: char| c.is_ascii_digit());
    let headline = match form {
        CaptionForm::Joined if joins => format!("{label}：{title}"),
        CaptionForm::LabelInBrackets if !label.is_empty() => format!("{title}（{label}）"),
        CaptionForm::Spaced if !label.is_empty() => format!("{label}\u{3000}{title}"),
        _ => title.clone(),
    };
    let mut y = top;
    let label_apart = headline == title && form != CaptionForm::TitleFirst;
    if label_apart && !label.is_empty() {
        match form {
            CaptionForm::LabelAtRight => flush(page, label, y),
            _ => pen.text(page, label, (left, y), size, false),
        }
        y += step;
    }
    pen.centred(page, &headline, (left + right) / 2.0, y, heading, true);
    let end = (left + right + pen.width(&headline, heading)) / 2.0;
    let fits_beside = right - pen.width(&unit, size) - end > 2.0 * heading;
    if !(form == CaptionForm::UnitBesideTitle && fits_beside) {
        y += step;
    }
    match form {
        CaptionForm::TitleFirst => pen.text(page, label, (left, y), size, false),
        CaptionForm::WithOrganisation => pen.text(page, "部门名称：某某市财政局", (left, y), size, false),
        _ => {}
    }
    flush(page, &unit, y);
    y + size
}
