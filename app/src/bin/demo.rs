//! The static demo: the dashboard over canned data, for working on a screen without a server and for showing it.

fn main() {
    console_error_panic_hook::set_once();
    app::demo::open_first_page();
    leptos::mount::mount_to_body(app::app::App);
}
