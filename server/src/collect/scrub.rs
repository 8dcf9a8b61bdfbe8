//! Takes out of a text what could name a person, whichever field it came in.

use percent_encoding::percent_decode_str;

/// Stands for an e-mail address that was taken out.
const EMAIL: &str = ":email";
/// Stands for a long number that was taken out.
const NUMBER: &str = ":number";
/// Stands for a path segment that looks like a token.
const TOKEN: &str = ":id";
/// From this length on a run of digits is taken for a telephone, card or customer number.
const LONG_NUMBER: usize = 7;
/// From this many digits on, groups of digits are taken for one number.
const GROUPED_NUMBER: usize = 11;

/// A text without e-mail addresses, long numbers and control characters, at most `longest` characters long.
pub fn text(raw: &str, longest: usize) -> String {
    let bounded = bounded(raw, longest);
    let decoded = decode_if_it_hides_something(&bounded);
    let clean: String =
        decoded.chars().filter(|&c| !is_dropped(c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let scrubbed = numbers(&emails(clean.trim()));
    scrubbed.chars().take(longest).collect()
}

/// Unicode's signs for embedding, overriding and isolating a direction (UAX #9, section 2): one that is not closed
/// turns the text beside it too, so that a page's title could rewrite the sentence that quotes it. Writing that runs
/// from right to left needs none of them. And those that nobody sees, within which an address would hide: soft hyphen,
/// zero-width space, word joiner, byte order mark. Joiners stay: letters and emoji are made with them.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// The message of a script error: a text without what it quotes and without digits, both of which are often somebody's.
pub fn error(raw: &str, longest: usize) -> String {
    let unquoted = without_quotes(&bounded(raw, longest));
    let mut out = String::with_capacity(unquoted.len());
    for c in unquoted.chars() {
        if !c.is_numeric() {
            out.push(c);
        } else if !out.ends_with('#') {
            out.push('#');
        }
    }
    text(&out, longest)
}

/// Puts `…` for everything between quotation marks; after one that is not closed, for all the rest.
fn without_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = rest.next() {
        let within_word = before.is_alphanumeric() && rest.peek().is_some_and(|next| next.is_alphabetic());
        out.push(c);
        before = c;
        // "can't" quotes nothing.
        if let Some(close) = closing_quote(c).filter(|_| c != '\'' && c != '’' || !within_word) {
            out.push('…');
            before = rest.by_ref().find(|&next| next == close).unwrap_or(close);
            out.push(close);
        }
    }
    out
}

fn closing_quote(open: char) -> Option<char> {
    match open {
        '"' | '\'' | '`' | '’' | '”' => Some(open),
        '“' | '„' => Some('”'),
        '‘' | '‚' => Some('’'),
        '«' => Some('»'),
        _ => None,
    }
}

/// A path without e-mail addresses, long numbers and tokens, decoded for reading.
pub fn path(raw: &str, longest: usize) -> String {
    let bounded = bounded(raw, longest);
    let readable = decoded(&bounded).unwrap_or(bounded);
    let segments: Vec<String> = readable
        .split('/')
        .map(|segment| if is_token(segment) { TOKEN.to_owned() } else { text(segment, longest) })
        .collect();
    segments.join("/").chars().take(longest).collect()
}

/// The cut comes first, with room for what shrinks when it is decoded (a character can take twelve signs), so that a
/// text of kilobytes costs no more than a short one.
fn bounded(raw: &str, longest: usize) -> String {
    raw.chars().take(longest.saturating_mul(12)).collect()
}

/// Decodes percent signs at most twice, but only where that brings out something to scrub. A part that is no text does
/// not keep the rest from being looked at, nor does a sign that is dropped later on.
fn decode_if_it_hides_something(raw: &str) -> String {
    let mut form = raw.to_owned();
    for _ in 0..2 {
        form = percent_decode_str(&form).decode_utf8_lossy().into_owned();
        form.retain(|c| !is_dropped(c));
    }
    if numbers(&emails(&form)) == form { raw.to_owned() } else { form }
}

/// The text with its percent signs decoded, `None` if that is not text.
fn decoded(raw: &str) -> Option<String> {
    percent_decode_str(raw).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

/// Replaces everything that looks like `somebody@host.tld`.
fn emails(text: &str) -> String {
    if !text.contains('@') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (before, after) = (rest.get(..at).unwrap_or_default(), rest.get(at + 1..).unwrap_or_default());
        let local = before.chars().rev().take_while(|&c| is_local(c)).map(char::len_utf8).sum::<usize>();
        let host = after
            .chars()
            .take_while(|&c| c.is_alphanumeric() || matches!(c, '.' | '-'))
            .map(char::len_utf8)
            .sum::<usize>();
        let domain = after.get(..host).unwrap_or_default().trim_end_matches(['.', '-']);
        if local > 0 && domain.contains('.') {
            out.push_str(before.get(..before.len() - local).unwrap_or_default());
            out.push_str(EMAIL);
            rest = after.get(domain.len()..).unwrap_or_default();
        } else {
            out.push_str(before);
            out.push('@');
            rest = after;
        }
    }
    out + rest
}

fn is_local(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'')
}

/// Replaces long numbers: [`LONG_NUMBER`] digits in a row, or [`GROUPED_NUMBER`] in groups with a sign or two in
/// between, as in `+49 (151) 234-5678`. A date such as `2026-11-24` is shorter than that and stays.
fn numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = Run::default();
    for c in text.chars() {
        if !run.take(c) {
            run.flush(&mut out);
            out.push(c);
        }
    }
    run.flush(&mut out);
    out
}

