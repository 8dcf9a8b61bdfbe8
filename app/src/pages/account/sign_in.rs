//! Signing in.

use leptos::prelude::*;
use leptos_meta::Title;

use super::card::{Card, use_param};

/// Name and password; `?next=` is the page to open afterwards.
#[component]
pub fn SignInPage() -> impl IntoView {
    let next = use_param("next");
    view! {
        <Title text="Sign in"/>
        <Card title="Sign in">
            <form class="form" method="post" action="/auth/login">
                <input type="hidden" name="next" value=move || next.get()/>
                <label class="field"><span>"Name"</span><input name="name" autocomplete="username" required maxlength="100" autocapitalize="none" spellcheck="false" autofocus/></label>
                <label class="field"><span>"Password"</span><input type="password" name="password" autocomplete="current-password" required maxlength="200"/></label>
                <button class="button primary">"Sign in"</button>
            </form>
        </Card>
    }
}
