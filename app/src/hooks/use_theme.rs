use leptos::prelude::*;

use super::use_kept::{Kept, use_kept};

const ATTRIBUTE: &str = "data-theme";

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The one after this one, for a button that goes through all three.
    pub fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    /// Its name in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Kept for Theme {
    const KEY: &'static str = "pulse-theme";

    fn text(self) -> Option<&'static str> {
        (self != Self::System).then(|| self.name())
    }

    fn read(text: &str) -> Self {
        match text {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// The theme, kept in this browser: [`Theme::System`] on the server and at hydration.
pub fn use_theme() -> RwSignal<Theme> {
    let theme = use_kept::<Theme>();
    Effect::new(move |_| show(theme.get()));
    theme
}

fn show(theme: Theme) {
    if let Some(root) = document().document_element() {
        let _ = match theme {
            Theme::System => root.remove_attribute(ATTRIBUTE),
            chosen => root.set_attribute(ATTRIBUTE, chosen.name()),
        };
    }
}
