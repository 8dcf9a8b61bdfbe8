//! The field for a pattern: a plain form that shows what it would join.

use leptos::prelude::*;

use crate::models::{ids::SiteId, path_rule::rules_path};

/// The form.
pub(super) fn form(site: SiteId, typed: &str) -> AnyView {
    view! {
        <form method="get" action=rules_path(site) class="pattern-form">
            <label class="field">
                "Pattern"
                <input type="text" name="pattern" value=typed.to_owned() placeholder="/product/:id" required maxlength="200" autocomplete="off" autocapitalize="none" spellcheck="false"/>
            </label>
            <button class="button">"Preview"</button>
        </form>
    }
    .into_any()
}
