//! What is done to a printed number.

/// A kind of mutation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// One digit of an amount is another.
    Digit,
    /// Two neighbouring digits have changed places.
    Transposed,
    /// The decimal point stands one digit further.
    Decimal,
    /// One digit of a total is another.
    Total,
    /// A minus stands before the amount, or is lost.
    Sign,
    /// The amount stands in the empty cell beside its own.
    Moved,
    /// The amount is gone.
    Blanked,
    /// The whole row is gone.
    Row,
    /// One digit of a project's amount is another.
    Project,
    /// One digit of an amount in prose is another.
    ProseAmount,
    /// One digit of a percentage in prose is another.
    ProsePercentage,
    /// A year is another.
    Year,
    /// One digit of a code is another.
    Code,
}

impl Kind {
    /// All of them, in the order of the table.
    pub const ALL: [Kind; 13] = [
        Kind::Digit,
        Kind::Transposed,
        Kind::Decimal,
        Kind::Total,
        Kind::Sign,
        Kind::Moved,
        Kind::Blanked,
        Kind::Row,
        Kind::Project,
        Kind::ProseAmount,
        Kind::ProsePercentage,
        Kind::Year,
        Kind::Code,
    ];

    /// Whether an amount stands in a cell afterwards, a false one or in the wrong cell.
    pub fn leaves_an_amount(self) -> bool {
        matches!(self, Kind::Digit | Kind::Transposed | Kind::Decimal | Kind::Total | Kind::Sign | Kind::Moved)
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Digit => "digit",
            Kind::Transposed => "transposed",
            Kind::Decimal => "decimal",
            Kind::Total => "total",
            Kind::Sign => "sign",
            Kind::Moved => "moved",
            Kind::Blanked => "blanked",
            Kind::Row => "row",
            Kind::Project => "project",
            Kind::ProseAmount => "prose-amount",
            Kind::ProsePercentage => "prose-percentage",
            Kind::Year => "year",
            Kind::Code => "code",
        }
    }
}
