//! Any paragraphs → the statements they make.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| yusuan::fuzzing::prose(text));
