//! The first account, made with the link that the server prints when there is none.

use leptos::prelude::*;
use leptos_meta::Title;

use super::card::{Card, use_param};

/// Name and password twice; `?token=` proves that whoever asks has seen the server's output.
#[component]
pub fn SetUpPage() -> impl IntoView {
    let token = use_param("token");
    view! {
        <Title text="Set up"/>
        <Card title="Set up Pulse">
            <p class="muted">"The first account can see every site. This link works once."</p>
            <form class="form" method="post" action="/auth/setup">
                <input type="hidden" name="token" value=move || token.get()/>
                <label class="field"><span>"Name"</span><input name="name" autocomplete="username" required maxlength="100" autocapitalize="none" spellcheck="false" autofocus/></label>
                // The rule stands beside the label, not in it: in it, it would be read out twice.
                <div class="field">
                    <label for="password">"Password"</label>
                    <input id="password" type="password" name="password" autocomplete="new-password" required minlength="10" maxlength="200" aria-describedby="password-rule"/>
                    <small id="password-rule" class="muted">"10 characters or more; a few words are easy to keep in mind."</small>
                </div>
                <label class="field"><span>"Password again"</span><input type="password" name="password_again" autocomplete="new-password" required minlength="10" maxlength="200"/></label>
                <button class="button primary">"Create the account"</button>
            </form>
        </Card>
    }
}
