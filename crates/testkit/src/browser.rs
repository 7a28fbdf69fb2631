//! A real browser, driven as a person would: it waits for what it looks for and never for a span of time.

use crate::{
    axe::{self, Answer, Violation},
    chromedriver::Chromedriver,
};
use anyhow::{Context, Result, anyhow, bail};
use std::{fs, path::Path, time::Duration};
use tempfile::TempDir;
use thirtyfour::{
    ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver, WebElement,
    cdp::domains::emulation::{MediaFeature, SetDeviceMetricsOverride, SetEmulatedMedia},
    error::WebDriverResult,
};

/// How long a condition may take to come true: generous, because the machine of the tests is small and shared.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often it is looked at meanwhile.
const POLL_INTERVAL: Duration = Duration::from_millis(40);

/// Nothing that reaches for the network by itself; every `*.localhost` is this machine, whatever the resolver says.
const ARGUMENTS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    "--host-resolver-rules=MAP *.localhost 127.0.0.1",
];

/// A theme a person prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A browser window with a fresh profile: no cookie, no history, no cache. It closes with this value.
#[derive(Debug)]
pub struct Browser {
    driver: WebDriver,
    chromedriver: &'static Chromedriver,
    _profile: TempDir,
}

impl Browser {
    /// Opens a window of 1280 × 900 pixels, in the light theme, of somebody who reads French.
    ///
    /// # Errors
    /// When chromium or chromedriver is missing or does not start.
    pub async fn open() -> Result<Self> {
        Self::open_speaking("fr").await
    }

    /// Opens a window of somebody who reads these languages, best first: `nl,en`.
    ///
    /// # Errors
    /// When chromium or chromedriver is missing or does not start.
    pub async fn open_speaking(languages: &str) -> Result<Self> {
        let chromedriver = Chromedriver::shared()?;
        // The keeper of chromedriver looks for profiles by a pattern, which hidden folders escape.
        let profile =
            tempfile::Builder::new().prefix("profile-").tempdir_in(chromedriver.profiles()).context("cannot make a profile")?;
        let mut wishes = DesiredCapabilities::chrome();
        for argument in ARGUMENTS {
            wishes.add_arg(argument)?;
        }
        wishes.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
        wishes.add_arg(&format!("--accept-lang={languages}"))?;
        wishes.add_experimental_option("prefs", serde_json::json!({ "intl.accept_languages": languages }))?;
        wishes.set_browser_log_level(LoggingPrefsLogLevel::All)?;
        let driver = WebDriver::builder(chromedriver.url(), wishes)
            .connect()
            .await
            .context("cannot open a browser: is chromium installed? `cargo xtask test` installs it")?;
        let browser = Self { driver, chromedriver, _profile: profile };
        browser.set_viewport(1280, 900).await?;
        browser.set_theme(Theme::Light).await?;
        Ok(browser)
    }

