//! What becomes of files that are handed in as logos.

use super::*;
use flate2::{Compression, write::ZlibEncoder};
use image::Rgba;
use std::io::Write as _;

/// A PNG of one colour.
fn png(width: u32, height: u32, colour: [u8; 4]) -> Vec<u8> {
    encoded(&RgbaImage::from_pixel(width, height, Rgba(colour)))
}

fn encoded(picture: &RgbaImage) -> Vec<u8> {
    let mut file = Vec::new();
    let (width, height) = picture.dimensions();
    PngEncoder::new(&mut file).write_image(picture.as_raw(), width, height, ExtendedColorType::Rgba8).unwrap();
    file
}

/// A chunk of a PNG with its checksum.
fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut hashed = flate2::Crc::new();
    hashed.update(kind);
    hashed.update(content);
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [&length[..], kind, content, &hashed.sum().to_be_bytes()].concat()
}

/// The head of a PNG with eight bits of red, green, blue and alpha, of any size.
fn head(width: u32, height: u32) -> Vec<u8> {
    let size = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    [&PNG_SIGNATURE[..], &chunk(b"IHDR", &size)].concat()
}

fn zeros(bytes: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![0; bytes]).unwrap();
    encoder.finish().unwrap()
}

fn pixels(logo: &BrandLogo) -> RgbaImage {
    image::load_from_memory_with_format(&logo.content, ImageFormat::Png).unwrap().into_rgba8()
}

fn size(logo: &BrandLogo) -> (i16, i32, i32) {
    (logo.density, logo.width, logo.height)
}

/// RES-09: a logo fits into 120 by 60 with its proportions, twice as fine where there is more to see, never larger than it was.
#[test]
fn a_png_is_made_to_fit() {
    for ((width, height), expected) in [
        ((1200, 600), vec![(1, 120, 60), (2, 240, 120)]),
        ((600, 600), vec![(1, 60, 60), (2, 120, 120)]),
        ((3000, 10), vec![(1, 120, 1), (2, 240, 2)]),
        ((10, 3000), vec![(1, 1, 60), (2, 2, 120)]),
        ((80, 40), vec![(1, 80, 40)]),
        ((120, 60), vec![(1, 120, 60)]),
        ((1, 1), vec![(1, 1, 1)]),
    ] {
        let logos = logo(Ground::Light, &png(width, height, [11, 110, 79, 255])).unwrap();
        assert_eq!(logos.iter().map(size).collect::<Vec<_>>(), expected, "{width}x{height}");
        for logo in &logos {
            assert_eq!(pixels(logo).get_pixel(0, 0).0, [11, 110, 79, 255], "the colour stays");
            assert_eq!(logo.hash.len(), 32);
        }
    }
}

/// What cannot be seen leaves no dark edge around what can.
#[test]
fn transparent_pixels_do_not_stain() {
    let picture = RgbaImage::from_fn(480, 240, |x, _| if x < 233 { Rgba([0, 0, 0, 0]) } else { Rgba([255, 255, 255, 255]) });
    for logo in logo(Ground::Dark, &encoded(&picture)).unwrap() {
        assert!(pixels(&logo).pixels().filter(|pixel| pixel.0[3] > 8).all(|pixel| pixel.0[0] > 240), "{:?}", size(&logo));
    }
}

/// RES-09: what says that it is enormous is refused before it is unpacked, whether or not it is.
#[test]
fn a_bomb_does_not_go_off() {
    let wide = [head(60_000, 60_000), chunk(b"IDAT", &zeros(100_000)), chunk(b"IEND", &[])].concat();
    assert_eq!(logo(Ground::Light, &wide), Err(LogoFault::TooMuch));
    assert_eq!(logo(Ground::Light, &png(3_000, 3_000, [0, 0, 0, 255])), Err(LogoFault::TooMuch), "nine million pixels");
    assert_eq!(logo(Ground::Light, &png(3_001, 1, [0, 0, 0, 255])), Err(LogoFault::TooMuch));
    // Two hundred megabytes in one byte a row.
    let long = [head(2_000, 2_000), chunk(b"IDAT", &zeros(200_000_000)), chunk(b"IEND", &[])].concat();
    assert!(long.len() < LARGEST_LOGO, "it comes within the limit of bytes: {}", long.len());
    let found = logo(Ground::Light, &long);
    assert!(matches!(found, Err(LogoFault::Empty | LogoFault::Broken)), "{found:?}");
    // A text and a profile that unpack to a hundred megabytes.
    let text = [&b"Comment\0\0"[..], &zeros(100_000_000)].concat();
    let profile = [&b"icc\0\0"[..], &zeros(100_000_000)].concat();
    for (kind, content) in [(b"zTXt", text), (b"iCCP", profile)] {
        let plain = png(8, 8, [1, 2, 3, 255]);
        let file = [&plain[..33], &chunk(kind, &content), &plain[33..]].concat();
        assert!(file.len() < LARGEST_LOGO);
        if let Ok(logos) = logo(Ground::Light, &file) {
            assert!(logos.iter().all(|logo| logo.content.len() < 1_000), "nothing of it is kept");
        }
    }
    assert_eq!(logo(Ground::Light, &vec![0x89; LARGEST_LOGO + 1]), Err(LogoFault::TooLarge));
}

