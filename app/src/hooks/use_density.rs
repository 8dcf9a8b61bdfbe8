use leptos::prelude::*;

const STORAGE_KEY: &str = "pulse-density";
const DENSE: &str = "dense";

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

/// The density, kept in this browser and made known to the pages below: [`Density::Comfortable`] on the server and at
/// hydration.
pub fn use_density() -> RwSignal<Density> {
    let density = RwSignal::new(Density::Comfortable);
    Effect::new(move |_| density.set(stored()));
    Effect::new(move |earlier: Option<Density>| {
        let now = density.get();
        // The first run sees what hydration assumed, not what anybody chose.
        if earlier.is_some_and(|earlier| earlier != now) {
            store(now);
        }
        now
    });
    provide_context(density);
    density
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn stored() -> Density {
    match storage().and_then(|storage| storage.get_item(STORAGE_KEY).ok().flatten()).as_deref() {
        Some(DENSE) => Density::Dense,
        _ => Density::Comfortable,
    }
}

/// A browser that keeps nothing loses the choice with the page; there is nothing to do about it.
fn store(density: Density) {
    if let Some(storage) = storage() {
        let _ = match density {
            Density::Comfortable => storage.remove_item(STORAGE_KEY),
            Density::Dense => storage.set_item(STORAGE_KEY, DENSE),
        };
    }
}
