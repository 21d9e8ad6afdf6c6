// Passkeys. A form with data-passkey="get" or "create" asks the server what to ask for (data-ask), then the browser for
// the person's passkey, and is sent with what the browser answered. Without this script, or in a browser without
// passkeys, the form stays hidden and the sentence beside it says what to do instead.

const able = window.isSecureContext && "credentials" in navigator && "PublicKeyCredential" in window;

const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

function toText(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const named = (one) => ({ ...one, id: toBytes(one.id) });

function asBrowsersTakeIt(asked) {
  const options = { ...asked, challenge: toBytes(asked.challenge) };
  if (asked.user) options.user = named(asked.user);
  if (asked.allowCredentials) options.allowCredentials = asked.allowCredentials.map(named);
  if (asked.excludeCredentials) options.excludeCredentials = asked.excludeCredentials.map(named);
  return options;
}

const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

function written(credential) {
  const held = PARTS.filter((part) => credential.response[part]);
  const response = Object.fromEntries(held.map((part) => [part, toText(credential.response[part])]));
  return JSON.stringify({ id: credential.id, rawId: toText(credential.rawId), type: credential.type, response });
}

const SENTENCES = {
  NotAllowedError: "Nothing was confirmed, or it took too long. Nothing was changed. Try once more, or use another way.",
  InvalidStateError: "This device has a passkey for your account already. Nothing was changed.",
  SecurityError: "The browser allows no passkeys at this address. Nothing was changed. Use another way.",
  TypeError: "The connection was lost. Nothing was changed. Try once more.",
};

class Said extends Error {}

async function ask(form) {
  const answer = await fetch(form.dataset.ask, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Said(told.sentence ?? "The page is out of date. Nothing was changed. Reload it and try once more.");
  const publicKey = asBrowsersTakeIt(told.publicKey);
  return form.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey })
    : navigator.credentials.get({ publicKey });
}

async function send(event) {
  event.preventDefault();
  const form = event.target, button = form.querySelector("button"), line = form.querySelector("[role=status]");
  button.disabled = true;
  line.textContent = "Waiting for your passkey…";
  try {
    form.elements.answer.value = written(await ask(form));
    form.submit();
  } catch (fault) {
    line.textContent = fault instanceof Said ? fault.message : SENTENCES[fault.name] ?? SENTENCES.NotAllowedError;
    button.disabled = false;
    button.focus();
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!able) continue;
  form.hidden = false;
  form.parentElement.querySelector("[data-no-passkey]")?.remove();
  form.addEventListener("submit", send);
}
