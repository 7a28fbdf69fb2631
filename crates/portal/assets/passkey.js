// Passkeys: where a form wants one, the browser is asked for it, and the form is sent with its answer. Forms that need one stay hidden
// where scripts or passkeys are missing.
(() => {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => {
    const signs = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
    return btoa(signs).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };
  const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

  // What the server asks for has its bytes as base64url; browsers want them as bytes, and answer with bytes.
  async function answered({ publicKey }) {
    const asked = { ...publicKey, challenge: bytes(publicKey.challenge) };
    if (publicKey.user) {
      asked.user = { ...publicKey.user, id: bytes(publicKey.user.id) };
      asked.excludeCredentials = known(publicKey.excludeCredentials);
      const made = await navigator.credentials.create({ publicKey: asked });
      return written(made, ["clientDataJSON", "attestationObject"]);
    }
    asked.allowCredentials = known(publicKey.allowCredentials);
    const shown = await navigator.credentials.get({ publicKey: asked });
    return written(shown, ["clientDataJSON", "authenticatorData", "signature", "userHandle"]);
  }

  function written(credential, parts) {
    const present = parts.filter((part) => credential.response[part]);
    const response = Object.fromEntries(present.map((part) => [part, text(credential.response[part])]));
    return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response, extensions: {} };
  }

  function say(form, words) {
    const said = form.querySelector("[data-said]");
    said.querySelector("span").textContent = words;
    said.hidden = words === "";
  }

  async function show(event) {
    const form = event.currentTarget;
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    say(form, "");
    try {
      const response = await fetch(form.dataset.passkey, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      const asked = await response.json();
      if (asked.refusal) {
        say(form, asked.refusal);
      } else {
        form.elements.answer.value = JSON.stringify(await answered(asked));
        if (form.elements.password) form.elements.password.value = "";
        form.submit();
      }
    } catch {
      say(form, form.dataset.failed);
    }
    button.disabled = false;
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", show);
  }
  for (const way of document.querySelectorAll("[data-with-passkeys]")) way.hidden = false;
  for (const instead of document.querySelectorAll("[data-no-passkeys]")) instead.hidden = true;
})();
