//! HTML as text, for what a page has by the hundred: the browser reads it in one go. As views the same costs calls for every
//! node, and three times as many nodes, most of them the framework's own marks (docs/adr/0015).

/// A piece of HTML: elements of ours around texts of anybody's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// A text. It shows as it is, whatever is in it.
    pub fn text(text: &str) -> Self {
        let mut out = String::with_capacity(text.len());
        escape(text, &mut out);
        Self(out)
    }

    /// An element. The values of its attributes can be anybody's, but for those that the browser would follow or run.
    pub fn element(name: &'static str, attributes: &[(&'static str, &str)], inside: Self) -> Self {
        let mut out = format!("<{name}");
        for (name, value) in attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape(value, &mut out);
            out.push('"');
        }
        out.push('>');
        out.push_str(&inside.0);
        out.push_str("</");
        out.push_str(name);
        out.push('>');
        Self(out)
    }

    /// Some, one after the other.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        Self(parts.into_iter().map(|part| part.0).collect())
    }

    /// It as the inside of an element of a view: `inner_html`.
    pub fn into_html(self) -> String {
        self.0
    }
}

fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn elements_stand_around_texts() {
        let name = Markup::element("b", &[("class", "name"), ("title", "Pay & go")], Markup::text("Pay"));
        let both = Markup::all([name, Markup::text(" now")]);
        assert_eq!(both.into_html(), "<b class=\"name\" title=\"Pay &amp; go\">Pay</b> now");
    }

    proptest! {
        #[test]
        fn a_text_stays_a_text(text in "[<>&\"' /a-z]{0,30}|\\PC{0,30}") {
            let html = Markup::element("i", &[("title", &text)], Markup::text(&text)).into_html();
            let inside = html.strip_prefix("<i title=\"").and_then(|rest| rest.strip_suffix("</i>")).unwrap();
            let (title, shown) = inside.split_once("\">").unwrap();
            for part in [title, shown] {
                prop_assert!(!part.contains(['<', '>', '"', '\'']), "{}", html);
                let read = part.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
                prop_assert_eq!(read.replace("&amp;", "&"), &*text);
            }
        }
    }
}
