//! TEMPORARY STUB, to be overwritten by the helper that harvests the table.
#![allow(dead_code, missing_docs)]
pub(crate) enum SubjectKind { Functional, Economic, GovernmentEconomic }
impl SubjectKind { pub(crate) fn of(code: &str) -> Option<SubjectKind> { matches!(code.len(), 3|5|7).then_some(SubjectKind::Functional).filter(|_| code.starts_with(['2','3','5'])) } }
pub(crate) struct Classification;
impl Classification { pub(crate) fn national() -> &'static Classification { &Classification } }
