//! Where the card appears, and how its scale looks.

use serde::Serialize;

/// Where the card appears on a wide screen; on a phone it is a sheet at the bottom, unless inline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Position {
    /// The corner where most shops have nothing else.
    #[default]
    BottomRight,
    /// The other corner.
    BottomLeft,
    /// The middle of the page.
    Center,
    /// Behind a button at the edge that is always there.
    Tab,
    /// Inside of an element of the page.
    Inline,
}

/// How the scale looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// A row of numbers.
    #[default]
    Numbers,
    /// Five stars, for CSAT.
    Stars,
    /// Five faces, for CSAT.
    Smileys,
}

impl Position {
    /// Every position, the usual one first.
    pub const ALL: [Self; 5] = [
        Self::BottomRight,
        Self::BottomLeft,
        Self::Center,
        Self::Tab,
        Self::Inline,
    ];

    /// The name used in survey files and as a class of the card.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BottomRight => "bottom-right",
            Self::BottomLeft => "bottom-left",
            Self::Center => "center",
            Self::Tab => "tab",
            Self::Inline => "inline",
        }
    }

    /// The position of this name, else the usual one.
    pub(super) fn named(name: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|position| position.name() == name)
            .unwrap_or_default()
    }

    // Serde hands over a reference.
    pub(super) fn is_usual(&self) -> bool {
        *self == Self::BottomRight
    }
}

impl Style {
    /// Every style, the usual one first.
    pub const ALL: [Self; 3] = [Self::Numbers, Self::Stars, Self::Smileys];

    /// The name used in survey files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Numbers => "numbers",
            Self::Stars => "stars",
            Self::Smileys => "smileys",
        }
    }

    /// The style of this name, else the usual one.
    pub(super) fn named(name: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|style| style.name() == name).unwrap_or_default()
    }

    // Serde hands over a reference.
    pub(super) fn is_usual(&self) -> bool {
        *self == Self::Numbers
    }
}
