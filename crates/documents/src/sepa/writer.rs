//! Elements of XML, one inside the other.

/// A document that is being written. What is open is closed by whoever opened it: [`Xml::element`] takes what stands inside.
#[derive(Debug)]
pub(super) struct Xml(String);

impl Xml {
    /// With the declaration alone.
    pub(super) fn new() -> Self {
        Self("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned())
    }

    /// An element with what `inside` writes.
    pub(super) fn element(&mut self, name: &str, inside: impl FnOnce(&mut Xml)) {
        self.with_attribute(name, None, inside);
    }

    /// Elements one inside the other: `Id/PrvtId/Othr`.
    pub(super) fn path(&mut self, names: &str, inside: impl FnOnce(&mut Xml)) {
        for name in names.split('/') {
            self.open(name, None);
        }
        inside(self);
        for name in names.rsplit('/') {
            self.close(name);
        }
    }

    /// An element with an attribute.
    pub(super) fn with_attribute(&mut self, name: &str, attribute: Option<(&str, &str)>, inside: impl FnOnce(&mut Xml)) {
        self.open(name, attribute);
        inside(self);
        self.close(name);
    }

    /// Elements one inside the other, the last of which holds a text.
    pub(super) fn text(&mut self, names: &str, text: &str) {
        self.path(names, |xml| xml.escaped(text));
    }

    /// A text.
    pub(super) fn escaped(&mut self, text: &str) {
        for sign in text.chars() {
            match sign {
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '&' => self.0.push_str("&amp;"),
                '"' => self.0.push_str("&quot;"),
                sign => self.0.push(sign),
            }
        }
    }

    /// The whole document.
    pub(super) fn finish(mut self) -> String {
        self.0.push('\n');
        self.0
    }

    fn open(&mut self, name: &str, attribute: Option<(&str, &str)>) {
        self.0.push('<');
        self.0.push_str(name);
        if let Some((name, value)) = attribute {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            self.escaped(value);
            self.0.push('"');
        }
        self.0.push('>');
    }

    fn close(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }
}
