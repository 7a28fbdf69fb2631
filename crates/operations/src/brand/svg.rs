//! A drawing that somebody handed in, with nothing left in it but shapes and their colours.
//!
//! What is not on the lists below is left out: elements, attributes, properties of styles. There is no script, no text, no picture within
//! the picture, no filter, no pattern, no `use` (which multiplies), and no way to another file. The list of what stays is short on purpose:
//! what it leaves is drawn by [`super::logo`], and only its pixels are kept.

use roxmltree::{Document, Node, ParsingOptions};
use std::fmt::Write;

/// The largest drawing, in bytes.
const LARGEST: usize = 128 * 1024;
/// The most elements, attributes and texts.
const MOST_NODES: u32 = 5_000;
/// How deep elements may lie in each other.
const DEEPEST: usize = 32;
/// The longest value besides outlines, in bytes.
const LONGEST_VALUE: usize = 400;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// What may be drawn.
pub(crate) const ELEMENTS: [&str; 15] = [
    "svg",
    "g",
    "defs",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "style",
];

/// What may be said of a shape in an attribute.
pub(crate) const ATTRIBUTES: [&str; 29] = [
    "id",
    "class",
    "transform",
    "d",
    "points",
    "x",
    "y",
    "width",
    "height",
    "rx",
    "ry",
    "cx",
    "cy",
    "r",
    "fx",
    "fy",
    "x1",
    "y1",
    "x2",
    "y2",
    "viewBox",
    "preserveAspectRatio",
    "clipPathUnits",
    "gradientUnits",
    "gradientTransform",
    "spreadMethod",
    "offset",
    "href",
    "style",
];

/// What may be said of a shape in an attribute or in a style.
pub(crate) const PROPERTIES: [&str; 18] = [
    "fill",
    "fill-opacity",
    "fill-rule",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "opacity",
    "clip-path",
    "clip-rule",
    "stop-color",
    "stop-opacity",
    "color",
    "display",
    "visibility",
    "color-interpolation",
];

/// What a value may call.
const FUNCTIONS: [&str; 11] = ["url", "rgb", "rgba", "hsl", "hsla", "matrix", "translate", "scale", "rotate", "skewx", "skewy"];

/// Why a drawing is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SvgFault {
    /// More bytes, elements or depth than a logo has.
    TooLarge,
    /// It cannot be read as XML without a document type, or is no drawing.
    NotSvg,
}

/// The same drawing with nothing but shapes and colours.
///
/// # Errors
/// When it is no drawing, or more of one than a logo is.
pub(crate) fn cleaned(text: &str) -> Result<String, SvgFault> {
    if text.len() > LARGEST {
        return Err(SvgFault::TooLarge);
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached | roxmltree::Error::AttributesLimitReached => SvgFault::TooLarge,
        _ => SvgFault::NotSvg,
    })?;
    let root = document.root_element();
    if !root.has_tag_name((SVG, "svg")) {
        return Err(SvgFault::NotSvg);
    }
    let mut written = String::with_capacity(text.len());
    write_element(&mut written, root, Place { depth: 1, in_clip: false })?;
    Ok(written)
}

#[derive(Clone, Copy)]
struct Place {
    depth: usize,
    /// A shape that cuts is not cut itself: a few that do, by turns, would be drawn for ever.
    in_clip: bool,
}

