use leptos::prelude::*;

/// A choice that this browser remembers, under a name in its storage.
pub(super) trait Kept: Copy + Default + PartialEq + Send + Sync + 'static {
    /// The name.
    const KEY: &'static str;

    /// What is remembered; `None` for what is usual, which is not.
    fn text(self) -> Option<&'static str>;

    /// What a remembered text stands for; what is usual where it stands for nothing.
    fn read(text: &str) -> Self;
}

/// A choice, kept in this browser: what is usual on the server and at hydration.
pub(super) fn use_kept<T: Kept>() -> RwSignal<T> {
    let kept = RwSignal::new(T::default());
    Effect::new(move |_| kept.set(stored(T::KEY).map(|text| T::read(&text)).unwrap_or_default()));
    Effect::new(move |earlier: Option<T>| {
        let now = kept.get();
        // The first run sees what hydration assumed, not what anybody chose.
        if earlier.is_some_and(|earlier| earlier != now) {
            store(T::KEY, now.text());
        }
        now
    });
    kept
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn stored(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// A browser that keeps nothing loses the choice with the page; there is nothing to do about it.
fn store(key: &str, text: Option<&str>) {
    if let Some(storage) = storage() {
        let _ = match text {
            None => storage.remove_item(key),
            Some(text) => storage.set_item(key, text),
        };
    }
}
