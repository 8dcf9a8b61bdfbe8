//! Every field, table by table.

use leptos::prelude::*;

use crate::models::stored::{Kept, OF_VISITORS, StoredField, StoredTable};

/// The list that is compared with the schema.
#[component]
pub(super) fn Fields() -> impl IntoView {
    view! {
        <section>
            <h2>"Every field"</h2>
            {OF_VISITORS.into_iter().map(|table| view! { <TableFields table/> }).collect_view()}
        </section>
    }
    .into_any()
}

#[component]
fn TableFields(table: StoredTable) -> impl IntoView {
    let kept = match table.kept {
        Kept::Sessions => "Kept as long as the site keeps its sessions.".to_owned(),
        Kept::For(time) => format!("Kept {}{time}.", if time.starts_with("until") { "" } else { "for " }),
    };
    let row = |field: &StoredField| {
        view! { <div class="fact"><dt class="path">{field.name}</dt><dd>{field.meaning}</dd></div> }
    };
    view! {
        <h3>{table.title}</h3>
        <p class="muted">{kept}</p>
        <dl class="facts wide">{table.fields.iter().map(row).collect_view()}</dl>
    }
    .into_any()
}
