// Comforts only: everything on these pages works without this file.
// Layers stay as they were chosen · J and K move between quotations · selected words offer their address.
const quotations = [...document.querySelectorAll("[data-n]")];

for (const box of document.querySelectorAll(".layers input")) {
  try {
    if (localStorage.getItem(box.id) === "off") box.checked = false;
    box.addEventListener("change", () => localStorage.setItem(box.id, box.checked ? "on" : "off"));
  } catch { /* no storage: the boxes work all the same */ }
}

let at = -1;

function move(step) {
  if (!quotations.length) return;
  at = Math.min(Math.max(at + step, 0), quotations.length - 1);
  const quotation = quotations[at];
  quotation.tabIndex = -1;
  quotation.focus({ preventScroll: true });
  quotation.scrollIntoView({ block: "center" });
}

onrecord.key("j", "Next quotation", () => move(1));
onrecord.key("k", "Quotation before", () => move(-1));

// Offsets of the record are code points; those of a selection are UTF-16 units: `[...text]` counts code points.
function offset(node, unit) {
  const holder = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!holder) return null;
  const before = document.createRange();
  before.setStart(holder, 0);
  before.setEnd(node, unit);
  return Number(holder.dataset.start) + [...before.toString()].length;
}

const offer = document.createElement("a");
offer.className = "offer";
offer.textContent = "Address of these words";

document.addEventListener("selectionchange", () => {
  const text = document.querySelector(".text");
  const selection = getSelection();
  offer.remove();
  if (!text || selection.isCollapsed || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  const start = offset(range.startContainer, range.startOffset);
  const end = offset(range.endContainer, range.endOffset);
  if (start === null || end === null || start >= end) return;
  offer.href = `${location.pathname}/${start}-${end}`;
  document.body.append(offer);
});
