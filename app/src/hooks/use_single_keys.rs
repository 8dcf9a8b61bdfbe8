use leptos::prelude::*;

use super::use_kept::{Kept, use_kept};

/// Whether a letter alone does something. Whoever speaks to the browser, or presses keys by accident, turns that off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SingleKeys {
    /// It does.
    #[default]
    On,
    /// It does nothing.
    Off,
}

impl Kept for SingleKeys {
    const KEY: &'static str = "pulse-single-keys";

    fn text(self) -> Option<&'static str> {
        match self {
            Self::On => None,
            Self::Off => Some("off"),
        }
    }

    fn read(text: &str) -> Self {
        if text == "off" { Self::Off } else { Self::On }
    }
}

/// Whether single keys are used, kept in this browser: [`SingleKeys::On`] on the server and at hydration.
pub fn use_single_keys() -> RwSignal<SingleKeys> {
    use_kept()
}
