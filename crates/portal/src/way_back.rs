//! Where somebody goes on who had to sign in, or to prove who they are, in between: to the page that they asked for, or to the one whose
//! form they sent. A form is never sent a second time.

use crate::{addresses::Address, answer::own_path, server::App};
use axum::http::{Method, header, request::Parts};

/// The page that a request asks for or comes from, with its query: a path of this host.
pub(crate) fn page_of(app: &App, parts: &Parts) -> String {
    let known = app.addresses.get().map(Vec::as_slice).unwrap_or_default();
    let asked = parts.uri.path_and_query().map_or("/", |asked| asked.as_str());
    if parts.method == Method::GET {
        return own_path(asked).to_owned();
    }
    own_path(&page_above(known, came_from(parts).unwrap_or(asked))).to_owned()
}

/// The path that a browser says a form stood on, if that is at this host.
fn came_from(parts: &Parts) -> Option<&str> {
    let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let (_, rest) = text(header::REFERER)?.split_once("://")?;
    let (host, path) = rest.split_at(rest.find('/')?);
    host.eq_ignore_ascii_case(text(header::HOST)?).then_some(path)
}

/// The page at a path, or the nearest above it: `/account` for `/account/password`, where only forms are sent. What a page said of a form
/// before is not said again.
fn page_above(known: &[Address], asked: &str) -> String {
    let (path, query) = asked.split_once('?').unwrap_or((asked, ""));
    let is_page = |path: &str| {
        // What is named stands before what is in braces: `/members/search` were no member.
        let found = known.iter().filter(|address| is_at(address.path, path)).map(|address| address.path);
        let nearest = found.min_by_key(|found| found.matches('{').count());
        nearest.is_some_and(|nearest| known.iter().any(|address| address.path == nearest && address.method == Method::GET))
    };
    if is_page(path) {
        let is_news = form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "done");
        return if is_news { path.to_owned() } else { asked.to_owned() };
    }
    let mut above = path;
    while let Some((next, _)) = above.rsplit_once('/') {
        if is_page(next) {
            return next.to_owned();
        }
        above = next;
    }
    "/".to_owned()
}

/// Is a path one of a page's? What stands in braces is anything.
fn is_at(page: &str, path: &str) -> bool {
    let mut parts = path.split('/');
    page.split('/').all(|named| parts.next().is_some_and(|part| named == part || (named.starts_with('{') && !part.is_empty())))
        && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::addresses::Access;

    /// PLT-03: who sent a form too late comes back to the page that it stood on, and to nothing that only takes forms.
    #[test]
    fn a_form_leads_back_to_its_page() {
        let address = |method: Method| move |path| Address { method: method.clone(), path, access: Access::Anyone };
        let pages = ["/", "/account", "/members/{id}", "/lines", "/lines/{id}", "/usage-files", "/usage-files/{id}"];
        let forms = ["/account/password", "/usage-files/dismissed", "/sign-out"];
        let known: Vec<_> = pages.map(address(Method::GET)).into_iter().chain(forms.map(address(Method::POST))).collect();
        for (asked, page) in [
            ("/account/password", "/account"),
            ("/account?done=password", "/account"),
            ("/members/5/blocked", "/members/5"),
            ("/members/5/invitation/withdrawn", "/members/5"),
            ("/lines?state=active&page=2", "/lines?state=active&page=2"),
            ("/lines/7/access?x=1", "/lines/7"),
            ("/sign-out", "/"),
            ("/usage-files/dismissed", "/usage-files"),
            ("/usage-files/3", "/usage-files/3"),
            ("/members//blocked", "/"),
            ("", "/"),
        ] {
            assert_eq!(page_above(&known, asked), page, "{asked}");
        }
    }
}
