//! Choices made by proptest, so that it can simplify them where a test fails.

use proptest::collection::vec;
use proptest::prelude::{Strategy, any};

/// A budget with its layout takes about half as many choices, and those with long tables nearly all.
const MOST: usize = 1200;

/// What to choose, one number after another; when they are used up, each further choice is the first. The smaller a
/// number, the nearer to the first of its choices, which should be the simplest.
#[derive(Clone, Debug)]
pub(super) struct Choices {
    numbers: Vec<u32>,
    used: usize,
}

/// Any choices.
pub(super) fn choices() -> impl Strategy<Value = Choices> {
    vec(any::<u32>(), 0..=MOST).prop_map(|numbers| Choices { numbers, used: 0 })
}

impl Choices {
    /// A number below `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        let number = self.numbers.get(self.used).copied().unwrap_or(0);
        self.used += 1;
        ((u64::from(number) * limit as u64) >> u32::BITS) as usize
    }

    /// A number from `from` to `to`, both included.
    pub(super) fn within(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to - from + 1)
    }

    /// A length from `from` to `to`.
    pub(super) fn between(&mut self, from: f32, to: f32) -> f32 {
        from + (to - from) * self.below(1001) as f32 / 1000.0
    }

    /// Yes, this many times in a hundred; the first choice is no.
    pub(super) fn chance(&mut self, per_cent: usize) -> bool {
        self.below(100) >= 100 - per_cent
    }

    pub(super) fn pick<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }
}
