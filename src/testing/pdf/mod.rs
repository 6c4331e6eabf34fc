//! Files: [`drawing`] has pages that a writer of office documents could have made; [`bytes`] says each byte, for what
//! no writer makes.

pub(crate) mod drawing;
