// What the parts of the script share, as `onrecord`. Comforts only: every page works without.
//   onrecord.key(["j", "ArrowRight"], "Next highlight", () => move(1));   "?" lists the keys of the page
//   onrecord.say("Copied.");            told to screen readers, and shown for a moment
//   await onrecord.copy("words");       whether they are on the clipboard now
//   onrecord.kept(name), onrecord.keep(name, value)     remembered on this machine, where it lets us
const known = new Map();
const list = [];

function kept(name) {
  try { return localStorage.getItem(name); } catch { return null; }
}

function keep(name, value) {
  try { localStorage.setItem(name, value); } catch { /* nothing is remembered, and all works the same */ }
}

// A later part may take a key over: the page's own meaning counts. `action` may return false: the key was none of its own.
function key(names, label, action) {
  const every = [].concat(names);
  for (const name of every) known.set(name, action);
  const at = list.findIndex((each) => each.names.some((name) => every.includes(name)));
  if (at >= 0) list.splice(at, 1);
  list.push({ names: every, label });
}

const SHOWN = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", " ": "Space", Escape: "Esc" };
const shown = (name) => SHOWN[name] ?? (name.length === 1 ? name.toUpperCase() : name);

function made(tag, options = {}, ...inside) {
  const element = Object.assign(document.createElement(tag), options);
  element.append(...inside);
  return element;
}

const live = made("div", { className: "said" });
live.setAttribute("role", "status");
let quiet;

// `aloud`: for screen readers alone, as where the eye sees it anyway.
function say(words, { aloud = false } = {}) {
  if (!live.isConnected) document.body.append(live);
  live.classList.toggle("unseen", aloud);
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = words; });
  clearTimeout(quiet);
  if (!aloud) quiet = setTimeout(() => { live.textContent = ""; }, 4000);
}

async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch { /* no clipboard for this page: the old way */ }
  const box = made("textarea", { value: words, className: "unseen", tabIndex: -1 });
  const before = document.activeElement;
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  before?.focus({ preventScroll: true });
  return done;
}

let dialog;

function help() {
  dialog?.remove();
  const rows = list.map(({ names, label }) => made("tr", {},
    made("th", { scope: "row" }, ...names.flatMap((name, at) => [...(at ? [" "] : []), made("kbd", {}, shown(name))])), made("td", {}, label)));
  const off = made("input", { type: "checkbox", checked: kept("keys") !== "off" });
  off.addEventListener("change", () => keep("keys", off.checked ? "on" : "off"));
  const close = made("button", { type: "button" }, "Close");
  close.addEventListener("click", () => dialog.close());
  dialog = made("dialog", { className: "keys" },
    made("h2", { id: "keys-title" }, "Keys on this page"),
    made("table", {}, made("tbody", {}, ...rows)),
    made("p", {}, made("label", {}, off, " Single keys do something on these pages")),
    close);
  dialog.setAttribute("aria-labelledby", "keys-title");
  document.body.append(dialog);
  dialog.showModal();
}

key("/", "Search the archive", () => { const box = document.getElementById("q"); box?.focus(); box?.select(); });
key("?", "This list", help);

const WRITING = /^(INPUT|SELECT|TEXTAREA)$/;
const busy = (target) => target.isContentEditable || (WRITING.test(target.tagName) && !/^(checkbox|button|submit)$/.test(target.type));

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || busy(event.target) || document.querySelector("dialog[open]")) return;
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  // A page whose keys are turned off keeps the way to turn them on.
  const action = name === "?" || kept("keys") !== "off" ? known.get(name) : null;
  if (!action || action(event) === false) return;
  event.preventDefault();
});

const foot = document.querySelector(".foot p");
if (foot) {
  const button = made("button", { type: "button", className: "keys-open" }, "Keys ", made("kbd", {}, "?"));
  button.addEventListener("click", help);
  foot.append(" ", button);
}

globalThis.onrecord = { key, say, copy, kept, keep, made };
