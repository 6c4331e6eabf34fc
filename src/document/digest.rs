//! What tells that two files are the same.

use sha2::{Digest, Sha256};

/// SHA-256 in hexadecimal digits, as `source.sha256` has it.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    const_hex::encode(Sha256::digest(bytes))
}
