//! A country database of a few bytes. The tests of `server/src/collect/enrich/country.rs` use it too.

/// IPv4 addresses below 128.0.0.0 are in the first country, all others in the second. Written by the format's own
/// description (MaxMind DB 2.0): one node, whose records lead to one value each.
pub(crate) fn by_halves(countries: [&str; 2]) -> Vec<u8> {
    let text = |text: &str| [&[0x40 | u8::try_from(text.len()).unwrap()], text.as_bytes()].concat();
    let number = |value: u8| vec![0xa1, value];
    let entry = |key: &str, value: Vec<u8>| [text(key), value].concat();
    let [lower, upper] = countries.map(|country| [vec![0xe1], entry("country_code", text(country))].concat());
    // A record is the number of nodes, then 16, then the value's place.
    let tree = [[0, 0, 1 + 16], [0, 0, 1 + 16 + u8::try_from(lower.len()).unwrap()]].concat();
    let metadata = [
        vec![0xe9],
        entry("node_count", vec![0xc1, 1]),
        entry("record_size", number(24)),
        entry("ip_version", number(4)),
        entry("build_epoch", vec![0x01, 0x02, 1]),
        entry("description", vec![0xe0]),
        entry("languages", vec![0x00, 0x04]),
        entry("database_type", text("Test")),
        entry("binary_format_major_version", number(2)),
        entry("binary_format_minor_version", vec![0xa0]),
    ]
    .concat();
    [tree, vec![0; 16], lower, upper, b"\xab\xcd\xefMaxMind.com".to_vec(), metadata].concat()
}
