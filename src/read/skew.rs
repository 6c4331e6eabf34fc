//! Pages laid askew by a degree or so, as a page is that somebody fed crookedly.

use hayro_interpret::kurbo::Affine;

/// A smaller slope than this (a twentieth of a degree; half a point over the width of a page) disturbs nothing.
const MIN_SLOPE: f64 = 0.001;

/// Text steeper than this (5°) is slanted on purpose.
const MAX_SLOPE: f64 = 0.09;

/// Slopes that differ by less than this are one.
const SAME_SLOPE: f64 = 0.0005;

/// A page is askew where at least this share of its characters is.
const MOST: f64 = 0.8;

/// How many characters of a page have one and the same small slope.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Skew {
    slope: f64,
    count: usize,
}

impl Skew {
    /// Notes characters that are drawn with this transformation.
    pub(super) fn note(&mut self, to_page: Affine, count: usize) {
        let [x, y, ..] = to_page.as_coeffs();
        // From the nearest quarter turn.
        let slope = if x.abs() >= y.abs() { y / x } else { -x / y };
        if !(MIN_SLOPE..MAX_SLOPE).contains(&slope.abs()) {
            return;
        }
        if self.count == 0 {
            self.slope = slope;
        }
        if (slope - self.slope).abs() < SAME_SLOPE {
            self.count += count;
        }
    }

    /// The angle in radians, clockwise, by which most of a page's characters are askew.
    pub(super) fn of_most(&self, characters: usize) -> Option<f64> {
        let is_most = self.count > 0 && self.count as f64 >= MOST * characters as f64;
        is_most.then(|| self.slope.atan())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_askew_where_most_of_it_is() {
        let mut skew = Skew::default();
        skew.note(Affine::rotate(0.02), 90);
        assert!(skew.of_most(100).is_some_and(|angle| (angle - 0.02).abs() < 1e-6));
        assert_eq!(skew.of_most(200), None);
    }

    #[test]
    fn a_page_on_its_side_may_be_askew() {
        let mut skew = Skew::default();
        skew.note(Affine::rotate(std::f64::consts::FRAC_PI_2 - 0.02), 90);
        assert!(skew.of_most(90).is_some_and(|angle| (angle + 0.02).abs() < 1e-6));
    }

    #[test]
    fn level_and_slanted_pages_are_not_askew() {
        for angle in [0.0, 0.8] {
            let mut skew = Skew::default();
            skew.note(Affine::rotate(angle), 90);
            assert_eq!(skew.of_most(90), None);
        }
    }
}
