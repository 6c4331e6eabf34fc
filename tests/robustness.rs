//! Any bytes in, no panic out; and the real corpus where there is one.

use std::path::{Path, PathBuf};

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};
use proptest::sample::Index;
use proptest::test_runner::RngSeed;
use yusuan::{ErrorKind, Options, convert};

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

/// Sixty files a run, always the same; one that fails is made simpler.
fn damages() -> ProptestConfig {
    ProptestConfig {
        cases: 60,
        rng_seed: RngSeed::Fixed(0),
        failure_persistence: None,
        max_shrink_iters: 500,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(damages())]

    #[test]
    fn damaged_files_never_panic(
        length in weighted(0.3, any::<Index>()),
        changes in vec((any::<Index>(), any::<u8>()), 1..=40),
    ) {
        let mut bytes = sample("haidong-2023-cid.pdf");
        if let Some(length) = length {
            bytes.truncate(1 + length.index(bytes.len()));
        }
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        prop_assert_eq!(is_defect(&bytes), None);
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