fn write_element(out: &mut String, node: Node<'_, '_>, place: Place) -> Result<(), SvgFault> {
    if place.depth > DEEPEST {
        return Err(SvgFault::TooLarge);
    }
    let name = node.tag_name().name();
    if node.tag_name().namespace() != Some(SVG) || !ELEMENTS.contains(&name) || (name == "svg") != (place.depth == 1) {
        return Ok(());
    }
    if name == "style" {
        let rules = style_sheet(&node.text().map(str::to_owned).unwrap_or_default());
        put(out, format_args!("<style>{rules}</style>"));
        return Ok(());
    }
    put(out, format_args!("<{name}"));
    if place.depth == 1 {
        put(out, format_args!(" xmlns=\"{SVG}\""));
    }
    let in_clip = place.in_clip || name == "clipPath";
    for attribute in node.attributes() {
        let (name, value) = (attribute.name(), attribute.value());
        let is_kept = match (attribute.namespace(), name) {
            (Some(XLINK) | None, "href") => is_gradient(node) && local(value),
            (Some(_), _) => false,
            (None, "clip-path") => !in_clip && is_value(name, value),
            (None, "d" | "points") => is_outline(value),
            (None, "style") => true,
            (None, name) => (ATTRIBUTES.contains(&name) || PROPERTIES.contains(&name)) && is_value(name, value),
        };
        if !is_kept {
            continue;
        }
        if name == "style" {
            let kept = declarations(value, in_clip);
            put(out, format_args!(" style=\"{kept}\""));
        } else {
            put(out, format_args!(" {name}=\"{value}\""));
        }
    }
    out.push('>');
    for child in node.children().filter(Node::is_element) {
        write_element(out, child, Place { depth: place.depth + 1, in_clip })?;
    }
    put(out, format_args!("</{name}>"));
    Ok(())
}

fn put(out: &mut String, piece: std::fmt::Arguments<'_>) {
    out.write_fmt(piece).expect("a string takes whatever is written");
}

fn is_gradient(node: Node<'_, '_>) -> bool {
    matches!(node.tag_name().name(), "linearGradient" | "radialGradient")
}

/// `#name`: something in the same drawing.
fn local(value: &str) -> bool {
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    value.len() <= LONGEST_VALUE && value.strip_prefix('#').is_some_and(is_name)
}

/// Numbers and the letters of commands.
fn is_outline(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_alphanumeric() || b" \t\r\n.,+-".contains(&b))
}

/// A value of plain signs; `url(…)` leads to something in the same drawing, and only for what takes one.
pub(crate) fn is_value(name: &str, value: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b" \t\r\n#.,+-()%_".contains(&b);
    if value.len() > LONGEST_VALUE || !value.bytes().all(plain) {
        return false;
    }
    let small = value.to_ascii_lowercase();
    let is_known = |before: &str| FUNCTIONS.iter().any(|name| before.ends_with(name));
    if !small.match_indices('(').all(|(place, _)| is_known(&small[..place])) {
        return false;
    }
    let Some(place) = small.find("url") else { return true };
    let rest = small[place..].strip_prefix("url(").and_then(|rest| rest.strip_suffix(')'));
    matches!(name, "fill" | "stroke" | "clip-path") && place == 0 && rest.is_some_and(local)
}

/// The properties of a style that are known, with plain values.
fn declarations(style: &str, in_clip: bool) -> String {
    let mut kept = String::new();
    for (name, value) in style.split(';').filter_map(|one| one.split_once(':')) {
        let (name, value) = (name.trim(), value.trim());
        if PROPERTIES.contains(&name) && is_value(name, value) && !(in_clip && name == "clip-path") {
            put(&mut kept, format_args!("{name}:{value};"));
        }
    }
    kept
}

/// The rules of a style sheet, for names of elements, classes and ids. What begins with `@` is left out with all of the rest. A rule does
/// not cut: it could reach what cuts.
fn style_sheet(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    let mut bare = String::new();
    while let Some((before, after)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b" \t\r\n.,#_-".contains(&b);
    for (selector, body) in bare.split('}').filter_map(|rule| rule.split_once('{')) {
        let selector = selector.trim();
        if selector.starts_with('@') {
            break;
        }
        if !selector.is_empty() && selector.len() <= LONGEST_VALUE && selector.bytes().all(is_plain) {
            put(&mut kept, format_args!("{selector}{{{}}}", declarations(body, true)));
        }
    }
    kept
}

#[cfg(test)]
#[path = "svg_tests.rs"]
mod tests;
