//! Choices that are the same in each run.

/// SplitMix64: enough for choosing, and the same everywhere.
pub struct Random(u64);

impl Random {
    /// Seeded by words.
    pub fn of(words: &[&str]) -> Self {
        const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
        const FNV_PRIME: u64 = 0x0100_0000_01b3;
        let bytes = words.iter().flat_map(|word| word.bytes().chain([0]));
        Self(bytes.fold(FNV_OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME)))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below another, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// All of them in another order.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            all.swap(at, self.below(at + 1));
        }
    }

    /// A digit other than this one; not 0 where it would lead.
    pub fn other_digit(&mut self, digit: char, leads: bool) -> char {
        let digits = ('0'..='9').filter(|other| *other != digit && !(leads && *other == '0'));
        let digits: Vec<char> = digits.collect();
        digits[self.below(digits.len())]
    }
}
