//! One group a stage, over the samples and, where `YUSUAN_CORPUS` is set, over `scored/` in that folder:
//!
//! ```sh
//! cargo bench --bench stages
//! cargo bench --bench stages -- check/haidong-2023   # one stage of one file
//! ```
//!
//! Each measurement begins with a copy of the run as the stage before left it; the copying is not counted, nor is the
//! dropping of what the stage made.

use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use yusuan::conversion::Conversion;
use yusuan::{Limits, Options, to_json};

/// A PDF by its name, and the run up to each stage.
struct Input<'d> {
    name: String,
    /// Before reading, laying out, segmenting, parsing, accounting, stating facts, checking and writing.
    before: [Conversion<'d>; 8],
}

/// A stage by its name.
type Stage<'d> = (&'static str, fn(&mut Conversion<'d>));

fn stages<'d>() -> [Stage<'d>; 7] {
    [
        ("read", |run| run.read().expect("read once already")),
        ("lay-out", |run| run.lay_out().expect("laid out once already")),
        ("segment", |run| run.segment().expect("in time")),
        ("parse", |run| run.parse().expect("in time")),
        ("account", Conversion::account),
        ("facts", Conversion::state_facts),
        ("check", |run| run.check().expect("in time")),
    ]
}

fn bench(criterion: &mut Criterion) {
    // Copies share one clock.
    let options = Options { limits: Limits { time: Duration::MAX, ..Limits::default() }, ..Options::default() };
    let files: Vec<(String, Vec<u8>)> = pdfs().iter().map(|path| (name(path), read(path))).collect();
    // What cannot be read (a scan) has no stages to measure.
    let inputs: Vec<Input> = files.iter().filter_map(|(name, bytes)| input(name, bytes, &options)).collect();
    for (index, (stage, run_stage)) in stages().into_iter().enumerate() {
        let mut group = criterion.benchmark_group(stage);
        for input in &inputs {
            group.throughput(Throughput::Elements(input.before[7].page_count() as u64));
            group.bench_function(&input.name, |bencher| {
                let copy = || input.before[index].clone();
                bencher.iter_batched_ref(copy, run_stage, BatchSize::LargeInput);
            });
        }
        group.finish();
    }
    let mut group = criterion.benchmark_group("write");
    for input in &inputs {
        let document = input.before[7].clone().finish();
        group.bench_function(&input.name, |bencher| bencher.iter(|| to_json(&document).expect("JSON")));
    }
    group.finish();
}

fn input<'d>(name: &str, bytes: &[u8], options: &'d Options) -> Option<Input<'d>> {
    let mut run = Conversion::new(bytes.to_vec(), options).expect("the built-in vocabulary");
    run.clone().read().ok()?;
    let mut before = vec![run.clone()];
    for (_, run_stage) in stages() {
        run_stage(&mut run);
        before.push(run.clone());
    }
    let before = before.try_into().ok()?;
    Some(Input { name: name.to_owned(), before })
}

fn pdfs() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")];
    match std::env::var_os("YUSUAN_CORPUS") {
        Some(corpus) => folders.push(Path::new(&corpus).join("scored")),
        None => eprintln!("YUSUAN_CORPUS is not set: only the samples are measured"),
    }
    let entries = folders.iter().flat_map(|folder| std::fs::read_dir(folder).expect("a folder of PDFs"));
    let paths = entries.map(|entry| entry.expect("an entry of the folder").path());
    let mut pdfs: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|ending| ending == "pdf")).collect();
    pdfs.sort();
    pdfs
}

fn name(path: &Path) -> String {
    path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("a PDF")
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = bench
}
criterion_main!(benches);
