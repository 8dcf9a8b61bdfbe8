//! Values and the two ways to write them: CSV for tables, JSON lines for programs. What is said here of CSV is told to
//! people in docs/export.md.

use serde::{Serialize, Serializer};
use serde_json::Value;
use strum::EnumString;

/// How an export is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub(super) enum Format {
    /// A table as RFC 4180 has it, with a head.
    #[default]
    Csv,
    /// An object a line.
    Jsonl,
}

/// A value of a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// There is none.
    Nothing,
    /// A text, perhaps one that somebody sent.
    Text(String),
    /// A number.
    Number(u64),
    /// Something with parts.
    Json(Value),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_u64(*number),
            Self::Json(value) => value.serialize(serializer),
        }
    }
}

/// A row together with the names of its columns, as an object that keeps their order.
pub(super) struct Object<'a> {
    /// The names.
    pub(super) columns: &'a [&'static str],
    /// As many values.
    pub(super) cells: &'a [Cell],
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.columns.iter().zip(self.cells))
    }
}

impl Format {
    /// What browsers and programs are told that it is.
    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Jsonl => "application/jsonl; charset=utf-8",
        }
    }

    /// The end of a file's name.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        }
    }

    /// What stands before the first row, also when there is none.
    pub(super) fn head(self, columns: &[&str]) -> String {
        match self {
            Self::Csv => columns.join(",") + "\r\n",
            Self::Jsonl => String::new(),
        }
    }

    /// Writes a row.
    ///
    /// # Errors
    /// When it has no text form; none of ours is like that.
    pub(super) fn row(self, out: &mut String, columns: &[&'static str], cells: &[Cell]) -> serde_json::Result<()> {
        match self {
            Self::Csv => {
                for (at, cell) in cells.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    out.push_str(&csv(cell));
                }
                out.push_str("\r\n");
            }
            Self::Jsonl => {
                out.push_str(&serde_json::to_string(&Object { columns, cells })?);
                out.push('\n');
            }
        }
        Ok(())
    }

    /// What stands behind the last row. A file without it was cut off on its way.
    pub(super) fn end(self, rows: u64) -> String {
        match self {
            Self::Csv => format!("# complete: {rows} rows\r\n"),
            Self::Jsonl => format!("{{\"complete\":true,\"rows\":{rows}}}\n"),
        }
    }
}

/// A cell of a table.
fn csv(cell: &Cell) -> String {
    match cell {
        Cell::Nothing => String::new(),
        Cell::Text(text) => quoted(harmless(text)),
        Cell::Number(number) => number.to_string(),
        Cell::Json(value) => quoted(harmless(&value.to_string())),
    }
}

/// Spreadsheets take what begins with one of these for a formula and do what it says; the wide forms too. An apostrophe
/// before it makes it text.
fn begins_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// A text that no spreadsheet runs. One that has apostrophes before its sign already gets one more, so that taking one
/// away gives the text back whatever it was.
fn harmless(text: &str) -> String {
    if begins_a_formula(text.trim_start_matches('\'')) { format!("'{text}") } else { text.to_owned() }
}

fn quoted(text: String) -> String {
    if text.contains([',', '"', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    /// The rows of a table as a program reads them.
    fn read(table: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
        let mut letters = table.chars().peekable();
        let mut quoted = false;
        while let Some(letter) = letters.next() {
            match letter {
                '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(std::mem::take(&mut cell)),
                '\r' if !quoted => {
                    assert_eq!(letters.next(), Some('\n'), "a line ends with both");
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                letter => cell.push(letter),
            }
        }
        assert!(row.is_empty() && cell.is_empty() && !quoted, "the last line ends too");
        rows
    }

    /// The text that a cell stands for.
    fn meant(cell: &str) -> &str {
        match cell.strip_prefix('\'') {
            Some(text) if begins_a_formula(text.trim_start_matches('\'')) => text,
            _ => cell,
        }
    }

    fn written(format: Format, cells: &[Cell]) -> String {
        let mut out = String::new();
        format.row(&mut out, &["first", "second"], cells).unwrap();
        out
    }

    #[rstest]
    #[case::plain("shop", "shop")]
    #[case::nothing("", "")]
    #[case::a_comma("a,b", "\"a,b\"")]
    #[case::quotes("say \"hello\"", "\"say \"\"hello\"\"\"")]
    #[case::two_lines("a\nb", "\"a\nb\"")]
    #[case::a_formula("=1+1", "'=1+1")]
    #[case::a_formula_with_quotes("=HYPERLINK(\"http://x.example\",1)", "\"'=HYPERLINK(\"\"http://x.example\"\",1)\"")]
    #[case::plus("+49", "'+49")]
    #[case::minus("-2", "'-2")]
    #[case::at("@SUM(1)", "'@SUM(1)")]
    #[case::tab("\t=1", "'\t=1")]
    #[case::return_sign("\r=1", "\"'\r=1\"")]
    #[case::wide("＝1", "'＝1")]
    #[case::made_harmless_before("'=1", "''=1")]
    #[case::an_apostrophe("'tis", "'tis")]
    #[case::a_sign_within("a=b", "a=b")]
    fn texts_in_a_table(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(csv(&text.into()), expected);
    }

    #[test]
    fn numbers_stay_numbers_and_what_is_not_known_is_empty() {
        let cells = [Cell::Number(42), Cell::Nothing];
        assert_eq!(written(Format::Csv, &cells), "42,\r\n");
        assert_eq!(written(Format::Jsonl, &cells), "{\"first\":42,\"second\":null}\n");
    }

    #[test]
    fn json_lines_leave_texts_as_they_are() {
        let cells = ["=1+1".into(), Cell::Json(json!({ "pieces": 2 }))];
        assert_eq!(written(Format::Jsonl, &cells), "{\"first\":\"=1+1\",\"second\":{\"pieces\":2}}\n");
        assert_eq!(written(Format::Csv, &cells), "'=1+1,\"{\"\"pieces\"\":2}\"\r\n");
    }

    #[test]
    fn the_ends_say_how_many_rows_there_are() {
        assert_eq!(Format::Csv.end(0), "# complete: 0 rows\r\n");
        assert_eq!(Format::Jsonl.end(7), "{\"complete\":true,\"rows\":7}\n");
        let end: Value = serde_json::from_str(&Format::Jsonl.end(7)).unwrap();
        assert_eq!(end, json!({ "complete": true, "rows": 7 }));
    }

    /// Texts in which what matters is frequent.
    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof!["[=+@'\t\r\n\",a-]{0,8}", any::<String>()]
    }

    proptest! {
        #[test]
        fn a_table_is_read_back_as_it_was_and_holds_no_formula(first in any_text(), second in any_text()) {
            let table = written(Format::Csv, &[first.as_str().into(), second.as_str().into()]);
            let rows = read(&table);
            prop_assert_eq!(rows.len(), 1);
            for cell in &rows[0] {
                prop_assert!(!begins_a_formula(cell), "{}", cell);
            }
            let texts: Vec<&str> = rows[0].iter().map(|cell| meant(cell)).collect();
            prop_assert_eq!(texts, [first.as_str(), second.as_str()]);
        }

        #[test]
        fn a_line_of_json_is_one_line_and_read_back_as_it_was(first in any_text(), second in any_text()) {
            let line = written(Format::Jsonl, &[first.as_str().into(), second.as_str().into()]);
            prop_assert_eq!(line.matches('\n').count(), 1);
            let read: Value = serde_json::from_str(&line).unwrap();
            prop_assert_eq!(read, json!({ "first": first, "second": second }));
        }
    }
}
