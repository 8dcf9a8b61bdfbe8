use leptos::prelude::*;

const STORAGE_KEY: &str = "pulse-theme";
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

/// The theme, kept in this browser: [`Theme::System`] on the server and at hydration.
pub fn use_theme() -> RwSignal<Theme> {
    let theme = RwSignal::new(Theme::System);
    Effect::new(move |_| theme.set(stored()));
    Effect::new(move |earlier: Option<Theme>| {
        let now = theme.get();
        show(now);
        // The first run sees what hydration assumed, not what anybody chose.
        if earlier.is_some_and(|earlier| earlier != now) {
            store(now);
        }
        now
    });
    theme
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn stored() -> Theme {
    match storage().and_then(|storage| storage.get_item(STORAGE_KEY).ok().flatten()).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// A browser that keeps nothing loses the choice with the page; there is nothing to do about it.
fn store(theme: Theme) {
    if let Some(storage) = storage() {
        let _ = match theme {
            Theme::System => storage.remove_item(STORAGE_KEY),
            chosen => storage.set_item(STORAGE_KEY, chosen.name()),
        };
    }
}

fn show(theme: Theme) {
    if let Some(root) = document().document_element() {
        let _ = match theme {
            Theme::System => root.remove_attribute(ATTRIBUTE),
            chosen => root.set_attribute(ATTRIBUTE, chosen.name()),
        };
    }
}