    /// Gives pages exactly this many CSS pixels, narrower than a real window can be, too: 360 is a telephone.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn set_viewport(&self, width: u32, height: u32) -> Result<()> {
        let metrics = SetDeviceMetricsOverride {
            width,
            height,
            device_scale_factor: 1.0,
            mobile: false,
            scale: None,
            screen_orientation: None,
        };
        self.driver.cdp().send(metrics).await?;
        Ok(())
    }

    /// Tells pages which theme this person prefers, and that they want no motion: an animation half way is neither a colour to check
    /// nor a picture to look at.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn set_theme(&self, theme: Theme) -> Result<()> {
        let feature = |name: &str, value: &str| MediaFeature { name: name.to_owned(), value: value.to_owned() };
        let scheme = match theme {
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        let features = vec![feature("prefers-color-scheme", scheme), feature("prefers-reduced-motion", "reduce")];
        self.driver.cdp().send(SetEmulatedMedia { media: None, features: Some(features) }).await?;
        Ok(())
    }

    /// Goes to an address and waits until its page is loaded.
    ///
    /// # Errors
    /// When nothing answers there.
    pub async fn goto(&self, url: &str) -> Result<()> {
        self.driver.goto(url).await.with_context(|| format!("cannot go to `{url}`"))
    }

    /// Goes back, as by the browser's own button.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn back(&self) -> Result<()> {
        Ok(self.driver.back().await?)
    }

    /// The address where the browser is.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn url(&self) -> Result<String> {
        Ok(self.driver.current_url().await?.into())
    }

    /// Waits until the address contains `part`: the page after a click or a form.
    ///
    /// # Errors
    /// When it does not in time.
    pub async fn arrive(&self, part: &str) -> Result<()> {
        let here = async || Ok(self.driver.current_url().await?.as_str().contains(part).then_some(()));
        self.wait(&format!("the address does not contain `{part}`"), here).await
    }

    /// Waits for the first visible element that a CSS selector means.
    ///
    /// # Errors
    /// When none shows itself in time.
    pub async fn find(&self, css: &str) -> Result<WebElement> {
        self.find_text(css, "").await
    }

    /// Waits for the first visible element that a CSS selector means and whose text contains `text`.
    ///
    /// # Errors
    /// When none shows itself in time.
    pub async fn find_text(&self, css: &str, text: &str) -> Result<WebElement> {
        let fault = format!("no visible `{css}` that contains `{text}`");
        self.wait(&fault, async || Ok(self.visible(css, text).await?.into_iter().next())).await
    }

    /// Waits for at least one visible element that a CSS selector means, and answers all.
    ///
    /// # Errors
    /// When none shows itself in time.
    pub async fn find_all(&self, css: &str) -> Result<Vec<WebElement>> {
        let look = async || Ok(Some(self.visible(css, "").await?).filter(|found| !found.is_empty()));
        self.wait(&format!("no visible `{css}`"), look).await
    }

    /// The text of the first visible element that a CSS selector means, for which it waits.
    ///
    /// # Errors
    /// When none shows itself in time.
    pub async fn text(&self, css: &str) -> Result<String> {
        let look = async || match self.visible(css, "").await?.first() {
            Some(element) => element.text().await.map(Some),
            None => Ok(None),
        };
        self.wait(&format!("no visible `{css}`"), look).await
    }

    /// Waits until no element that a CSS selector means is visible.
    ///
    /// # Errors
    /// When one still is after the time.
    pub async fn gone(&self, css: &str) -> Result<()> {
        let look = async || Ok(self.visible(css, "").await?.is_empty().then_some(()));
        self.wait(&format!("still a visible `{css}`"), look).await
    }

    /// Waits for a visible element that nothing covers, and clicks it.
    ///
    /// # Errors
    /// When there is none in time.
    pub async fn click(&self, css: &str) -> Result<()> {
        self.click_text(css, "").await
    }

    /// Waits for a visible element that nothing covers and whose text contains `text`, and clicks it.
    ///
    /// # Errors
    /// When there is none in time.
    pub async fn click_text(&self, css: &str, text: &str) -> Result<()> {
        let look = async || match self.visible(css, text).await?.first() {
            Some(element) => element.click().await.map(Some),
            None => Ok(None),
        };
        self.wait(&format!("no `{css}` to click that contains `{text}`"), look).await
    }

    /// Waits for a field and writes into it, over what it held.
    ///
    /// # Errors
    /// When there is none in time, or it takes no text.
    pub async fn fill(&self, css: &str, text: &str) -> Result<()> {
        let field = self.find(css).await?;
        field.clear().await.with_context(|| format!("cannot empty `{css}`"))?;
        field.send_keys(text).await.with_context(|| format!("cannot write into `{css}`"))
    }

    /// Waits for a list or a field that takes no typing (a day), and gives it a value as choosing it would.
    ///
    /// # Errors
    /// When there is none in time, or it does not take `value`.
    pub async fn choose(&self, css: &str, value: &str) -> Result<()> {
        let field = self.find(css).await?;
        let script = "const [field, value] = arguments; field.value = value; \
                      for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true })); return field.value";
        let took = self.driver.execute(script, vec![field.to_json()?, value.into()]).await?;
        anyhow::ensure!(took.json() == value, "`{css}` does not take `{value}`");
        Ok(())
    }

    /// Runs JavaScript in the page, past its content security policy, and answers what it returns.
    ///
    /// # Errors
    /// When the script throws.
    pub async fn evaluate(&self, script: &str) -> Result<serde_json::Value> {
        Ok(self.driver.execute(script, Vec::new()).await?.json().clone())
    }

    /// How many CSS pixels the page is wider than its viewport: 0 when nobody has to scroll sideways.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn sideways_overflow(&self) -> Result<u64> {
        let root = "const root = document.documentElement; return Math.max(0, root.scrollWidth - root.clientWidth)";
        self.evaluate(root).await?.as_u64().context("a width is a whole number")
    }

    /// Writes what the viewport shows to a PNG file, with the folders it needs.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn screenshot(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        let picture = self.driver.screenshot_as_png().await?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
        }
        fs::write(path, picture).with_context(|| format!("cannot write `{}`", path.display()))
    }

    /// Lets axe examine the page by all its rules. An accessible page has none of these.
    ///
    /// # Errors
    /// When axe itself fails.
    pub async fn axe(&self) -> Result<Vec<Violation>> {
        self.driver.execute(axe::SCRIPT, Vec::new()).await.context("cannot bring axe into the page")?;
        let answer = self.driver.execute_async(axe::RUN, Vec::new()).await.context("axe did not finish")?;
        match answer.convert()? {
            Answer::Violations(violations) => Ok(violations),
            Answer::Fault(fault) => bail!("axe failed: {fault}"),
        }
    }

    /// The errors that pages wrote to the console since the last call: exceptions, files not found, what the content security policy
    /// refused.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn console_errors(&self) -> Result<Vec<String>> {
        let log = self.driver.browser_log().await?;
        Ok(log.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message).collect())
    }

    /// The values of the cookies that this browser holds for the page's host, of those too that no script may read.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn cookies(&self) -> Result<Vec<String>> {
        let cookies = self.driver.get_all_cookies().await.context("cannot read the cookies")?;
        Ok(cookies.into_iter().map(|cookie| cookie.value).collect())
    }

    /// Everything else that WebDriver can do.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// The elements that a CSS selector means, that are visible and contain `text`: in one step, so that a page that changes meanwhile
    /// cannot give half of each.
    async fn visible(&self, css: &str, text: &str) -> WebDriverResult<Vec<WebElement>> {
        let script = "const [css, text] = arguments;
            return [...document.querySelectorAll(css)].filter(
                found => found.checkVisibility({ visibilityProperty: true }) && found.innerText.includes(text));";
        self.driver.execute(script, [css.into(), text.into()]).await?.elements()
    }

    /// Looks until there is something to see. A page that is on its way out answers with faults; they count as not yet, and the last is
    /// told with the address and what the page showed.
    async fn wait<T>(&self, fault: &str, look: impl AsyncFn() -> WebDriverResult<Option<T>>) -> Result<T> {
        let mut polls = tokio::time::interval(POLL_INTERVAL);
        let mut last = None;
        let seen = tokio::time::timeout(PATIENCE, async {
            loop {
                polls.tick().await;
                match look().await {
                    Ok(Some(seen)) => return seen,
                    Ok(None) => last = None,
                    Err(error) => last = Some(error),
                }
            }
        });
        if let Ok(seen) = seen.await {
            return Ok(seen);
        }
        let url = self.url().await.unwrap_or_default();
        let shown = self.evaluate("return document.body.innerText.slice(0, 2000)").await.unwrap_or_default();
        let told = format!("{fault} on `{url}`, which shows:\n{}\n", shown.as_str().unwrap_or_default());
        Err(last.map_or_else(|| anyhow!(told.clone()), |error| anyhow::Error::new(error).context(told.clone())))
    }
}

impl Drop for Browser {
    /// Ends the session by a plain request of its own: the client of `driver` needs the runtime that this drop holds up.
    fn drop(&mut self) {
        if let Err(error) = self.chromedriver.end_session(self.driver.session_id()) {
            eprintln!("a browser stays open until the tests end: {error:#}");
        }
        // Refused when it was quit before, which is as well.
        let _ = self.driver.clone().leak();
    }
}
