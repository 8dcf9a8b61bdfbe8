use leptos::prelude::*;

use super::use_kept::{Kept, use_kept};

/// How high the rows of lists are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// Two lines a row.
    #[default]
    Comfortable,
    /// One line a row.
    Dense,
}

impl Density {
    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Comfortable => Self::Dense,
            Self::Dense => Self::Comfortable,
        }
    }
}

impl Kept for Density {
    const KEY: &'static str = "pulse-density";

    fn text(self) -> Option<&'static str> {
        match self {
            Self::Comfortable => None,
            Self::Dense => Some("dense"),
        }
    }

    fn read(text: &str) -> Self {
        if text == "dense" { Self::Dense } else { Self::Comfortable }
    }
}

/// The density, kept in this browser and made known to the pages below: [`Density::Comfortable`] on the server and at
/// hydration.
pub fn use_density() -> RwSignal<Density> {
    let density = use_kept::<Density>();
    provide_context(density);
    density
}
