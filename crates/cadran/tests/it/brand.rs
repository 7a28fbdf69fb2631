//! A brand changed in a real browser by its owner, and seen by everybody afterwards.

use crate::portal::{Demo, demo, is_well_made, sign_in};
use testkit::{Browser, Theme};

const HOST: &str = "horizon.grandlarge.localhost";
/// A drawing with more in it than a drawing needs.
const SVG: &str = concat!(
    r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 120" onload="document.title='broken'"><script>alert(1)</script>"##,
    r##"<rect x="8" y="20" width="224" height="80" rx="40" fill="#0f6f5c"/><circle cx="60" cy="60" r="24" fill="#ffd166"/></svg>"##
);

/// Waits until a script answers with what is expected.
async fn until(browser: &Browser, what: &str, script: &str, expected: impl Into<serde_json::Value>) {
    let expected = expected.into();
    let begun = std::time::Instant::now();
    loop {
        let found = browser.evaluate(script).await.unwrap();
        if found == expected {
            return;
        }
        assert!(begun.elapsed().as_secs() < 30, "{what}: {found} is not {expected}");
    }
}

/// Something of the document in the preview that is shown.
fn previewed(what: &str) -> String {
    format!(
        "const frame = document.querySelector('.preview-frame:not(.coming)')?.contentDocument; \
         return frame?.readyState === 'complete' ? ({what}) : null"
    )
}

async fn to_brand(browser: &Browser, demo: &Demo) {
    sign_in(browser, demo, HOST, "admin@horizon.example").await;
    browser.goto(&demo.url(HOST, "/brand")).await.unwrap();
    browser.arrive("/brands/").await.unwrap();
    browser.find(".brand-page").await.unwrap();
}

/// RES-09, PLT-07, PLT-09: a reseller's administrator changes colours and logo, sees the sign-in page, a table and a mail in them before
/// saving, saves, signs out, and finds the sign-in page in the new looks; a colour that cannot be read is refused with one that can.
#[tokio::test(flavor = "multi_thread")]
async fn a_reseller_changes_its_looks() {
    let demo = demo();
    let browser = Browser::open_speaking("fr").await.unwrap();
    browser.goto(&demo.url(HOST, "/sign-in")).await.unwrap();
    let icon = "return document.querySelector('link[rel=icon]').href";
    let before = browser.evaluate(icon).await.unwrap();
    is_well_made(&browser, "brand-sign-in-before").await;
    to_brand(&browser, demo).await;
    until(&browser, "the first preview", &previewed("!!frame.querySelector('#identifier')"), true).await;
    is_well_made(&browser, "brand").await;

    // A colour that is too light for white text: said while typing, made readable in the preview, refused when saved.
    browser.set_theme(Theme::Light).await.unwrap();
    browser.set_viewport(1280, 900).await.unwrap();
    browser.fill("#colour", "#7fd1ae").await.unwrap();
    browser.find_text(".contrast.short", "trop peu lisible").await.unwrap();
    until(&browser, "the note", &previewed("frame.querySelector('.preview-note')?.textContent.includes('contraste')"), true)
        .await;
    browser.click(".brand-save button").await.unwrap();
    browser.find_text(".refused", "La couleur lisible la plus proche est").await.unwrap();
    let noted = browser.console_errors().await.unwrap();
    assert!(noted.iter().all(|line| line.contains("status of 422")), "{noted:?}");
    is_well_made(&browser, "brand-refused").await;
    browser.set_viewport(1280, 900).await.unwrap();
    let in_sight = "document.querySelector('[data-take=colour]').scrollIntoView({ block: 'center' }); return true";
    browser.evaluate(in_sight).await.unwrap();
    browser.click("[data-take=colour]").await.unwrap();
    browser.find(".contrast.enough").await.unwrap();

    // Colours and a logo, in the preview at once.
    browser.fill("#colour", "#0f6f5c").await.unwrap();
    browser.fill("#colour_on_dark", "#5fd3b8").await.unwrap();
    let choose = format!(
        "const field = document.querySelector('#logo_light'); const chosen = new DataTransfer(); \
         chosen.items.add(new File([{SVG:?}], 'logo.svg', {{ type: 'image/svg+xml' }})); field.files = chosen.files; \
         field.dispatchEvent(new Event('input', {{ bubbles: true }})); return true"
    );
    browser.evaluate(&choose).await.unwrap();
    until(
        &browser,
        "the button's colour",
        &previewed("frame.defaultView.getComputedStyle(frame.querySelector('.btn-primary')).backgroundColor"),
        "rgb(15, 111, 92)",
    )
    .await;
    until(&browser, "the logo", &previewed("frame.querySelector('.brand img').src.startsWith('data:image/png')"), true).await;
    browser.click("input[name=shown][value=table]").await.unwrap();
    until(&browser, "the table", &previewed("frame.querySelectorAll('#lines tbody tr').length > 0"), true).await;
    browser.click("input[name=theme][value=dark]").await.unwrap();
    until(&browser, "the dark table", &previewed("frame.documentElement.dataset.bsTheme"), "dark").await;
    browser.click("input[name=shown][value=mail]").await.unwrap();
    until(&browser, "the mail", &previewed("frame.querySelector('img')?.naturalWidth"), 240).await;
    let shown = browser.evaluate("return document.querySelectorAll('.preview-frame').length").await.unwrap();
    assert_eq!(shown, 1, "frames do not pile up");
    if let Ok(folder) = std::env::var("CADRAN_SCREENSHOTS") {
        browser.set_viewport(1280, 1600).await.unwrap();
        browser.screenshot(format!("{folder}/brand-mail-preview.png")).await.unwrap();
    }
    // Nobody else sees anything of it yet.
    let visitor = Browser::open_speaking("fr").await.unwrap();
    visitor.goto(&demo.url(HOST, "/sign-in")).await.unwrap();
    assert_eq!(visitor.evaluate(icon).await.unwrap(), before);

    browser.click(".brand-save button").await.unwrap();
    browser.find_text(".notice.ok", "enregistré").await.unwrap();
    browser.click(".drop summary").await.unwrap();
    browser.click(".drop-out button").await.unwrap();
    browser.arrive("/sign-in").await.unwrap();
    browser.find(".sign-in button").await.unwrap();
    let looks = "return [getComputedStyle(document.querySelector('.sign-in .btn-primary')).backgroundColor, \
                 document.querySelector('.brand img').naturalWidth > 0, document.querySelector('.brand img').src.endsWith('/logo.png')]";
    browser.set_theme(Theme::Light).await.unwrap();
    until(&browser, "the new looks", looks, serde_json::json!(["rgb(15, 111, 92)", true, true])).await;
    assert_ne!(browser.evaluate(icon).await.unwrap(), before);
    is_well_made(&browser, "brand-sign-in-after").await;
    browser.click(".foot-legal a").await.unwrap();
    browser.find_text("h1", "Mentions légales").await.unwrap();
    is_well_made(&browser, "legal").await;
}

