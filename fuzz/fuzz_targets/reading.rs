//! Any bytes → `convert`: a document or a typed error, never a panic, ours or a library's.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| yusuan::fuzzing::reading(bytes));
