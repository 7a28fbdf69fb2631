//! QR codes as drawings in the page and as pictures in mails: dark on white whatever the theme, because that is what cameras read.

use askama::filters::HtmlSafe;
use fast_qr::{ECL, QRBuilder};
use image::{GrayImage, ImageFormat, Luma};
use std::{
    fmt::{self, Write},
    io::Cursor,
};

/// The white around it, in squares: as much as the standard asks for.
const MARGIN: usize = 4;
/// How wide one of its squares is in a picture, in pixels.
const PIXELS: usize = 12;

/// A QR code, to be written into a page.
#[derive(Clone, Debug)]
pub(crate) struct QrCode {
    size: usize,
    squares: String,
    /// Row by row: is it dark?
    dark: Vec<bool>,
}

impl QrCode {
    /// Of a text; `None` for one that is too long.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
        let mut squares = String::new();
        for row in 0..code.size {
            for column in (0..code.size).filter(|column| code[row][*column].value()) {
                write!(squares, "M{} {}h1v1h-1z", column + MARGIN, row + MARGIN).expect("a string takes whatever is written");
            }
        }
        let size = code.size + 2 * MARGIN;
        let inside = |place: usize| place.checked_sub(MARGIN).filter(|place| *place < code.size);
        let is_dark = |row, column| inside(row).zip(inside(column)).is_some_and(|(row, column)| code[row][column].value());
        let dark = (0..size).flat_map(|row| (0..size).map(move |column| (row, column)));
        let dark = dark.map(|(row, column)| is_dark(row, column)).collect();
        Some(Self { size, squares, dark })
    }

    /// The same as a PNG, large enough for a screen; `None` where it cannot be made.
    pub(crate) fn png(&self) -> Option<Vec<u8>> {
        let side = u32::try_from(self.size * PIXELS).ok()?;
        let shade = |x: u32, y: u32| {
            let place = |pixel: u32| pixel as usize / PIXELS;
            let is_dark = self.dark.get(place(y) * self.size + place(x)).copied().unwrap_or_default();
            Luma([if is_dark { 0_u8 } else { u8::MAX }])
        };
        let mut png = Cursor::new(Vec::new());
        GrayImage::from_fn(side, side, shade).write_to(&mut png, ImageFormat::Png).ok()?;
        Some(png.into_inner())
    }
}

impl fmt::Display for QrCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { size, squares, dark: _ } = self;
        write!(
            f,
            r##"<svg class="qr" viewBox="0 0 {size} {size}" shape-rendering="crispEdges" aria-hidden="true" focusable="false">"##
        )?;
        write!(f, r##"<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/><path fill="#000" d="{squares}"/></svg>"##)
    }
}

impl HtmlSafe for QrCode {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_square_with_its_three_corners() {
        let code = QrCode::of("otpauth://totp/Bellerive:claire?secret=MZXW6&issuer=Bellerive").unwrap();
        let corners = [(MARGIN, MARGIN), (code.size - MARGIN - 7, MARGIN), (MARGIN, code.size - MARGIN - 7)];
        for (column, row) in corners {
            let top: String = (column..column + 7).map(|column| format!("M{column} {row}h1v1h-1z")).collect();
            assert!(code.squares.contains(&top), "{column} {row}");
        }
        assert!(!code.to_string().contains("style"));
        let picture = image::load_from_memory(&code.png().unwrap()).unwrap().into_luma8();
        let at = |column: usize, row: usize| {
            let pixel = |square: usize| u32::try_from(square * PIXELS + PIXELS / 2).unwrap();
            picture.get_pixel(pixel(column), pixel(row)).0[0]
        };
        assert_eq!(picture.width() as usize, code.size * PIXELS);
        assert_eq!([at(0, 0), at(MARGIN, MARGIN), at(MARGIN + 1, MARGIN + 1)], [255, 0, 255], "white around, a corner inside");
        assert!(QrCode::of(&"x".repeat(3_000)).is_none());
    }
}
