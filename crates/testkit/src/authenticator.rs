//! What stands in for somebody's telephone: Chromium's virtual authenticator, asked for over the browser's own protocol, because
//! thirtyfour has no command for that of WebDriver; and an app that shows one-time codes, written apart from what checks them.

use crate::Browser;
use anyhow::{Context, Result};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha1::Sha1;

/// The code that an app shows for a secret in base32, at a second since 1970 (RFC 6238).
///
/// # Panics
/// When the secret is not base32.
pub fn one_time_code(secret: &str, second: i64) -> String {
    let (mut seed, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for sign in secret.chars() {
        let value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(sign).expect("a sign of base32");
        held = (held << 5 | u32::try_from(value).expect("below 32")) & 0xfff;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            seed.push(u8::try_from(held >> bits & 255).expect("a byte"));
        }
    }
    let mut mac = Hmac::<Sha1>::new_from_slice(&seed).expect("a key of any length");
    mac.update(&second.div_euclid(30).to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest[19] & 15);
    let number = u32::from_be_bytes([digest[at] & 127, digest[at + 1], digest[at + 2], digest[at + 3]]);
    format!("{:06}", number % 1_000_000)
}

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
