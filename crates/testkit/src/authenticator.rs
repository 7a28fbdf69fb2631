//! What stands in for a finger on a telephone: Chromium's virtual authenticator, asked for over the browser's own protocol, because
//! thirtyfour has no command for that of WebDriver.

use crate::Browser;
use anyhow::{Context, Result};
use serde_json::json;

impl Browser {
    /// Plugs an authenticator in that keeps passkeys, and says each time that it has checked its owner. It stays as long as the window.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn plug_in_authenticator(&self) -> Result<()> {
        let options = json!({
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": true,
            "hasUserVerification": true,
            "isUserVerified": true,
            "automaticPresenceSimulation": true,
        });
        let cdp = self.driver().cdp();
        cdp.send_raw("WebAuthn.enable", json!({})).await.context("the browser has no authenticators")?;
        let added = cdp.send_raw("WebAuthn.addVirtualAuthenticator", json!({ "options": options })).await;
        added.context("the browser takes no authenticator").map(|_| ())
    }
}
