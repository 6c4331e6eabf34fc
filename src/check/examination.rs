//! A document under examination.

use std::cell::OnceCell;
use std::ops::Deref;

use super::ledger::Ledger;
use super::prose::Prose;
use super::wording::Passages;

/// What the rules compare: the ledger, and what several rules read of it, each made when the first asks for it.
pub(crate) struct Examination<'d> {
    ledger: Ledger<'d>,
    /// What the narrative says and what it can be compared with, for the checks of prose.
    pub(super) prose: OnceCell<Prose>,
    /// The words outside tables, for the checks of wording.
    pub(super) passages: OnceCell<Passages>,
}

impl<'d> Examination<'d> {
    pub(super) fn of(ledger: Ledger<'d>) -> Self {
        Self { ledger, prose: OnceCell::new(), passages: OnceCell::new() }
    }
}

impl<'d> Deref for Examination<'d> {
    type Target = Ledger<'d>;

    fn deref(&self) -> &Ledger<'d> {
        &self.ledger
    }
}
