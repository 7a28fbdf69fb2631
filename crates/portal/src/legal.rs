//! `/legal/{page}`: what a brand says of itself, of its terms and of personal data, for anybody. Texts are plain, with a little markup:
//! a line that begins with `# ` is a heading, lines that begin with `- ` are a list, an empty line ends a paragraph.

use crate::{
    Icon, Locale, Page, Theme,
    answer::{Stop, html},
    brands::legal_name,
    server::App,
    session::Visitor,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::header,
    response::{AppendHeaders, IntoResponse, Response},
};
use operations::brand::{self, LegalPage};

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Above what follows.
    Heading(String),
    /// Lines that belong together.
    Paragraph(Vec<String>),
    /// Points.
    List(Vec<String>),
}

/// The page.
#[derive(Template)]
#[template(path = "legal.html")]
pub struct LegalTextPage {
    /// Its frame.
    pub page: Page,
    /// Which.
    pub legal: LegalPage,
    /// The language that it is in, where that is not the reader's.
    pub other: Option<Locale>,
    /// What it says.
    pub blocks: Vec<Block>,
}

impl LegalTextPage {
    fn title(&self) -> &'static str {
        legal_name(self.page.locale, self.legal)
    }
}

/// Shows it, in the reader's language if it is written in it, else in the brand's first that it is.
pub(crate) async fn get(State(app): State<App>, visitor: Visitor, Path(word): Path<String>) -> Result<Response, Stop> {
    let legal = LegalPage::named(&word).ok_or(Stop::NOT_FOUND)?;
    let Visitor { brand: shown, page, cookie, .. } = visitor;
    let mut texts = brand::texts(&app.house, shown.id).await?;
    texts.retain(|text| text.page == legal.as_str());
    let wished = std::iter::once(page.locale).chain(shown.languages.iter().copied());
    let found = wished.filter_map(|locale| texts.iter().find(|text| text.language == locale.tag())).next().or(texts.first());
    let text = found.ok_or(Stop::NOT_FOUND)?;
    let other = text.language.parse().ok().filter(|locale| *locale != page.locale);
    let blocks = blocks(&text.content);
    let page = html(&LegalTextPage { page, legal, other, blocks })?;
    Ok((AppendHeaders(cookie.map(|cookie| (header::SET_COOKIE, cookie))), page).into_response())
}

/// The parts of a text.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_new = true;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            is_new = true;
        } else if let Some(heading) = line.strip_prefix("# ") {
            blocks.push(Block::Heading(heading.trim().to_owned()));
            is_new = true;
        } else if let Some(point) = line.strip_prefix("- ") {
            match blocks.last_mut() {
                Some(Block::List(points)) if !is_new => points.push(point.trim().to_owned()),
                _ => blocks.push(Block::List(vec![point.trim().to_owned()])),
            }
            is_new = false;
        } else {
            match blocks.last_mut() {
                Some(Block::Paragraph(lines)) if !is_new => lines.push(line.to_owned()),
                _ => blocks.push(Block::Paragraph(vec![line.to_owned()])),
            }
            is_new = false;
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_headings_lists_and_paragraphs() {
        let text = "# Éditeur\nHorizon <b>SAS</b>\n1 quai du Port\n\nSuite\n- un\n- deux\n\n- trois\n#pas un titre";
        let expected = [
            Block::Heading("Éditeur".into()),
            Block::Paragraph(vec!["Horizon <b>SAS</b>".into(), "1 quai du Port".into()]),
            Block::Paragraph(vec!["Suite".into()]),
            Block::List(vec!["un".into(), "deux".into()]),
            Block::List(vec!["trois".into()]),
            Block::Paragraph(vec!["#pas un titre".into()]),
        ];
        assert_eq!(blocks(text), expected);
        assert_eq!(blocks(" \n\n"), []);
    }
}
