//! Files: [`drawing`] has pages that a writer of office documents could have made; [`bytes`] says each byte, for what
//! no writer makes.

// The integration tests take the file in as well: there it is a crate of its own.
#[allow(unreachable_pub)]
pub(crate) mod drawing;
