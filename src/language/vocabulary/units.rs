//! Words of units of account.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Labels;

/// How units of account are written besides their words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnitWriting {
    pub(crate) currencies: Labels,
    pub(crate) names: Labels,
    /// Words before the name of a unit → how many of it.
    pub(crate) multiples: BTreeMap<String, u64>,
}
