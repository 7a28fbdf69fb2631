//! QR codes as drawings in the page: dark on white whatever the theme, because that is what cameras read.

use askama::filters::HtmlSafe;
use fast_qr::{ECL, QRBuilder};
use std::fmt::{self, Write};

/// The white around it, in squares: as much as the standard asks for.
const MARGIN: usize = 4;

/// A QR code, to be written into a page.
#[derive(Clone, Debug)]
pub(crate) struct QrCode {
    size: usize,
    squares: String,
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
        Some(Self { size: code.size + 2 * MARGIN, squares })
    }
}

impl fmt::Display for QrCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { size, squares } = self;
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
        assert!(QrCode::of(&"x".repeat(3_000)).is_none());
    }
}
