//! `pulse site` and `pulse erase`.

use std::process::{Command, Output};

use tempfile::TempDir;

fn site(data: &TempDir, arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pulse"));
    let Output { status, stdout, stderr } =
        command.env_clear().env("PULSE_DATA", data.path()).arg("site").args(arguments).output().unwrap();
    let said = if status.success() { stdout } else { stderr };
    (status.success(), String::from_utf8(said).unwrap())
}

#[test]
fn settings_are_changed_one_by_one() {
    let data = tempfile::tempdir().unwrap();
    let first = "1  My site  (any host; UTC; sessions kept 180 days, those of machines 7; over after 30 minutes of silence or 24 hours)\n";
    assert_eq!(site(&data, &["list"]), (true, first.into()));
    let set = ["set", "1", "--name", "shop", "--hosts", "Shop.example, *.shop.example", "--time-zone", "Europe/Berlin"];
    let shop = "1  shop  (shop.example, *.shop.example; Europe/Berlin; sessions kept 180 days, those of machines 7; over after 30 minutes of silence or 24 hours)\n";
    assert_eq!(site(&data, &set), (true, shop.into()));
    let kept = shop.replace("180", "30");
    assert_eq!(site(&data, &["set", "1", "--keep-days", "30"]), (true, kept.clone()));
    let second = "2  blog  (any host; UTC; sessions kept 180 days, those of machines 7; over after 30 minutes of silence or 24 hours)\n";
    assert_eq!(site(&data, &["add", "--name", "blog"]), (true, second.into()));
    assert_eq!(site(&data, &["list"]), (true, kept + second));
}

#[test]
fn limits_and_referrers_of_a_site_are_set_and_taken_back() {
    let data = tempfile::tempdir().unwrap();
    let set = [
        "set",
        "1",
        "--idle-minutes",
        "60",
        "--longest-hours",
        "12",
        "--passed-referrers",
        "Pay.example",
        "--spam-referrers",
        "cheap.example,!semalt.com",
    ];
    let (_, said) = site(&data, &set);
    let rules = "over after 60 minutes of silence or 12 hours; only come back from pay.example; \
                 spam from cheap.example, !semalt.com)\n";
    assert!(said.ends_with(rules), "{said}");
    let (_, said) = site(&data, &["set", "1", "--passed-referrers", "", "--spam-referrers", ""]);
    assert!(said.ends_with("60 minutes of silence or 12 hours)\n"), "{said}");
}

#[test]
fn what_cannot_be_is_refused_with_what_can() {
    let data = tempfile::tempdir().unwrap();
    for (arguments, expected) in [
        (&["set", "7", "--name", "x"][..], "there is no site 7"),
        (&["set", "1", "--keep-days", "0"], "1..=761"),
        (&["set", "1", "--keep-days", "762"], "1..=761"),
        (&["set", "1", "--idle-minutes", "4"], "5..=1440"),
        (&["set", "1", "--longest-hours", "25"], "1..=24"),
        (&["set", "1", "--spam-referrers", "!https://shop.example/pages"], "is no host"),
        (&["set", "1", "--time-zone", "Mars/Olympus"], "Mars/Olympus"),
        (&["set", "1", "--hosts", "https://shop.example/pages"], "is no host"),
        (&["add"], "--name"),
    ] {
        let (done, said) = site(&data, arguments);
        assert!(!done && said.contains(expected), "{arguments:?}: {said}");
    }
}

#[test]
fn to_erase_what_is_not_there_is_an_error_that_says_so() {
    let data = tempfile::tempdir().unwrap();
    let erase = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pulse"));
        let output = command.env_clear().env("PULSE_DATA", data.path()).arg("erase").args(arguments).output().unwrap();
        (output.status.success(), String::from_utf8(output.stderr).unwrap())
    };
    let (done, said) = erase(&["0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b"]);
    assert!(!done && said.contains("site 1 has no such session"), "{said}");
    let (done, said) = erase(&["yesterday"]);
    assert!(!done && said.contains("yesterday"), "{said}");
}
