//! Writes every sample page in both themes, with its assets beside: `cargo run -p cadran-portal --example render -- DIRECTORY [LANGUAGE]`.

use portal::{Locale, Role, Theme, assets, brand, samples};
use std::{env, error::Error, fs, path::Path, time::Instant};

#[expect(clippy::print_stdout, reason = "the measurement is what it has to say")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let directory = arguments.next().ok_or("say where to write the pages: render DIRECTORY [LANGUAGE]")?;
    let locale: Locale = arguments.next().as_deref().unwrap_or("fr").parse()?;
    let directory = Path::new(&directory);
    for (url, asset) in assets::all() {
        write(&directory.join(&url[1..]), &asset.bytes)?;
    }
    for colour in ["#0f766e", "#1d4ed8", "#b45309"] {
        let colours = brand::Colours::from(colour.parse::<brand::Colour>()?);
        let stylesheet = brand::stylesheet(colours).replace("/assets/", "../../assets/");
        write(&directory.join(&brand::stylesheet_url(colours)[1..]), stylesheet.as_bytes())?;
        write(&directory.join(&brand::icon_url(colours)[1..]), brand::icon(colours.light).as_bytes())?;
    }
    for role in samples::ROLES {
        for theme in [Theme::Light, Theme::Dark] {
            for (name, html) in samples::all(role, locale, theme) {
                let who = match role {
                    Role::Subscriber | Role::Member => "household",
                    Role::FleetManager => "fleet",
                    Role::ResellerAgent | Role::ResellerAdmin => "reseller",
                    Role::OperatorAgent | Role::OperatorAdmin | Role::Accounting | Role::Auditor => "staff",
                };
                let html = html.replace("\"/assets/", "\"assets/").replace("\"/brand/", "\"brand/");
                write(&directory.join(format!("{who}-{name}-{}.html", theme.as_str())), html.as_bytes())?;
            }
        }
    }
    for (word, html) in samples::mails(locale) {
        write(&directory.join(format!("mail-{word}.html")), html.as_bytes())?;
    }
    let (rounds, start) = (200_u32, Instant::now());
    let bytes: usize = (0..rounds).map(|_| samples::fifty_lines().len()).sum();
    println!("a page of fifty lines: {:?}, {} bytes", start.elapsed() / rounds, bytes / rounds as usize);
    Ok(())
}

fn write(path: &Path, content: &[u8]) -> Result<(), Box<dyn Error>> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, content).map_err(|error| format!("{}: {error}", path.display()).into())
}
