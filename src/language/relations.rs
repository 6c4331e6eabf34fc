//! Signs between an indicator and its target: `≥95%`, `>=2次`.

use crate::document::Relation::{self, AtLeast, AtMost, Equal, Less, More};

/// Signs as they are printed, the longer ones first. A table is shorter here than a pattern.
const SIGNS: [(&str, Relation); 24] = [
    (">=", AtLeast),
    (">＝", AtLeast),
    ("＞=", AtLeast),
    ("＞＝", AtLeast),
    ("<=", AtMost),
    ("<＝", AtMost),
    ("＜=", AtMost),
    ("＜＝", AtMost),
    ("≥", AtLeast),
    ("≧", AtLeast),
    ("≤", AtMost),
    ("≦", AtMost),
    ("=", Equal),
    ("＝", Equal),
    (">", More),
    ("＞", More),
    ("<", Less),
    ("＜", Less),
    // Brackets that look like the signs.
    ("》=", AtLeast),
    ("》", AtLeast),
    ("〉", AtLeast),
    ("《=", AtMost),
    ("《", AtMost),
    ("〈", AtMost),
];

/// The relation that a text begins with, and what follows it. A bracket whose other half follows opens a title.
pub(crate) fn leading(text: &str) -> Option<(Relation, &str)> {
    let opens_title = text.starts_with(['《', '〈']) && text.contains(['》', '〉']);
    let found = SIGNS.iter().find_map(|(printed, relation)| Some((*relation, text.strip_prefix(printed)?)));
    found.filter(|_| !opens_title)
}

/// Whether a text has a relation anywhere. Brackets around a title are none.
pub(crate) fn is_in(text: &str) -> bool {
    let closes_title = |at: usize| text[at..].starts_with(['》', '〉']) && text[..at].contains(['《', '〈']);
    let begins = |(at, character): (usize, char)| {
        !character.is_alphanumeric() && !closes_title(at) && leading(&text[at..]).is_some()
    };
    text.char_indices().any(begins)
}

/// The relation that a text is and nothing else.
pub(crate) fn whole(text: &str) -> Option<Relation> {
    leading(text.trim()).filter(|(_, rest)| rest.is_empty()).map(|(relation, _)| relation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_is_read_whole() {
        for (printed, relation) in SIGNS {
            assert_eq!(leading(&format!("{printed}95%")), Some((relation, "95%")), "{printed}");
        }
        assert!(is_in("指标1：修复渠道≥20公里") && !is_in("2023年《某规划》"));
        assert_eq!((whole(" ≧ "), whole("≧5"), whole("定性")), (Some(AtLeast), None, None));
    }

    #[test]
    fn titles_of_papers_are_no_targets() {
        assert_eq!((leading("《2023年年鉴》出版"), leading("《5")), (None, Some((AtMost, "5"))));
    }
}