/// Digits with at most two separators between them.
#[derive(Default)]
struct Run {
    text: String,
    digits: usize,
    row: usize,
    longest_row: usize,
    separators: String,
}

impl Run {
    /// Takes a character that belongs to the run.
    fn take(&mut self, c: char) -> bool {
        if c.is_numeric() {
            self.text.push_str(&std::mem::take(&mut self.separators));
            self.text.push(c);
            self.digits += 1;
            self.row += 1;
            self.longest_row = self.longest_row.max(self.row);
            return true;
        }
        let separates = self.digits > 0 && self.separators.len() < 2 && matches!(c, ' ' | '-' | '.' | '(' | ')' | '/');
        if separates {
            self.separators.push(c);
            self.row = 0;
        }
        separates
    }

    /// Ends the run.
    fn flush(&mut self, out: &mut String) {
        let run = std::mem::take(self);
        if run.longest_row >= LONG_NUMBER || run.digits >= GROUPED_NUMBER {
            out.push_str(NUMBER);
        } else {
            out.push_str(&run.text);
        }
        out.push_str(&run.separators);
    }
}

/// Whether a path segment looks like a secret or an id: a UUID, 16 hexadecimal digits and more, or 20 characters and
/// more that mix upper case, lower case and digits.
fn is_token(segment: &str) -> bool {
    let count = segment.chars().count();
    let hex = segment.chars().all(|c| c.is_ascii_hexdigit() || c == '-') && segment.chars().any(|c| c.is_ascii_digit());
    let base64 = segment.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '=' | '+' | '.' | '~'));
    let mixed = segment.chars().any(|c| c.is_ascii_uppercase())
        && segment.chars().any(|c| c.is_ascii_lowercase())
        && segment.chars().any(|c| c.is_ascii_digit());
    (count >= 16 && hex) || (count >= 20 && base64 && mixed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Hello, ann.lee+x@mail.example!", "Hello, :email!")]
    #[case("ann%40mail.example", ":email")]
    #[case("ann%2540mail.example", ":email")]
    #[case("a@b", "a@b")]
    #[case("call +49 (151) 234-5678 now", "call +:number now")]
    #[case("order 123456", "order 123456")]
    #[case("order 1234567", "order :number")]
    #[case("4111 1111 1111 1111", ":number")]
    #[case("100 % sure", "100 % sure")]
    #[case("2026-11-24 is a date", "2026-11-24 is a date")]
    #[case("1 234 567 sold in 2026", "1 234 567 sold in 2026")]
    #[case("%E0%A4%A", "%E0%A4%A")]
    #[case("%aA ann%40mail.example", "\u{fffd} :email")]
    #[case("nul\0here", "nul here")]
    #[case("مصباح \u{202e}gpj.exe", "مصباح gpj.exe")]
    #[case("order 123\u{2066}4567", "order :number")]
    #[case("ann%40mail\u{202e}.example", ":email")]
    #[case("ann%40mail%E2%80%AE.example", ":email")]
    #[case("ann\u{200b}@ma\u{ad}il.example", ":email")]
    #[case("family 👩\u{200d}👧", "family 👩\u{200d}👧")]
    fn texts(#[case] raw: &str, #[case] clean: &str) {
        assert_eq!(text(raw, 80), clean);
    }

    #[rstest]
    #[case("Cannot read properties of undefined (reading 'anna')", "Cannot read properties of undefined (reading '…')")]
    #[case(
        r#"Unexpected token '<', "<!DOCTYPE "... is not valid JSON"#,
        r#"Unexpected token '…', "…"... is not valid JSON"#
    )]
    #[case("can't find variable: cart42", "can't find variable: cart#")]
    #[case("no user “Ann Lee” with 'id", "no user “…” with '…'")]
    #[case("HTTP 404 at 12:30", "HTTP # at #:#")]
    fn errors(#[case] raw: &str, #[case] clean: &str) {
        assert_eq!(error(raw, 200), clean);
    }

    #[rstest]
    #[case("/caf%C3%A9/menu", "/café/menu")]
    #[case("/user/7d444840-9dc0-41d1-b245-5ffdce74fad2/edit", "/user/:id/edit")]
    #[case("/reset/deadbeefdeadbeef01", "/reset/:id")]
    #[case("/t/aB3dEfGhIjKlMnOpQrSt1", "/t/:id")]
    #[case("/u/ann%40mail.example", "/u/:email")]
    #[case("/blog/how-we-build-lamps-2026", "/blog/how-we-build-lamps-2026")]
    #[case("/%92/x", "/%92/x")]
    #[case("/", "/")]
    fn paths(#[case] raw: &str, #[case] clean: &str) {
        assert_eq!(path(raw, 500), clean);
    }

    proptest! {
        #[test]
        fn an_address_is_found_wherever_it_stands_and_however_it_is_encoded(
            before in "[ -~]{0,20}", local in "[a-z]{1,8}", host in "[a-z]{1,8}\\.(example|test)", times in 0usize..3,
        ) {
            let mut at = "@".to_owned();
            for _ in 0..times { at = at.replace('%', "%25").replace('@', "%40"); }
            let clean = text(&format!("{before} {local}{at}{host}"), 200);
            prop_assert!(!clean.contains(&host), "{}", clean);
        }

        #[test]
        fn scrubbing_never_fails_and_keeps_the_length(raw in ".{0,300}", longest in 0usize..100) {
            prop_assert!(text(&raw, longest).chars().count() <= longest);
            prop_assert!(path(&raw, longest).chars().count() <= longest);
        }
    }
}
