//! Texts of two years, made comparable: the year of the document itself must not count as a change.

use crate::language::vocabulary::squeezed;
use crate::language::years::years;

/// Years before or after the fiscal year that are still taken for years of the budget: 上年, plans of several years.
/// A number of four digits further away is a number.
const NEAR_YEARS: i32 = 10;

/// A text without the white space and widths that only lay it out, and with every year told by its distance from the
/// document's own: `2022年决算数` in a document of 2023 is what `2023年决算数` is in one of 2024.
pub(super) fn relative(text: &str, fiscal_year: Option<u16>) -> String {
    let text = squeezed(text);
    let Some(fiscal_year) = fiscal_year else { return text.into_owned() };
    let mut out = String::with_capacity(text.len());
    let mut rest = 0;
    for year in years(&text) {
        let distance = i32::from(year.value) - i32::from(fiscal_year);
        if distance.abs() <= NEAR_YEARS {
            out.push_str(&text[rest..year.start]);
            out.push_str(&format!("{{{distance:+}}}"));
            rest = year.digits_end;
        }
    }
    out.push_str(&text[rest..]);
    out
}

/// A text without its years: `2024年预算数` is `预算数`.
#[cfg(any(feature = "cli", test))]
pub(super) fn without_years(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = 0;
    for year in years(text) {
        out.push_str(&text[rest..year.start]);
        rest = year.end;
    }
    out.push_str(&text[rest..]);
    out
}

/// Two texts of two documents: what they say apart from their years.
#[derive(Clone, Copy)]
pub(super) struct Years {
    /// Fiscal year of the old document.
    pub(super) old: Option<u16>,
    /// Fiscal year of the new one.
    pub(super) new: Option<u16>,
}

impl Years {
    /// Whether two texts say the same: as printed, or of their own years.
    pub(super) fn agree(self, old: &str, new: &str) -> bool {
        squeezed(old) == squeezed(new) || relative(old, self.old) == relative(new, self.new)
    }

    /// The same of texts that may be missing.
    pub(super) fn agree_both(self, old: Option<&str>, new: Option<&str>) -> bool {
        match (old, new) {
            (Some(old), Some(new)) => self.agree(old, new),
            (old, new) => old.unwrap_or_default().is_empty() && new.unwrap_or_default().is_empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_told_by_their_distance() {
        assert_eq!(relative("2022年 决算数", Some(2023)), relative("2023年决算数", Some(2024)));
        assert_eq!(relative("编制2022海东年鉴", Some(2023)), "编制{-1}海东年鉴");
        assert_eq!(relative("2023年1月—2025年", Some(2023)), "{+0}年1月—{+2}年");
        assert_eq!(relative("2023年", None), "2023年");
    }

    #[test]
    fn numbers_are_no_years() {
        for text in ["2010301", "2022.50万元", "12023", "1949年"] {
            assert_eq!(relative(text, Some(2023)), text);
        }
    }

    #[test]
    fn a_text_that_stayed_and_one_that_moved_with_the_year_agree() {
        let years = Years { old: Some(2023), new: Some(2024) };
        assert!(years.agree("《条例（2019）》", "《条例（2019）》"), "it stayed");
        assert!(years.agree("完成《年鉴（2022）》", "完成《年鉴（2023）》"), "it moved");
        assert!(!years.agree("完成《年鉴（2022）》", "完成《年鉴（2024）》"));
        assert!(years.agree_both(None, Some("")) && !years.agree_both(None, Some("是")));
    }

    #[test]
    fn years_are_left_out_of_what_is_shown() {
        assert_eq!(without_years("2024年度“三公”经费预算数"), "“三公”经费预算数");
        assert_eq!(without_years("20240101"), "20240101");
    }
}
