//! Writes XML: elements in order, text escaped, nothing empty. Enough for invoices, and the same bytes each time.

use std::fmt::Write as _;

/// A document that is being written.
pub(crate) struct Xml {
    text: String,
}

impl Xml {
    /// Begins with the declaration.
    pub(crate) fn new() -> Self {
        Self { text: r#"<?xml version="1.0" encoding="UTF-8"?>"#.to_owned() }
    }

    /// An element with what `within` writes; `attributes` as they stand: ` xmlns="…"`.
    pub(crate) fn root(mut self, name: &str, attributes: &str, within: impl FnOnce(&mut Self)) -> String {
        let _ = write!(self.text, "\n<{name}{attributes}>");
        within(&mut self);
        let _ = writeln!(self.text, "</{name}>");
        self.text
    }

    /// An element with what `within` writes; nothing at all where it writes nothing, for the standards forbid empty elements.
    pub(crate) fn group(&mut self, name: &str, within: impl FnOnce(&mut Self)) {
        let before = self.text.len();
        let _ = write!(self.text, "\n<{name}>");
        let open = self.text.len();
        within(self);
        if self.text.len() == open {
            self.text.truncate(before);
        } else {
            let _ = write!(self.text, "</{name}>");
        }
    }

    /// An element with a text; nothing where the text is empty.
    pub(crate) fn leaf(&mut self, name: &str, text: &str) {
        self.leaf_with(name, ("", ""), text);
    }

    /// An element with an attribute and a text; nothing where the text is empty, no attribute where it is.
    pub(crate) fn leaf_with(&mut self, name: &str, attribute: (&str, &str), text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let _ = write!(self.text, "\n<{name}");
        if let (key, value) = attribute
            && !value.is_empty()
        {
            let _ = write!(self.text, " {key}=\"");
            self.escaped(value);
            self.text.push('"');
        }
        self.text.push('>');
        self.escaped(text);
        let _ = write!(self.text, "</{name}>");
    }

    /// Signs that XML 1.0 has no place for are left out.
    fn escaped(&mut self, text: &str) {
        for sign in text.chars() {
            match sign {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                '\t' | '\n' | '\r' => self.text.push(' '),
                '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
                sign => self.text.push(sign),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_nothing_stands_empty() {
        let text = Xml::new().root("a", " x=\"1\"", |xml| {
            xml.leaf("b", "R&D <€œ> \"é\"\u{b}");
            xml.leaf("c", "  ");
            xml.group("d", |xml| xml.leaf("e", ""));
            xml.group("f", |xml| xml.leaf_with("g", ("id", "\"&"), "1"));
        });
        let expected = "<a x=\"1\">\n<b>R&amp;D &lt;€œ&gt; &quot;é&quot;</b>\n<f>\n<g id=\"&quot;&amp;\">1</g></f></a>\n";
        assert_eq!(text, format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{expected}"));
    }
}
