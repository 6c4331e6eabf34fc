//! Which item of one document is which of the other: by keys, the strictest first.

use std::hash::Hash;

use rustc_hash::FxHashMap;

/// Items of two documents, of which more and more are paired.
pub(super) struct Matcher<'i, T> {
    old: &'i [T],
    new: &'i [T],
    /// For each old item, its new one.
    pairs: Vec<Option<usize>>,
    is_taken: Vec<bool>,
}

/// What was found: the pairs in the order of the old document, and what is left in each.
#[derive(Debug, PartialEq)]
pub(super) struct Matching {
    pub(super) pairs: Vec<(usize, usize)>,
    pub(super) dropped: Vec<usize>,
    pub(super) added: Vec<usize>,
}

impl<'i, T> Matcher<'i, T> {
    pub(super) fn new(old: &'i [T], new: &'i [T]) -> Self {
        Self { old, new, pairs: vec![None; old.len()], is_taken: vec![false; new.len()] }
    }

    /// Pairs what is left and has equal keys, the first with the first; what has no key is left alone.
    pub(super) fn in_order<K: Eq + Hash>(&mut self, key: impl Fn(&T) -> Option<K>) {
        self.pair(key, |_, _| true);
    }

    /// The same where as many on each side have the key; else it is not known which of them is missing.
    pub(super) fn as_many<K: Eq + Hash>(&mut self, key: impl Fn(&T) -> Option<K>) {
        self.pair(key, |old, new| old == new);
    }

    /// Pairs what is left and whose key only one item on each side has.
    pub(super) fn only_ones<K: Eq + Hash>(&mut self, key: impl Fn(&T) -> Option<K>) {
        self.pair(key, |old, new| old == 1 && new == 1);
    }

    fn pair<K: Eq + Hash>(&mut self, key: impl Fn(&T) -> Option<K>, is_sure: fn(usize, usize) -> bool) {
        let mut groups: FxHashMap<K, (Vec<usize>, Vec<usize>)> = FxHashMap::default();
        for index in (0..self.old.len()).filter(|index| self.pairs[*index].is_none()) {
            if let Some(key) = key(&self.old[index]) {
                groups.entry(key).or_default().0.push(index);
            }
        }
        for index in (0..self.new.len()).filter(|index| !self.is_taken[*index]) {
            if let Some(key) = key(&self.new[index]) {
                groups.entry(key).or_default().1.push(index);
            }
        }
        for (old, new) in groups.into_values().filter(|(old, new)| is_sure(old.len(), new.len())) {
            for (old, new) in old.into_iter().zip(new) {
                self.pairs[old] = Some(new);
                self.is_taken[new] = true;
            }
        }
    }

    pub(super) fn finish(self) -> Matching {
        let pairs = self.pairs.iter().enumerate();
        Matching {
            pairs: pairs.clone().filter_map(|(old, new)| Some((old, (*new)?))).collect(),
            dropped: pairs.filter(|(_, new)| new.is_none()).map(|(old, _)| old).collect(),
            added: (0..self.new.len()).filter(|new| !self.is_taken[*new]).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_first_letter(text: &&str) -> Option<char> {
        text.chars().next()
    }

    #[test]
    fn strict_keys_come_before_loose_ones() {
        let (old, new) = (["ab", "ac", "x"], ["ac", "ad", "y"]);
        let mut matcher = Matcher::new(&old, &new);
        matcher.in_order(|text| Some(*text));
        matcher.in_order(by_first_letter);
        let found = Matching { pairs: vec![(0, 1), (1, 0)], dropped: vec![2], added: vec![2] };
        assert_eq!(matcher.finish(), found);
    }

    #[test]
    fn what_could_be_several_is_not_paired_as_the_only_one() {
        let (old, new) = (["ab", "ac", "bd"], ["ax", "be"]);
        let mut matcher = Matcher::new(&old, &new);
        matcher.only_ones(by_first_letter);
        assert_eq!(matcher.finish(), Matching { pairs: vec![(2, 1)], dropped: vec![0, 1], added: vec![0] });
    }

    #[test]
    fn where_one_is_missing_it_is_not_known_which() {
        let (old, new) = (["ab", "ac", "bd"], ["ax", "be"]);
        let mut matcher = Matcher::new(&old, &new);
        matcher.as_many(by_first_letter);
        assert_eq!(matcher.finish().pairs, [(2, 1)]);
    }

    #[test]
    fn what_has_no_key_is_left() {
        let (old, new) = (["", "a"], ["", "a"]);
        let mut matcher = Matcher::new(&old, &new);
        matcher.in_order(by_first_letter);
        assert_eq!(matcher.finish().pairs, [(1, 1)]);
    }
}
