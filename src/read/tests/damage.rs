//! Any byte string in, no panic out.

use std::cell::Cell;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngSeed, TestRunner};

use super::{characters, read_pages, read_with_damage};
use crate::document::PageNumber;
use crate::testing::pdf::spelled::{TestPdf, helvetica, image, shown};
use crate::testing::pdf::true_type::{CharacterMap, true_type};

/// A file with something of everything, in fonts that are quick to load.
fn varied() -> Vec<u8> {
    let content = "0.5 w 40 190 m 200 190 l S 40 190 m 40 240 l S ".to_owned()
        + &image(300.0, 100.0, 40.0, 40.0)
        + "q 0 0 380 280 re W n /Form Do Q 1 g 10 250 30 30 re f 0.9 g 10 50 m 30 50 l 30 90 l h B 0 g "
        + &shown("F", "<00010002>", 50.0, 150.0)
        + &shown("G", "<0001D4A4>", 50.0, 110.0)
        + &shown("H", "<21>", 50.0, 90.0)
        + "2 Tr "
        + &helvetica("1,234.50", 50.0, 130.0);
    let mut pdf = TestPdf::new(content);
    let to_unicode = pdf.unicode_map(&[(1, "预"), (2, "算")]);
    pdf.composite_font("F", "SimSun", "Identity-H", &to_unicode, "/Ordering (Identity) /W [1 [1000 500]]");
    let program = true_type(3, Some(&CharacterMap::unicode(&[(0x4e1c, 2), (0x6d77, 1)])), &[".notdef", "a", "b"]);
    let descriptor = pdf.font_descriptor("ABCDEF+SimHei", &program);
    pdf.composite_font("G", "ABCDEF+SimHei", "Identity-V", "", &format!("/Ordering (Identity) {descriptor}"));
    let simple = pdf.object(format!(
        "<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+SimHei /FirstChar 33 /LastChar 33 /Widths [1000] \
         {descriptor} >>"
    ));
    pdf.font("H", simple);
    let form = pdf.form("/BBox [0 0 200 200] /Matrix [1 0 0 1 5 5]", &helvetica("2023", 20.0, 30.0));
    pdf.resource(&format!("/XObject << /Form {form} 0 R >>"));
    pdf.build()
}

/// What [`varied`] says.
const WHOLE: &str = "2023预算海\u{fffd}\u{fffd}1,234.501,234.50";

/// What may happen to a file somewhere.
#[derive(Clone, Debug)]
enum Damage {
    Flipped(u8),
    Replaced(u8),
    Lost(usize),
    Ended,
}

fn damage() -> impl Strategy<Value = (Index, Damage)> {
    const STRUCTURE: &[u8] = b"0123456789-<>[]()/ ";
    let what = prop_oneof![
        8 => (0..8_u8).prop_map(|bit| Damage::Flipped(1 << bit)),
        8 => any::<u8>().prop_map(Damage::Replaced),
        8 => select(STRUCTURE).prop_map(Damage::Replaced),
        8 => (0..20_usize).prop_map(Damage::Lost),
        2 => Just(Damage::Ended),
    ];
    (any::<Index>(), what)
}

fn damaged(file: &[u8], damages: &[(Index, Damage)]) -> Vec<u8> {
    let mut file = file.to_vec();
    for (place, damage) in damages {
        let place = place.index(file.len().max(1));
        match damage {
            Damage::Flipped(bit) => file.iter_mut().skip(place).take(1).for_each(|byte| *byte ^= bit),
            Damage::Replaced(other) => file.iter_mut().skip(place).take(1).for_each(|byte| *byte = *other),
            Damage::Lost(bytes) => drop(file.drain(place.min(file.len())..(place + bytes).min(file.len()))),
            Damage::Ended => file.truncate(place),
        }
    }
    file
}

#[test]
fn no_damage_makes_the_reader_panic() {
    const DAMAGED_FILES: u32 = 2000;
    let file = varied();
    assert_eq!(characters(&read_pages(&file).expect("a PDF")[0]), WHOLE);
    let config = Config {
        cases: DAMAGED_FILES,
        rng_seed: RngSeed::Fixed(0),
        failure_persistence: None,
        max_shrink_iters: 2000,
        ..Config::default()
    };
    let kept = Cell::new(0);
    let outcome = TestRunner::new(config).run(&vec(damage(), 1..=8), |damages| {
        let pages = read_pages(&damaged(&file, &damages)).unwrap_or_default();
        let keeps = pages.first().is_some_and(|page| characters(page).contains("预算"));
        kept.set(kept.get() + u32::from(keeps));
        Ok(())
    });
    outcome.unwrap_or_else(|why| panic!("{why}"));
    let kept = kept.get();
    assert!(kept > DAMAGED_FILES / 4, "only {kept} files kept their text: the damage reaches too little code");
}

/// Pages with contents of which each file names another part that it lacks.
#[test]
fn what_a_file_names_and_lacks_is_told() {
    let damage = |file: &[u8]| read_with_damage(file).expect("a PDF").1;
    let whole = |pdf: &TestPdf| damage(&pdf.build());
    let text = helvetica("1,234.50", 50.0, 130.0);

    let mut pdf = TestPdf::new(text.clone());
    pdf.page(text.clone());
    assert_eq!(whole(&pdf), super::Damage::default());

    pdf.resource("/XObject << /Form 4711 0 R >>");
    assert_eq!(whole(&pdf).incomplete.first(), Some(&PageNumber(1)));

    let mut pdf = TestPdf::new(text);
    pdf.resource("/ColorSpace << /Lost 4711 0 R >>");
    assert!(whole(&pdf).incomplete.is_empty(), "no text is in a colour");
    pdf.font("Lost", 4711);
    assert_eq!(whole(&pdf).incomplete, [PageNumber(1)]);
}

#[test]
fn a_file_that_breaks_off_says_so() {
    let file = varied();
    let end = file.windows(9).rposition(|bytes| bytes == b"startxref").expect("an end");
    assert!(!read_with_damage(&file).expect("a PDF").1.ends_early);
    assert!(read_with_damage(&file[..end]).expect("a PDF that can be repaired").1.ends_early);
}
