//! Years as texts name them.

use super::ordinals;

/// The first year that a text names: `2023年`, `二〇二三年`, or a bare `2023`.
pub(crate) fn year_in(text: &str) -> Option<u16> {
    find_year(text).map(|(_, _, year)| year)
}

/// First year in a text: byte range with 年 or 年度, and value.
pub(crate) fn find_year(text: &str) -> Option<(usize, usize, u16)> {
    let starts = text.char_indices().filter(|(_, c)| matches!(c, '1' | '2' | '二' | '一'));
    for (start, _) in starts {
        let digits: String = text[start..].chars().take(4).collect();
        let value = digits.parse::<u16>().ok().or_else(|| chinese_year(&digits));
        let Some(year) = value.filter(|year| (1990..2100).contains(year)) else { continue };
        let rest = &text[start + digits.len()..];
        if rest.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let suffix = ["年度", "年"].into_iter().find(|suffix| rest.starts_with(suffix)).unwrap_or("");
        return Some((start, start + digits.len() + suffix.len(), year));
    }
    None
}

/// 二〇二三 → 2023.
fn chinese_year(digits: &str) -> Option<u16> {
    digits.chars().try_fold(0, |year, c| {
        let digit =
            if matches!(c, '〇' | '○' | '零' | 'Ｏ') { 0 } else { ordinals::chinese_value(&c.to_string())? };
        (digit < 10).then_some(year * 10 + digit as u16)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_in_chinese_numerals() {
        assert_eq!(year_in("二〇二三年"), Some(2023));
        assert_eq!(year_in("共计20231元"), None);
    }
}
