//! Logos: whatever is handed in becomes pixels of our own making, in the sizes that pages show, or is refused.
//!
//! Nothing of a file that somebody handed in is kept or sent to anybody. A PNG is decoded within limits and written anew, so that what
//! stands behind its end or in its chunks is gone. A drawing is cleaned ([`super::svg`]) and drawn here: browsers and mail programs get
//! a picture without a language in it, the same everywhere, and mails can show it too.

#![expect(clippy::float_arithmetic, reason = "pixels are mixed and drawn with fractions; no money is near")]

use super::svg::{self, SvgFault};
use image::{
    DynamicImage, ExtendedColorType, ImageEncoder as _, ImageError, ImageFormat, ImageReader, Limits, Rgba32FImage, RgbaImage,
    codecs::png::{CompressionType, FilterType, PngEncoder},
    imageops,
};
use resvg::{tiny_skia, usvg};
use sha2::{Digest, Sha256};
use std::{
    fmt::Write,
    io::Cursor,
    panic::{self, AssertUnwindSafe},
};
use store::{BrandLogo, Ground};

/// The largest file that is taken, in bytes.
pub const LARGEST_LOGO: usize = 250_000;
/// The box that a logo is shown in, in pixels of the page.
pub const LOGO_BOX: (u32, u32) = (120, 60);
/// The longest side of a PNG, in pixels.
pub const LONGEST_SIDE: u32 = 3_000;
/// The most pixels of a PNG: each takes sixteen bytes while it is made smaller.
const MOST_PIXELS: u64 = 4_000_000;
/// The most memory that decoding takes, in bytes.
const MOST_MEMORY: u64 = 48 * 1024 * 1024;
/// How far a drawing may reach out of its box, in pixels: beyond, the drawing has no figures for it.
const FARTHEST: f32 = 16_000.0;
const PNG_SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];

/// Why a file is not taken as a logo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoFault {
    /// The file has too many bytes.
    TooLarge,
    /// The picture has too many pixels, or the drawing too many parts.
    TooMuch,
    /// It is neither a PNG nor an SVG.
    Neither,
    /// It begins as one and cannot be read to its end.
    Broken,
    /// Nothing can be seen on it.
    Empty,
}

/// A file as a logo: once in the size of the page, and where it is sharp enough in twice that.
///
/// # Errors
/// When it is no PNG or SVG that can be read, is too large, or shows nothing.
pub(crate) fn logo(ground: Ground, file: &[u8]) -> Result<Vec<BrandLogo>, LogoFault> {
    if file.len() > LARGEST_LOGO {
        return Err(LogoFault::TooLarge);
    }
    if file.starts_with(&PNG_SIGNATURE) {
        return from_png(ground, file);
    }
    let text = std::str::from_utf8(file).map_err(|_| LogoFault::Neither)?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('<') || !text.contains("<svg") {
        return Err(LogoFault::Neither);
    }
    from_svg(ground, text)
}

fn from_png(ground: Ground, file: &[u8]) -> Result<Vec<BrandLogo>, LogoFault> {
    let read = || {
        let mut limits = Limits::default();
        (limits.max_image_width, limits.max_image_height) = (Some(LONGEST_SIDE), Some(LONGEST_SIDE));
        limits.max_alloc = Some(MOST_MEMORY);
        let mut reader = ImageReader::with_format(Cursor::new(file), ImageFormat::Png);
        reader.limits(limits);
        reader
    };
    let fault = |error| match error {
        ImageError::Limits(_) => LogoFault::TooMuch,
        _ => LogoFault::Broken,
    };
    let (width, height) = read().into_dimensions().map_err(fault)?;
    if width > LONGEST_SIDE || height > LONGEST_SIDE || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(LogoFault::TooMuch);
    }
    let picture = read().decode().map_err(fault)?.into_rgba8();
    let (width, height) = picture.dimensions();
    let shown = within((width, height), 1);
    let mut logos = vec![kept(ground, 1, &resized(&picture, shown))?];
    if width > shown.0 {
        logos.push(kept(ground, 2, &resized(&picture, (shown.0 * 2, shown.1 * 2)))?);
    }
    Ok(logos)
}

/// The size at which a picture fits into the box, never larger than it is.
fn within((width, height): (u32, u32), density: u32) -> (u32, u32) {
    let (most_width, most_height) = (LOGO_BOX.0 * density, LOGO_BOX.1 * density);
    if width <= most_width && height <= most_height {
        return (width, height);
    }
    let by_width = (most_width, (height * most_width).div_ceil(width).min(most_height));
    let by_height = ((width * most_height).div_ceil(height).min(most_width), most_height);
    let (wide, high) =
        if u64::from(width) * u64::from(most_height) > u64::from(height) * u64::from(most_width) { by_width } else { by_height };
    (wide.max(1), high.max(1))
}

