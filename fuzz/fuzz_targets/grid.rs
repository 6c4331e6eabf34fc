//! Any rulings and characters on a page → tables, facts, checks.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| yusuan::fuzzing::grid(bytes));
