//! What the cleaner leaves of drawings that want something.

use super::*;
use proptest::prelude::*;

fn drawing(inner: &str) -> String {
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 120 60">{inner}</svg>"#
    )
}

/// Panics unless everything in a cleaned drawing stands on the lists, and nothing leads out of it.
fn assert_harmless(cleaned: &str) {
    let document = Document::parse(cleaned).unwrap_or_else(|error| panic!("{error}: {cleaned}"));
    for node in document.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        assert!(ELEMENTS.contains(&name), "<{name}> in {cleaned}");
        assert_eq!(node.tag_name().namespace(), Some(SVG), "{cleaned}");
        if name == "style" {
            let rules = node.text().unwrap_or_default().to_lowercase();
            assert!(!rules.contains(['@', '\\', '<', '&', '/', '"', '\'']) && !rules.contains("url"), "{rules}");
        } else {
            assert!(node.children().all(|child| !child.is_text()), "text in {cleaned}");
        }
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(attribute.namespace().is_none(), "{name} in {cleaned}");
            assert!(ATTRIBUTES.contains(&name) || PROPERTIES.contains(&name), "{name} in {cleaned}");
            assert!(!name.to_lowercase().starts_with("on"), "{cleaned}");
            let is_plain = |c: char| c.is_ascii_alphanumeric() || " \t\r\n#.,+-()%_:;".contains(c);
            assert!(value.chars().all(is_plain), "{name}={value}");
            let value = value.to_lowercase();
            for (place, _) in value.match_indices("url") {
                assert!(value[place..].starts_with("url(#"), "{name}={value}");
            }
            if name == "href" {
                assert!(value.starts_with('#'), "{value}");
            }
        }
    }
}

