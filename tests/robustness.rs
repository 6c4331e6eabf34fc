//! Any bytes in, no panic out; and the real corpus where there is one.

use std::path::{Path, PathBuf};

use yusuan::{ErrorKind, Options, convert};

/// A small deterministic generator (xorshift), so that a failure can be repeated.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize
    }
}

fn sample(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
    std::fs::read(path).expect("a sample")
}

fn is_defect(bytes: &[u8]) -> Option<String> {
    match convert(bytes, &Options::default()) {
        Err(error) if error.kind() == ErrorKind::Internal => Some(error.to_string()),
        _ => None,
    }
}

#[test]
fn damaged_files_never_panic() {
    let whole = sample("haidong-2023-cid.pdf");
    let mut noise = Noise(0x5975_7375_616e);
    for round in 0..60 {
        let mut bytes = whole.clone();
        if round % 3 == 0 {
            bytes.truncate(noise.next() % bytes.len());
        }
        for _ in 0..=noise.next() % 40 {
            if !bytes.is_empty() {
                let at = noise.next() % bytes.len();
                bytes[at] = noise.next() as u8;
            }
        }
        assert_eq!(is_defect(&bytes), None, "round {round}");
    }
}

#[test]
fn what_is_no_pdf_is_refused() {
    for bytes in [&b""[..], b"%PDF-", b"hello", &[0xff; 4096]] {
        let error = convert(bytes, &Options::default()).expect_err("no PDF");
        assert!(matches!(error.kind(), ErrorKind::NotAPdf | ErrorKind::Damaged), "{error}");
    }
}

#[test]
fn a_scan_is_a_typed_error() {
    let error = convert(&sample("haidong-2023-scan.pdf"), &Options::default()).expect_err("a scan");
    assert_eq!(error.kind(), ErrorKind::NoTextLayer);
}

#[test]
fn no_file_of_the_corpus_panics() {
    let Some(corpus) = std::env::var_os("YUSUAN_CORPUS").map(PathBuf::from) else {
        println!("skipped: YUSUAN_CORPUS is not set");
        return;
    };
    let mut files = 0;
    for folder in ["scored", "unlabelled", "nasty"] {
        for entry in std::fs::read_dir(corpus.join(folder)).expect("the corpus").flatten() {
            let bytes = std::fs::read(entry.path()).expect("a readable file");
            assert_eq!(is_defect(&bytes), None, "{}", entry.path().display());
            files += 1;
        }
    }
    assert!(files > 100, "the corpus has only {files} files");
}