/// RES-09: cut or altered anywhere, a file is refused or is the picture that it was; it is never a fault.
#[test]
fn a_cut_or_altered_file_is_refused() {
    let noise = RgbaImage::from_fn(90, 45, |x, y| Rgba([(x * 7) as u8, (y * 13) as u8, (x * y) as u8, 255]));
    let whole = encoded(&noise);
    let end = whole.len() - 12;
    for cut in (0..end).step_by(7) {
        let found = logo(Ground::Light, &whole[..cut]);
        assert!(matches!(found, Err(LogoFault::Broken | LogoFault::Neither)), "cut at {cut}: {found:?}");
    }
    for place in (0..whole.len()).step_by(11) {
        let mut altered = whole.clone();
        altered[place] ^= 0x55;
        if let Ok(logos) = logo(Ground::Light, &altered) {
            assert!(logos.iter().all(|logo| logo.content.starts_with(&PNG_SIGNATURE)));
        }
    }
}

/// RES-09: a file that is something else besides, or instead, is that no more.
#[test]
fn a_file_of_two_kinds_is_one_afterwards() {
    let plain = png(40, 20, [200, 10, 10, 255]);
    let page = b"<script>alert(document.domain)</script><?php system($_GET['c']); ?>PK\x03\x04";
    let comment = [&b"Comment\0"[..], page].concat();
    let files = [
        [&plain[..], page].concat(),
        [&plain[..33], &chunk(b"tEXt", &comment), &plain[33..]].concat(),
        [&plain[..33], &chunk(b"eXIf", page), &plain[33..]].concat(),
    ];
    for file in files {
        for logo in logo(Ground::Light, &file).unwrap() {
            let text = String::from_utf8_lossy(&logo.content).into_owned();
            assert!(!text.contains("script") && !text.contains("php") && !text.contains("PK\x03\x04"));
            let kinds: Vec<_> = ["IHDR", "IDAT", "IEND", "tEXt", "eXIf"].into_iter().filter(|kind| text.contains(kind)).collect();
            assert_eq!(kinds, ["IHDR", "IDAT", "IEND"]);
        }
    }
    let masked = [&PNG_SIGNATURE[..], b"<html><script>alert(1)</script></html>"].concat();
    assert_eq!(logo(Ground::Light, &masked), Err(LogoFault::Broken), "a page that begins as a PNG");
    for other in [
        &b"GIF89a\x01\x00\x01\x00"[..],
        b"\xff\xd8\xff\xe0JFIF",
        b"RIFF\x00\x00\x00\x00WEBP",
        b"%PDF-1.7",
        b"",
        b"hello",
        b"<html></html>",
        b"\x1f\x8b\x08svgz",
    ] {
        assert_eq!(logo(Ground::Light, other), Err(LogoFault::Neither), "{other:?}");
    }
}

/// RES-09: a drawing becomes pixels, as large as fits; what would not be seen is refused.
#[test]
fn a_drawing_becomes_pixels() {
    let svg = |inner: &str| format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50">{inner}</svg>"#);
    let drawn = logo(Ground::Dark, svg(r##"<rect width="200" height="50" fill="#0b6e4f"/>"##).as_bytes()).unwrap();
    assert_eq!(drawn.iter().map(size).collect::<Vec<_>>(), [(1, 120, 30), (2, 240, 60)]);
    assert_eq!(pixels(&drawn[1]).get_pixel(120, 30).0, [11, 110, 79, 255]);
    let with_head = format!("\u{feff}<?xml version=\"1.0\"?>\n<!-- drawn -->\n{}", svg("<circle r='40'/>"));
    assert!(logo(Ground::Light, with_head.as_bytes()).is_ok());
    for empty in
        ["", "<text>Horizon</text>", "<image href='data:image/png;base64,AAAA' width='9' height='9'/>", "<script>x</script>"]
    {
        assert_eq!(logo(Ground::Light, svg(empty).as_bytes()), Err(LogoFault::Empty), "{empty}");
    }
    for broken in [
        "<svg",
        "<svg xmlns='http://www.w3.org/2000/svg'><g></svg>",
        "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'/>",
    ] {
        assert_eq!(logo(Ground::Light, broken.as_bytes()), Err(LogoFault::Broken), "{broken}");
    }
}

/// RES-09: sizes and figures that no drawing has do not keep the program busy.
#[test]
fn absurd_drawings_end_soon() {
    let begun = std::time::Instant::now();
    for root in [
        r#"width="1e30" height="1e30""#,
        r#"width="0" height="0""#,
        r#"width="-5" height="10""#,
        r#"viewBox="0 0 1e-30 1e-30""#,
        r#"viewBox="0 0 1e9 1""#,
    ] {
        let inner = r##"<path d="M-1e30 -1e30L1e30 1e30z" stroke="#000" stroke-width="1e20"/><circle r="1e35"/><rect width="10" height="10" transform="scale(1e20) rotate(1e9) skewX(90)"/>"##;
        let file = format!(r#"<svg xmlns="http://www.w3.org/2000/svg" {root}>{inner}</svg>"#);
        let found = logo(Ground::Light, file.as_bytes());
        assert!(found.is_err(), "{root}: {found:?}");
    }
    // What is no view is none: the shapes that can be drawn decide.
    let file = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="NaN NaN inf inf"><rect width="10" height="10"/></svg>"#;
    assert!(
        logo(Ground::Light, file.as_bytes()).is_ok_and(|logos| logos.iter().all(|logo| logo.width <= 240 && logo.height <= 120))
    );
    // By steps that each look harmless.
    let nested = "<g transform='scale(99999)'>".repeat(12) + "<rect width='9' height='9'/>" + &"</g>".repeat(12);
    let file = format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60">{nested}</svg>"#);
    let found = logo(Ground::Light, file.as_bytes());
    assert!(found.is_err(), "{found:?}");
    let zigzag: String = (0..12_000).map(|i| format!("L{} {} ", i % 120, i * 7 % 60)).collect();
    let file = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60"><path d="M0 0{zigzag}" stroke="#000" stroke-width="3"/></svg>"##
    );
    assert!(logo(Ground::Light, file.as_bytes()).is_ok());
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}