/// The picture in another size. Colours are weighed by how much of them is seen: what cannot be seen leaves no edge.
fn resized(picture: &RgbaImage, (width, height): (u32, u32)) -> RgbaImage {
    if picture.dimensions() == (width, height) {
        return picture.clone();
    }
    let mut weighed: Rgba32FImage = DynamicImage::ImageRgba8(picture.clone()).into_rgba32f();
    for pixel in weighed.pixels_mut() {
        let [red, green, blue, seen] = pixel.0;
        pixel.0 = [red * seen, green * seen, blue * seen, seen];
    }
    let mut small = imageops::resize(&weighed, width, height, imageops::FilterType::CatmullRom);
    for pixel in small.pixels_mut() {
        let [red, green, blue, seen] = pixel.0;
        let seen = seen.clamp(0.0, 1.0);
        let whole = |part: f32| if seen > 0.0 { (part / seen).clamp(0.0, 1.0) } else { 0.0 };
        pixel.0 = [whole(red), whole(green), whole(blue), seen];
    }
    DynamicImage::ImageRgba32F(small).into_rgba8()
}

fn from_svg(ground: Ground, text: &str) -> Result<Vec<BrandLogo>, LogoFault> {
    let cleaned = svg::cleaned(text).map_err(|fault| match fault {
        SvgFault::TooLarge => LogoFault::TooMuch,
        SvgFault::NotSvg => LogoFault::Broken,
    })?;
    let options = usvg::Options {
        // What is cleaned names no picture; were it to, none is fetched.
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    let drawing = || {
        let tree = usvg::Tree::from_str(&cleaned, &options).map_err(|_| LogoFault::Broken)?;
        let draw = |density: i16| kept(ground, density, &drawn(&tree, u32::from(density.unsigned_abs()))?);
        [1, 2].into_iter().map(draw).collect()
    };
    // Figures that no drawing has were refused by then; should others be found that the drawing does not bear, they are the file's fault.
    panic::catch_unwind(AssertUnwindSafe(drawing)).unwrap_or(Err(LogoFault::Broken))
}

fn drawn(tree: &usvg::Tree, density: u32) -> Result<RgbaImage, LogoFault> {
    let size = tree.size();
    let (wide, high) = ((LOGO_BOX.0 * density) as f32, (LOGO_BOX.1 * density) as f32);
    let scale = (wide / size.width()).min(high / size.height());
    if !scale.is_finite() || scale <= 0.0 {
        return Err(LogoFault::Empty);
    }
    let reach = tree.root().abs_stroke_bounding_box();
    let edges = [reach.left(), reach.top(), reach.right(), reach.bottom()];
    if !edges.iter().all(|edge| (edge * scale).abs() < FARTHEST) {
        return Err(LogoFault::TooMuch);
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the box")]
    let pixels = |side: f32, most: f32| (side * scale).round().clamp(1.0, most) as u32;
    let mut canvas = tiny_skia::Pixmap::new(pixels(size.width(), wide), pixels(size.height(), high)).ok_or(LogoFault::Empty)?;
    resvg::render(tree, tiny_skia::Transform::from_scale(scale, scale), &mut canvas.as_mut());
    let (width, height) = (canvas.width(), canvas.height());
    RgbaImage::from_raw(width, height, canvas.take_demultiplied()).ok_or(LogoFault::Empty)
}

/// The picture as it is kept.
fn kept(ground: Ground, density: i16, picture: &RgbaImage) -> Result<BrandLogo, LogoFault> {
    if picture.pixels().all(|pixel| pixel.0[3] == 0) {
        return Err(LogoFault::Empty);
    }
    let (width, height) = picture.dimensions();
    let mut content = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut content, CompressionType::Best, FilterType::Adaptive);
    encoder.write_image(picture.as_raw(), width, height, ExtendedColorType::Rgba8).map_err(|_| LogoFault::Broken)?;
    let hash = Sha256::digest(&content).iter().take(16).fold(String::with_capacity(32), |mut hash, byte| {
        write!(hash, "{byte:02x}").expect("a string takes whatever is written");
        hash
    });
    let side = |side: u32| i32::try_from(side).unwrap_or(i32::MAX);
    Ok(BrandLogo { ground, density, hash, width: side(width), height: side(height), content })
}

#[cfg(test)]
#[path = "logo_tests.rs"]
mod tests;
