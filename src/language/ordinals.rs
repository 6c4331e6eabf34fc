//! Ordinals that number headings, items and paragraphs: `一、`, `（一）`, `1.`, `1、`, `（1）`, `第一部分`.
//!
//! Read by hand: compiling a pattern for them alone takes as many instructions as all ordinals of a document.

/// How an ordinal is written, from the highest heading level to the lowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum OrdinalStyle {
    /// `第一部分`.
    Part,
    /// `一、` or `一.`.
    Chinese,
    /// `（一）`.
    ChineseBracketed,
    /// `1、` or `1.`.
    Arabic,
    /// `（1）`.
    ArabicBracketed,
}

/// An ordinal at the beginning of a text, and the rest of the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ordinal<'t> {
    /// How it is written.
    pub(crate) style: OrdinalStyle,
    /// The number as printed (`十二`).
    pub(crate) number: &'t str,
    /// Its value.
    pub(crate) value: u32,
    /// The text after it, without leading white space.
    pub(crate) rest: &'t str,
}

/// The ordinal that a text begins with.
pub(crate) fn leading(text: &str) -> Option<Ordinal<'_>> {
    let text = text.trim_start();
    part(text).or_else(|| bracketed(text)).or_else(|| plain(text))
}

/// The value of an ordinal within a sentence, and what follows it: 一是…；二是….
pub(crate) fn spoken(text: &str) -> Option<(u32, &str)> {
    let (number, after) = split_numeral(text.trim_start())?;
    let rest = after.strip_prefix('是')?;
    Some((chinese_value(number)?, rest.trim_start()))
}

fn part(text: &str) -> Option<Ordinal<'_>> {
    let after = text.strip_prefix('第')?;
    let (number, rest) = split_numeral(after.trim_start())?;
    let rest = rest.trim_start().strip_prefix("部分")?;
    let value = chinese_value(number).or_else(|| number.parse().ok())?;
    let rest = rest.trim_start().trim_start_matches(['：', ':', '、']).trim_start();
    Some(Ordinal { style: OrdinalStyle::Part, number, value, rest })
}

fn bracketed(text: &str) -> Option<Ordinal<'_>> {
    let inner = text.strip_prefix(['（', '(', '〔'])?.trim_start();
    let (number, rest) = split_numeral(inner)?;
    let rest = rest.trim_start().strip_prefix(['）', ')', '〕'])?.trim_start();
    match number.parse() {
        Ok(value) => Some(Ordinal { style: OrdinalStyle::ArabicBracketed, number, value, rest }),
        Err(_) => {
            let value = chinese_value(number)?;
            Some(Ordinal { style: OrdinalStyle::ChineseBracketed, number, value, rest })
        }
    }
}

fn plain(text: &str) -> Option<Ordinal<'_>> {
    let (number, after) = split_numeral(text)?;
    let after = after.trim_start();
    let rest = after.strip_prefix(['、', '.', '．', '﹒'])?;
    match number.parse() {
        // 1.5 is a number, and so is 2023.
        Ok(_) if rest.starts_with(|c: char| c.is_ascii_digit()) || number.len() > 2 => None,
        Ok(value) => Some(Ordinal { style: OrdinalStyle::Arabic, number, value, rest: rest.trim_start() }),
        Err(_) => {
            let value = chinese_value(number)?;
            Some(Ordinal { style: OrdinalStyle::Chinese, number, value, rest: rest.trim_start() })
        }
    }
}

/// Whether a character is a Chinese numeral.
pub(crate) fn is_numeral(character: char) -> bool {
    // Asked of every character of most texts: a search in a list would take ten times as long.
    matches!(character, '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百')
}

/// Splits off a run of ASCII digits or of Chinese numerals.
fn split_numeral(text: &str) -> Option<(&str, &str)> {
    let end = match text.chars().next()? {
        c if c.is_ascii_digit() => text.find(|c: char| !c.is_ascii_digit()),
        c if is_numeral(c) => text.find(|c: char| !is_numeral(c)),
        _ => return None,
    };
    Some(text.split_at(end.unwrap_or(text.len())))
}

/// 一 → 1, 十二 → 12, 二十三 → 23, 一百零一 → 101.
pub(crate) fn chinese_value(numeral: &str) -> Option<u32> {
    let mut total = 0;
    let mut pending = None;
    for character in numeral.chars() {
        match character {
            '〇' | '零' => {}
            '十' => total += pending.take().unwrap_or(1) * 10,
            '百' => total += pending.take()? * 100,
            _ => {
                let digit = "一二三四五六七八九".chars().position(|c| c == character)? as u32 + 1;
                if pending.replace(digit).is_some() {
                    return None; // 二三: a row of digits, not a number below a thousand
                }
            }
        }
    }
    let value = total + pending.unwrap_or(0);
    (value > 0).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<(OrdinalStyle, u32, &str)> {
        leading(text).map(|o| (o.style, o.value, o.rest))
    }

    #[test]
    fn every_style_is_read() {
        assert_eq!(parsed("第二部分 部门预算表"), Some((OrdinalStyle::Part, 2, "部门预算表")));
        assert_eq!(parsed("一、主要职能"), Some((OrdinalStyle::Chinese, 1, "主要职能")));
        assert_eq!(parsed("二十三.灾害防治"), Some((OrdinalStyle::Chinese, 23, "灾害防治")));
        assert_eq!(parsed("（十）完成"), Some((OrdinalStyle::ChineseBracketed, 10, "完成")));
        assert_eq!(parsed("（四 ）社会"), Some((OrdinalStyle::ChineseBracketed, 4, "社会")));
        assert_eq!(parsed("12、住房"), Some((OrdinalStyle::Arabic, 12, "住房")));
        assert_eq!(parsed("(3) 其他"), Some((OrdinalStyle::ArabicBracketed, 3, "其他")));
    }

    #[test]
    fn ordinals_within_sentences() {
        assert_eq!(spoken("二是组织协调"), Some((2, "组织协调")));
        assert_eq!((spoken("二、组织"), spoken("是组织")), (None, None));
    }

    #[test]
    fn numbers_are_no_ordinals() {
        assert_eq!(parsed("2023年"), None);
        assert_eq!(parsed("1.5倍"), None);
        assert_eq!(parsed("2,801.90万元"), None);
        assert_eq!(parsed("一般公共预算"), None);
    }

    #[test]
    fn numerals_have_values() {
        assert_eq!(chinese_value("十"), Some(10));
        assert_eq!(chinese_value("三十一"), Some(31));
        assert_eq!(chinese_value("二三"), None);
    }
}