/// RES-09, PLT-08: the same page in English, its legal pages, and the operator's list of brands; without scripts the preview is a button.
#[tokio::test(flavor = "multi_thread")]
async fn the_operator_looks_after_brands_in_english() {
    let demo = demo();
    let browser = Browser::open_speaking("en").await.unwrap();
    sign_in(&browser, demo, "grandlarge.localhost", "admin@grandlarge.example").await;
    browser.click(".drop summary").await.unwrap();
    browser.click("a[href='/brand']").await.unwrap();
    browser.find_text("h1", "Brands").await.unwrap();
    is_well_made(&browser, "brands").await;
    browser.click_text(".brand-tile strong", "Armor Mobile").await.unwrap();
    browser.find_text("h1", "Brand Armor Mobile").await.unwrap();
    is_well_made(&browser, "brand-english").await;
    let script = "const button = document.querySelector('[data-preview-button]'); button.style.display = 'block'; \
                  document.querySelector('[value=table]').checked = true; button.formTarget = 'preview'; button.click(); return true";
    browser.evaluate(script).await.unwrap();
    until(&browser, "the button's preview", &previewed("frame.querySelectorAll('#lines tbody tr').length > 0"), true).await;
    browser.click_text(".heading a", "Legal pages").await.unwrap();
    browser.find_text("h1", "Legal pages").await.unwrap();
    is_well_made(&browser, "brand-texts").await;
    browser.fill("#terms_en", "# Terms\nNobody buys anything here.").await.unwrap();
    browser.click(".brand-save button").await.unwrap();
    browser.find_text(".notice.ok", "saved").await.unwrap();
    browser.goto(&demo.url("armor.grandlarge.localhost", "/legal/terms")).await.unwrap();
    browser.find_text("h2", "Terms").await.unwrap();
}
