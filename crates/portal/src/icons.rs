//! The icons that the pages use, drawn into the page so that they take the colour of their text. They are decoration: the word beside
//! each says what it means, and readers of the screen pass over them.

use askama::filters::HtmlSafe;
use std::{fmt, sync::LazyLock};

macro_rules! icons {
    ($($name:ident = $file:literal),+ $(,)?) => {
        /// One of the vendored icons.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the name is the drawing")]
        pub enum Icon { $($name),+ }

        /// What stands in each file between `<svg …>` and `</svg>`, in the order of the variants.
        static DRAWINGS: LazyLock<Vec<String>> =
            LazyLock::new(|| [$(include_str!(concat!("../assets/vendor/icons/", $file, ".svg"))),+].map(drawing).to_vec());
    };
}

icons! {
    Alert = "alert-triangle", ArrowDown = "arrow-down", ArrowUp = "arrow-up", Ban = "ban", Bill = "file-text",
    Calendar = "calendar", Chart = "chart-bar", Check = "circle-check", ChevronDown = "chevron-down", ChevronLeft = "chevron-left",
    ChevronRight = "chevron-right", Clock = "clock", Copy = "copy", Data = "arrows-up-down", Euro = "coin-euro",
    Filter = "filter", FilterOff = "filter-off", Forwarded = "corner-up-right", Gauge = "gauge", Home = "home",
    Import = "file-import", Incoming = "phone-incoming", Info = "info-circle", Language = "language", Lines = "list-details",
    Lock = "lock", Message = "message", Mobile = "device-mobile", Moon = "moon", Outgoing = "phone-outgoing", Pause = "player-pause",
    Phone = "phone", Photo = "photo", Plane = "plane", Search = "search", SignIn = "login", SignOut = "logout", Sim = "device-sim",
    Sortable = "selector", Star = "star", Sun = "sun", User = "user", World = "world",
}

/// The figure without its frame, its file's line breaks, and the empty square that every one begins with.
fn drawing(file: &str) -> String {
    let opened = file.find("<svg").and_then(|start| Some(start + file[start..].find('>')? + 1)).unwrap_or_default();
    let figure = file[opened..].trim_end().trim_end_matches("</svg>");
    figure.lines().map(str::trim).filter(|line| !line.contains("M0 0h24v24H0z")).collect()
}

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(concat!(
            r#"<svg class="icon" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" "#,
            r#"stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">"#
        ))?;
        f.write_str(&DRAWINGS[*self as usize])?;
        f.write_str("</svg>")
    }
}

impl HtmlSafe for Icon {}
