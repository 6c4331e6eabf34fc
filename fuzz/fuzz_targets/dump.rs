//! Any text → a dump's pages, tables, placements and all stages after them.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| yusuan::fuzzing::dump(text));
