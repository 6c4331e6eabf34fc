//! Any byte string in, no panic out.

use super::{characters, read_pages};
use crate::testing::pdf::spelled::{TestPdf, helvetica, image, shown};
use crate::testing::pdf::true_type::{CharacterMap, true_type};

/// Marsaglia's xorshift: the same numbers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

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

/// A copy with a few bytes changed or lost, and perhaps its end.
fn damaged(file: &[u8], random: &mut Random) -> Vec<u8> {
    const STRUCTURE: &[u8] = b"0123456789-<>[]()/ ";
    let mut file = file.to_vec();
    for _ in 0..=random.below(8) {
        let place = random.below(file.len());
        match random.below(4) {
            0 => file[place] ^= 1 << random.below(8),
            1 => file[place] = random.below(256) as u8,
            2 => file[place] = STRUCTURE[random.below(STRUCTURE.len())],
            _ => {
                let end = (place + random.below(20)).min(file.len());
                file.drain(place..end);
            }
        }
    }
    if random.below(4) == 0 {
        file.truncate(random.below(file.len()));
    }
    file
}

#[test]
fn no_damage_makes_the_reader_panic() {
    const DAMAGED_FILES: usize = 2000;
    let file = varied();
    assert_eq!(characters(&read_pages(&file).expect("a PDF")[0]), WHOLE);
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let texts = (0..DAMAGED_FILES).filter_map(|_| {
        let pages = read_pages(&damaged(&file, &mut random)).ok()?;
        pages.first().map(characters)
    });
    let kept = texts.filter(|text| text.contains("预算")).count();
    assert!(kept > DAMAGED_FILES / 4, "only {kept} files kept their text: the damage reaches too little code");
}
