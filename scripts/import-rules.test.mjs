import assert from "node:assert/strict";
import { test } from "node:test";
import { faultsOf } from "./import-rules.mjs";

const app = new Set(["api", "app", "components", "format", "hooks", "models", "pages", "services", "state"]);
const server = new Set(["auth", "collect", "config", "live", "reports", "router", "store"]);
const why = (file, text, modules = file.startsWith("app") ? app : server) =>
  faultsOf(file, text, modules).map((line) => line.replace(`${file}:`, ""));

test("components know neither the API nor pages nor state, however they are named", () => {
  const file = "app/src/components/chart/bars.rs";
  assert.deepEqual(why(file, "use crate::api::site;"), ["1: components must not use api"]);
  assert.deepEqual(why(file, "use crate::{\n    models::{a, pages},\n    state::x,\n};"), ["3: components must not use state"]);
  assert.deepEqual(why(file, "fn f() { crate::pages::open() }"), ["1: components must not use pages"]);
  assert.deepEqual(why(file, "use super::super::super::state;"), ["1: components must not use state"]);
});

test("a folder may use itself and what the table allows", () => {
  const file = "app/src/components/button.rs";
  assert.deepEqual(why(file, "use crate::{components::icon, hooks::media, models::ids::SiteId};"), []);
  assert.deepEqual(why(file, "mod tests { use super::super::icon; use crate::Root; }"), []);
  assert.deepEqual(why("app/src/pages/sites/mod.rs", "use crate::{api::site, components::button, state::viewer};"), []);
});

test("models are plain data", () => {
  const file = "app/src/models/site.rs";
  assert.deepEqual(why(file, "use leptos::prelude::*;"), ["1: models must not use leptos"]);
  assert.deepEqual(why(file, "fn f(p: leptos_router::Params) {}"), ["1: models must not use leptos_router"]);
  assert.deepEqual(why(file, "use sea_orm::entity;\nuse axum::Json;"), ["1: models must not use sea_orm", "2: models must not use axum"]);
  assert.deepEqual(why(file, "use crate::services::Sites;"), ["1: models must not use services"]);
  assert.deepEqual(why(file, "// leptos::prelude has its own.\nuse serde::Serialize;"), []);
});

test("collection, reports, accounts and live updates do not know each other", () => {
  const folders = ["collect", "reports", "auth", "live"];
  for (const from of folders) {
    for (const to of folders.filter((name) => name !== from)) {
      assert.deepEqual(why(`server/src/${from}/mod.rs`, `use crate::${to}::x;`), [`1: ${from} must not use ${to}`]);
    }
  }
  assert.deepEqual(why("server/src/router.rs", "use crate::{auth, collect, live, reports};"), []);
});

test("the pipeline and the store know the models of the app alone", () => {
  assert.deepEqual(why("server/src/collect/writer.rs", "use app::{models::ids, services::Sites};"), ["1: collect must not use app::services"]);
  assert.deepEqual(why("server/src/store/mod.rs", "use app::models::ids::SiteId;"), []);
});

test("views carry no inline style", () => {
  const file = "app/src/pages/sites/mod.rs";
  for (const text of ['view! { <p style="color: red"/> }', "view! { <p style:width=move || w.get()/> }", "view! { <style>a</style> }"]) {
    assert.equal(why(file, text).length, 1, text);
  }
  assert.deepEqual(why(file, 'assert!(!html.contains("style="));'), []);
  assert.deepEqual(why(file, "struct Line { style: Dash }\nlet style = Dash::Dotted;"), []);
});

test("only hooks ask the clock", () => {
  assert.equal(why("app/src/models/time.rs", "let now = Utc::now();").length, 1);
  assert.equal(why("app/src/pages/live.rs", "js_sys::Date::now()").length, 1);
  assert.deepEqual(why("app/src/hooks/clock.rs", "js_sys::Date::now()"), []);
});
