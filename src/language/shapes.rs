//! Shapes of clauses: in which order words stand.
//!
//! A shape is written as its words in their order, each by the name of its list: `[and] [compared…] change [ending]`. In
//! brackets stands what may be missing, `…` is anything or nothing, and `subject` is what a clause names. A shape is all
//! of a clause. Matched by hand: compiling such patterns takes more than reading a narrative by them.

/// A piece of a shape.
#[derive(Clone, Debug)]
enum Piece<'w> {
    /// One of some words.
    Words {
        words: Vec<&'w str>,
        optional: bool,
        /// Whether anything may follow the word.
        open: bool,
    },
    /// What the clause names: as little as possible, but something.
    Subject,
    Anything,
}

/// In which order the words of a clause stand.
#[derive(Clone, Debug)]
pub(crate) struct Shape<'w>(Vec<Piece<'w>>);

impl<'w> Shape<'w> {
    /// The shape that is written so, with the words of each name.
    ///
    /// # Panics
    /// On a name without words: a mistake in the code, which the tests of its reader meet first.
    pub(crate) fn new(written: &str, words_of: impl Fn(&str) -> Option<Vec<&'w str>>) -> Self {
        let piece = |written: &str| match written {
            "…" => Piece::Anything,
            "subject" => Piece::Subject,
            _ => {
                let inner = written.trim_start_matches('[').trim_end_matches(']');
                let name = inner.trim_end_matches('…');
                let words = words_of(name).unwrap_or_else(|| panic!("no words for {name}"));
                Piece::Words { words, optional: inner.len() < written.len(), open: name.len() < inner.len() }
            }
        };
        Self(written.split_whitespace().map(piece).collect())
    }

    /// What the clause names as its subject, empty where the shape has none; `None` for a clause of another shape.
    pub(crate) fn subject<'c>(&self, clause: &'c str) -> Option<&'c str> {
        if !ends(&self.0, clause) {
            return None;
        }
        fits(&self.0, clause)
    }
}

/// Whether the end of a clause can be that of a shape: nearly no clause of another shape gets further.
fn ends(pieces: &[Piece<'_>], clause: &str) -> bool {
    match pieces.split_last() {
        None => clause.is_empty(),
        Some((Piece::Words { words, optional, open: false }, before)) => {
            let mut rests = words.iter().filter_map(|word| clause.strip_suffix(word));
            rests.any(|rest| ends(before, rest)) || *optional && ends(before, clause)
        }
        Some(_) => true,
    }
}

/// The subject of a clause that has the shape of the pieces.
fn fits<'c>(pieces: &[Piece<'_>], clause: &'c str) -> Option<&'c str> {
    let Some((piece, after)) = pieces.split_first() else { return clause.is_empty().then_some("") };
    match piece {
        Piece::Anything => anywhere(after, clause),
        Piece::Subject => {
            let ends = clause.char_indices().map(|(at, character)| at + character.len_utf8());
            ends.into_iter().find_map(|end| fits(after, &clause[end..]).map(|_| &clause[..end]))
        }
        Piece::Words { words, optional, open } => {
            let mut rests = words.iter().filter_map(|word| clause.strip_prefix(word));
            let found = rests.find_map(|rest| if *open { anywhere(after, rest) } else { fits(after, rest) });
            found.or_else(|| optional.then(|| fits(after, clause)).flatten())
        }
    }
}

/// The same for any end of the clause.
fn anywhere<'c>(pieces: &[Piece<'_>], clause: &'c str) -> Option<&'c str> {
    if pieces.is_empty() {
        return Some("");
    }
    let mut starts = clause.char_indices().map(|(at, _)| at).chain([clause.len()]);
    starts.find_map(|at| fits(pieces, &clause[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject<'c>(written: &str, clause: &'c str) -> Option<&'c str> {
        let words_of = |name: &str| match name {
            "compared" => Some(vec!["比", "同比"]),
            "change" => Some(vec!["增加", "减少"]),
            "ending" => Some(vec!["了", "额"]),
            _ => None,
        };
        Shape::new(written, words_of).subject(clause)
    }

    #[test]
    fn a_shape_is_all_of_a_clause() {
        let written = "[compared…] change [ending]";
        for clause in ["增加", "增加了", "比上年增加", "同比减少额"] {
            assert_eq!(subject(written, clause), Some(""), "{clause}");
        }
        for clause in ["", "收入增加", "增加收入", "比上年"] {
            assert_eq!(subject(written, clause), None, "{clause}");
        }
    }

    #[test]
    fn the_subject_is_as_short_as_can_be() {
        let written = "subject [compared…] change";
        assert_eq!(subject(written, "收入比上年增加"), Some("收入"));
        assert_eq!(subject(written, "收入增加"), Some("收入"));
        assert_eq!(subject(written, "增加"), None);
    }
}
