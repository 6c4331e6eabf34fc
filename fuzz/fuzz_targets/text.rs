//! Any text → amounts, ordinals, captions, reflowed lines.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| yusuan::fuzzing::text(text));