/// RES-09: what a drawing could do besides being seen is gone; its shapes stay.
#[test]
fn nothing_is_left_of_an_attack() {
    let shape = r#"<path d="M0 0h9v9z" fill="red"/>"#;
    for attack in [
        r"<script>alert(1)</script>",
        r#"<script href="https://evil.example/x.js"/>"#,
        r#"<script xlink:href="data:text/javascript,alert(1)"/>"#,
        r#"<rect width="9" height="9" onload="alert(1)" ONCLICK="alert(1)" onmouseover="alert(1)"/>"#,
        r#"<foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></body></foreignObject>"#,
        r#"<use href="https://evil.example/x.svg#a"/><use xlink:href="data:image/svg+xml;base64,AAAA#a"/>"#,
        r##"<g id="a"><rect width="9" height="9"/></g><use href="#a"/>"##,
        r#"<image href="https://evil.example/pixel.png" width="9" height="9"/>"#,
        r#"<image href="file:///etc/passwd" width="9" height="9"/><feImage href="http://127.0.0.1/"/>"#,
        r#"<a href="javascript:alert(1)"><rect width="9" height="9"/></a>"#,
        r#"<animate attributeName="href" to="javascript:alert(1)"/><set attributeName="onload" to="alert(1)"/>"#,
        r#"<rect width="9" height="9" style="fill:url(https://evil.example/x)"/>"#,
        r#"<rect width="9" height="9" style="background:url('javascript:alert(1)');fill:#123456"/>"#,
        r#"<rect width="9" height="9" fill="url(https://evil.example/x#a)" stroke="url( #a )" clip-path="url(//evil)"/>"#,
        r#"<rect width="9" height="9" fill="u&#x72;l(https://evil.example)" filter="url(#f)" mask="url(#m)"/>"#,
        r#"<style>@import url(https://evil.example/x.css); rect { fill: red }</style>"#,
        r#"<style>@import "https://evil.example/x.css";</style>"#,
        r#"<style>rect { fill: url(https://evil.example/x) } .a { behavior: url(x); fill: expression(alert(1)) }</style>"#,
        r#"<style>rect { fill: \75rl(https://evil.example) }</style>"#,
        r#"<style><![CDATA[/* </style><script> */ rect{}]]></style>"#,
        r#"<style><![CDATA[</style><script>alert(1)</script>]]></style>"#,
        r#"<linearGradient id="a" xlink:href="https://evil.example/x.svg#g"/><linearGradient href="javascript:alert(1)"/>"#,
        r#"<text>hello</text><title><script/></title><desc>x</desc><metadata><x:y xmlns:x="u">z</x:y></metadata>"#,
        r#"<svg:script xmlns:svg="http://www.w3.org/2000/svg">alert(1)</svg:script><x:rect xmlns:x="urn:x" width="9"/>"#,
        r#"<svg><script>alert(1)</script></svg><svg onload="alert(1)"/>"#,
        r#"<handler xmlns="http://www.w3.org/2001/xml-events">alert(1)</handler><iframe src="//evil"/><embed src="//evil"/>"#,
        r#"<?xml-stylesheet href="https://evil.example/x.css"?><!-- <script>alert(1)</script> -->"#,
        r#"<pattern id="p"><rect/></pattern><filter id="f"><feFlood/></filter><marker/><symbol/><switch/><view/>"#,
        r#"<rect width="9" height="9" xml:base="https://evil.example/" xlink:href="https://evil.example" xml:space="preserve"/>"#,
        r#"<rect width="9" height="9" id="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" class="a'b"/>"#,
    ] {
        let text = drawing(&format!("{attack}{shape}"));
        let cleaned = cleaned(&text).unwrap_or_else(|fault| panic!("{fault:?}: {text}"));
        assert_harmless(&cleaned);
        let small = cleaned.to_lowercase();
        for bad in ["script", "evil", "alert", "javascript", "http://127", "file:", "data:", "import", "expression", "onload"] {
            assert!(!small.contains(bad), "{bad} in {cleaned}");
        }
        assert!(cleaned.contains(r#"<path d="M0 0h9v9z" fill="red"></path>"#), "{cleaned}");
    }
}

/// RES-09: entities, a document type, and what multiplies are refused, not read.
#[test]
fn a_document_type_and_entities_are_refused() {
    let laughs =
        r#"<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>"#;
    let external = r#"<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>"#;
    let parameter = r#"<!DOCTYPE svg [<!ENTITY % x SYSTEM "https://evil.example/x.dtd"> %x;]>"#;
    for head in [laughs, external, parameter] {
        assert_eq!(cleaned(&format!("{head}{}", drawing("<path d='M0 0'/>"))), Err(SvgFault::NotSvg), "{head}");
    }
    for broken in ["", "x", "<svg", "<svg/>", "<html><svg xmlns='http://www.w3.org/2000/svg'/></html>", "<svg xmlns='urn:x'/>"] {
        assert_eq!(cleaned(broken), Err(SvgFault::NotSvg), "{broken}");
    }
    for broken in ["<path fill='&nope;'/>", "<style>/* </style> */ rect{}</style>"] {
        assert_eq!(cleaned(&drawing(broken)), Err(SvgFault::NotSvg), "{broken}");
    }
}

/// RES-09: bytes, elements and depth have limits; what is deep ends no stack.
#[test]
fn what_is_too_much_is_refused() {
    let deep = |levels: usize| drawing(&format!("{}{}", "<g>".repeat(levels), "</g>".repeat(levels)));
    assert!(cleaned(&deep(DEEPEST - 1)).is_ok());
    assert_eq!(cleaned(&deep(DEEPEST)), Err(SvgFault::TooLarge));
    assert_eq!(cleaned(&deep(15_000)), Err(SvgFault::TooLarge));
    assert_eq!(cleaned(&drawing(&"<g>".repeat(30_000))), Err(SvgFault::TooLarge));
    assert_eq!(cleaned(&drawing(&"<g/>".repeat(6_000))), Err(SvgFault::TooLarge));
    assert_eq!(cleaned(&drawing(&" ".repeat(LARGEST))), Err(SvgFault::TooLarge));
}

/// RES-09: what cuts is not cut itself, so that nothing multiplies.
#[test]
fn what_cuts_is_not_cut() {
    let chain = r#"<clipPath id="a" clip-path="url(#b)"><rect width="9" height="9" clip-path="url(#b)" style="clip-path:url(#b);fill:red"/></clipPath>
        <style>rect{clip-path:url(#a);fill:blue}</style><g clip-path="url(#a)"/>"#;
    let cleaned = cleaned(&drawing(chain)).unwrap();
    assert_eq!(cleaned.matches("clip-path").count(), 1, "{cleaned}");
    assert!(cleaned.contains(r##"<g clip-path="url(#a)">"##) && cleaned.contains("fill:red") && cleaned.contains("fill:blue"));
}

/// What drawing programs write is drawn as it was.
#[test]
fn a_drawing_keeps_its_looks() {
    let inner = r##"<defs><linearGradient id="g1" x1="0%" x2="1" gradientTransform="rotate(45)"><stop offset="0" style="stop-color:#ff0000;stop-opacity:.5"/></linearGradient>
        <linearGradient id="g2" xlink:href="#g1"/><style type="text/css">.cls-1, .cls-2{fill:#0b6e4f;stroke:rgb(1, 2, 3);-inkscape-x:y}</style></defs>
        <g transform="translate(1,2)" class="cls-1"><circle cx="5" cy="5" r="4.5" fill="url(#g2)"/></g>"##;
    let cleaned = cleaned(&drawing(inner)).unwrap();
    for kept in [
        r#"viewBox="0 0 120 60""#,
        r#"gradientTransform="rotate(45)""#,
        r#"style="stop-color:#ff0000;stop-opacity:.5;""#,
        r##"href="#g1""##,
        ".cls-1, .cls-2{fill:#0b6e4f;stroke:rgb(1, 2, 3);}",
        r#"transform="translate(1,2)""#,
        r##"fill="url(#g2)""##,
    ] {
        assert!(cleaned.contains(kept), "{kept} is not in {cleaned}");
    }
    assert_harmless(&cleaned);
}

/// Pieces that attacks are made of, in any order.
fn piece() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "g",
        "path",
        "rect",
        "style",
        "script",
        "use",
        "image",
        "a",
        "foreignObject",
        "clipPath",
        "linearGradient",
        "svg",
        "text",
        "x:rect",
        "animate",
        "set",
        "pattern",
        "defs",
    ]);
    let attribute = prop::sample::select(vec![
        "onload",
        "href",
        "xlink:href",
        "style",
        "fill",
        "d",
        "clip-path",
        "xmlns",
        "id",
        "class",
        "src",
        "filter",
        "xml:base",
        "transform",
        "ONERROR",
        "points",
    ]);
    let value = prop_oneof![
        "[ -~]{0,24}",
        prop::sample::select(vec![
            "javascript:alert(1)",
            "url(#a)",
            "url(https://evil.example)",
            "#a",
            "data:text/html,x",
            "red",
            "M0 0h1",
            "fill:url(//evil)",
            "fill:red;onload:x",
            "http://www.w3.org/2000/svg",
            "http://www.w3.org/1999/xhtml",
            "u\\72l(x)",
            "@import 'x'",
            "a{fill:url(x)}",
            "URL(#a)url(x)",
        ])
        .prop_map(str::to_owned),
    ];
    let escaped = |text: String| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    (name, prop::collection::vec((attribute, value.clone()), 0..4), value).prop_map(move |(name, attributes, text)| {
        let mut seen = Vec::new();
        let mut out = format!("<{name}");
        for (attribute, value) in attributes {
            if !seen.contains(&attribute) {
                out.push_str(&format!(" {attribute}=\"{}\"", escaped(value)));
                seen.push(attribute);
            }
        }
        format!("{out}>{}", escaped(text)) + &format!("</{name}>")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    /// RES-09: whatever is handed in, what comes out holds nothing outside of the lists.
    #[test]
    fn whatever_comes_out_is_harmless(pieces in prop::collection::vec(piece(), 0..12), wrap in 0_usize..4) {
        let inner = pieces.concat();
        let inner = match wrap {
            0 => inner,
            1 => format!("<g xmlns:x='http://www.w3.org/2000/svg'>{inner}</g>"),
            2 => format!("<clipPath id='a'>{inner}</clipPath>"),
            _ => format!("<defs><g>{inner}</g></defs>"),
        };
        let text = drawing(&inner).replacen("<svg ", "<svg xmlns:x=\"http://www.w3.org/2000/svg\" ", 1);
        if let Ok(cleaned) = cleaned(&text) {
            assert_harmless(&cleaned);
        }
    }

    /// RES-09: no text makes the cleaner fail in another way than by refusing.
    #[test]
    fn no_text_breaks_it(text in "\\PC{0,200}") {
        drop(cleaned(&text));
        if let Ok(cleaned) = cleaned(&drawing(&text)) {
            assert_harmless(&cleaned);
        }
    }
}
