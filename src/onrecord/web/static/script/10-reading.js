// The reader: layers stay as they were chosen · J and K move through the highlights that are shown, Enter goes to the note
// beside and back · words that are selected offer their address, a copy with reference, and to add what is missing.
const reader = document.querySelector(".reader");

for (const box of document.querySelectorAll(".layers input")) {
  const chosen = onrecord.kept(box.id);
  if (chosen) box.checked = chosen === "on";
  box.addEventListener("change", () => onrecord.keep(box.id, box.checked ? "on" : "off"));
}

if (reader) {
  // -- highlights ---------------------------------------------------------------------------------------------------------
  // Each layer's sign: what begins one of its highlights, and what it is called. `note`: where the margin tells of it.
  const begins = (element, name) => {
    const before = element.previousSibling;
    return element.classList.contains(name) && !(before?.nodeType === Node.ELEMENT_NODE && before.classList.contains(name));
  };
  const words = (element, name) => {
    let found = "";
    for (let each = element; each?.nodeType === Node.ELEMENT_NODE && each.classList.contains(name); each = each.nextSibling) found += each.textContent;
    return found;
  };
  const LAYERS = [
    ["quotations", "Own words", (e) => e.dataset.n && e.classList.contains("q"), "q"],
    ["reported", "Reported", (e) => e.dataset.n && e.classList.contains("r"), "r"],
    ["speakers", "Speaker", (e) => begins(e, "s"), "s"],
    ["acts", "Act", (e) => begins(e, "a"), "a"],
    ["names", "Name", (e) => begins(e, "n"), "n"],
    ["times", "Time", (e) => begins(e, "t"), "t"],
    ["figures", "Figure", (e) => e.dataset.f, "f"],
  ];

  function keyOf(element, name) {
    if (name === "q" || name === "r") return `q${element.dataset.n.split(" ")[0]}`;
    if (name === "f") return `f${element.dataset.f.split(" ")[0]}`;
    for (let each = element; each?.nodeType === Node.ELEMENT_NODE && each.classList.contains(name); each = each.nextSibling)
      if (each.dataset.k) return each.dataset.k.split(" ")[0];
    return null;
  }

  function highlights() {
    const on = LAYERS.filter(([layer]) => document.getElementById(`layer-${layer}`)?.checked);
    const found = [];
    for (const element of reader.querySelectorAll(".row > p > :is(span, mark)"))
      for (const [, label, is, name] of on) if (is(element)) found.push({ element, label, name });
    return found;
  }

  let at = null;

  function told({ element, label, name }) {
    const note = document.getElementById(keyOf(element, name) ?? "");
    const beside = note ? note.cloneNode(true) : null;
    beside?.querySelectorAll("details, .n-o").forEach((each) => each.remove());
    const said = beside ? beside.textContent.replace(/\s+/g, " ").trim() : "";
    return [label, said, words(element, name).slice(0, 200)].filter(Boolean).join(": ");
  }

  function go(highlight) {
    at = highlight;
    highlight.element.tabIndex = -1;
    highlight.element.focus({ preventScroll: true });
    highlight.element.scrollIntoView({ block: "center" });
    onrecord.say(told(highlight), { aloud: true });
  }

  function move(step) {
    const all = highlights();
    if (!all.length) return onrecord.say("No layer that is shown has anything in this text.");
    const now = at ? all.findIndex(({ element, name }) => element === at.element && name === at.name) : -1;
    const near = at && now < 0 ? all.findIndex(({ element }) => at.element.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) : -1;
    const next = now >= 0 ? now + step : near >= 0 ? near - (step < 0 ? 1 : 0) : step > 0 ? 0 : all.length - 1;
    go(all[Math.min(Math.max(next, 0), all.length - 1)]);
  }

  // An arrow goes the way that the text runs.
  const onward = reader.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = reader.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  onrecord.key(["j", onward], "Next highlight of the layers shown", () => move(1));
  onrecord.key(["k", back], "Highlight before", () => move(-1));

  function toNote(element) {
    const highlight = at?.element === element ? at : null;
    const key = highlight ? keyOf(element, highlight.name) : null;
    const note = key && document.getElementById(key);
    if (!note) return false;
    const folded = note.closest("details.more");
    if (folded) folded.open = true;
    note.tabIndex = -1;
    note.focus();
    return true;
  }

  function toText(note) {
    const number = note.id.slice(1);
    const sign = { q: `[data-n~="${number}"]`, f: `[data-f~="${number}"]`, a: `[data-k~="${note.id}"]` }[note.id[0]];
    const element = reader.querySelector(`.row ${sign}`);
    if (!element) return false;
    go(at && keyOf(at.element, at.name) === note.id ? at : { element, label: "", name: note.id[0] === "q" ? (element.classList.contains("q") ? "q" : "r") : note.id[0] });
    return true;
  }

  onrecord.key("Enter", "From a highlight to its note, and back", (event) => {
    if (event.target.matches(".row > p > *")) return toNote(event.target);
    return event.target.matches(".note") ? toText(event.target) : false;
  });
  reader.addEventListener("click", (event) => {
    const element = event.target.closest(".row > p > :is(span, mark)");
    if (element && getSelection().isCollapsed) at = highlights().find((each) => each.element === element) ?? at;
  });

  // -- layers and citation -----------------------------------------------------------------------------------------------
  onrecord.key("l", "Layers: open or close", () => {
    const box = reader.querySelector(".layers");
    box.open = !box.open;
    box.querySelector(box.open ? "input" : "summary").focus();
  });
  const cite = document.getElementById("cite");
  onrecord.key("c", "Cite", () => {
    cite.open = true;
    cite.querySelector("summary").focus();
    cite.scrollIntoView({ block: "nearest" });
  });
  const whole = (path) => new URL(path, location).href;
  for (const place of reader.querySelectorAll(".copied")) {
    const button = onrecord.made("button", { type: "button", className: "copy" }, "Copy");
    const text = place.href ?? place.textContent;
    button.setAttribute("aria-label", `Copy ${(place.closest("dd").previousElementSibling ?? place).textContent}`);
    button.addEventListener("click", async () => onrecord.say((await onrecord.copy(text)) ? "Copied." : "It could not be copied."));
    place.matches("dd") ? place.append(button) : place.after(button);
  }

  // -- selected words ----------------------------------------------------------------------------------------------------
  // Offsets of the record are code points; those of a selection are UTF-16 units: `[...text]` counts code points.
  const holderOf = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.("[data-start]");

  function offset(node, unit) {
    const holder = holderOf(node);
    if (!holder) return null;
    const before = document.createRange();
    before.setStart(holder, 0);
    before.setEnd(node, unit);
    return Number(holder.dataset.start) + [...before.toString()].length;
  }

  // A double click on a paragraph selects to the start of the next element, which may be the margin: then to its own end.
  function chosen(range) {
    const first = holderOf(range.startContainer);
    const start = offset(range.startContainer, range.startOffset);
    let end = offset(range.endContainer, range.endOffset);
    if (end === null && first && range.intersectsNode(first)) end = Number(first.dataset.start) + [...first.textContent].length;
    return start === null || end === null || start >= end ? null : [start, end];
  }

  function textOf([start, end]) {
    const parts = [];
    for (const holder of reader.querySelectorAll("[data-start]")) {
      const points = [...holder.textContent];
      const first = Number(holder.dataset.start);
      if (first < end && start < first + points.length) parts.push(points.slice(Math.max(0, start - first), end - first).join(""));
    }
    return parts.join("\n\n");
  }

  const document_ = reader.dataset.document;
  const offer = onrecord.made("div", { className: "offer" });
  offer.setAttribute("role", "group");
  offer.setAttribute("aria-label", "The words selected");
  let passage = null;
  const link = onrecord.made("a", {}, "Address");
  const add = onrecord.made("a", {}, "Add what is missing");
  const quote = onrecord.made("button", { type: "button" }, "Copy with reference");
  offer.append(link, quote, ...("writes" in document.body.dataset ? [add] : []));

  async function copyQuoted() {
    if (!passage) return;
    const address = `${document_}/${passage.join("-")}`;
    // The note names the document's address: of the words it is theirs.
    const note = cite.dataset.note?.replace(document_, address) ?? whole(address);
    const done = await onrecord.copy(`${textOf(passage)}\n\n${note}`);
    onrecord.say(done ? "Copied with its reference." : "It could not be copied.");
  }

  quote.addEventListener("mousedown", (event) => event.preventDefault());
  quote.addEventListener("click", copyQuoted);

  function take() {
    const selection = getSelection();
    if (offer.contains(document.activeElement)) return;
    passage = selection.isCollapsed || !selection.rangeCount ? null : chosen(selection.getRangeAt(0));
    if (!passage) return offer.remove();
    link.href = `${document_}/${passage.join("-")}`;
    add.href = `${link.href}/add`;
    if (!offer.isConnected) document.body.append(offer);
  }
  document.addEventListener("selectionchange", take);

  // A browser tells of a selection a moment later: a quick key looks for itself.
  onrecord.key("r", "Copy the selected words with their reference", () => {
    take();
    return passage ? void copyQuoted() : false;
  });

  // On paper every note is open: there is nothing to click.
  const opened = [];
  addEventListener("beforeprint", () => {
    for (const folded of reader.querySelectorAll("details.more:not([open]), .cite:not([open])")) { folded.open = true; opened.push(folded); }
  });
  addEventListener("afterprint", () => { while (opened.length) opened.pop().open = false; });
}
