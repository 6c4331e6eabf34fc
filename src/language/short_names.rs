//! Short names of what has a longer one.

/// Whether a short name has only characters of the whole name, in their order (省检察院, 江苏省人民检察院).
pub(crate) fn shortens(short: &str, whole: &str) -> bool {
    let mut characters = whole.chars();
    short.chars().all(|wanted| characters.any(|found| found == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_leaves_characters_out_and_adds_none() {
        assert!(shortens("省检察院", "江苏省人民检察院"));
        assert!(shortens("收、支总计", "收入、支出总计"));
        assert!(!shortens("市检察院", "江苏省人民检察院"));
        assert!(!shortens("院检察", "江苏省人民检察院"));
    }
}
