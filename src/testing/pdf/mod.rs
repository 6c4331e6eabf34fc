//! Files: [`drawing`] has pages that a writer of office documents could have made; [`spelled`] those whose dictionaries a
//! test spells out, with fonts of [`true_type`]; [`bytes`] is the file below them, for what no writer makes.

// The integration tests take these two in as well: there they are in a crate of their own.
#[allow(unreachable_pub)]
pub(crate) mod bytes;
#[allow(unreachable_pub)]
pub(crate) mod drawing;
pub(crate) mod spelled;
pub(crate) mod true_type;
