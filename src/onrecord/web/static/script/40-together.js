// Dragging over the columns of time chooses days; the form under them says them, and is sent. A row is shown by pointing
// at its name. All of it can be had without this file, by a column's link and by the form.
const brush = document.querySelector(".brush");

if (brush) {
  document.documentElement.classList.add("scripted");
  const bins = [...brush.children];
  const form = brush.parentElement.querySelector("form");
  let first = null;
  let last = null;
  let dragged = false;

  const binAt = (event) => bins.findIndex((bin, at) => {
    const box = bin.getBoundingClientRect();
    return event.clientX < box.right || at === bins.length - 1;
  });
  const ends = () => [Math.min(first, last), Math.max(first, last)];
  const paint = () => bins.forEach((bin, at) => {
    bin.classList.toggle("over", first !== null && at >= ends()[0] && at <= ends()[1]);
  });

  brush.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    first = last = binAt(event);
    dragged = false;
  });
  addEventListener("pointermove", (event) => {
    if (first === null) return;
    last = binAt(event);
    dragged ||= last !== first;
    if (dragged) paint();
  });
  addEventListener("pointerup", () => {
    if (first !== null && dragged) {
      const [from, to] = ends();
      form.elements.since.value = bins[from].dataset.since;
      form.elements.until.value = bins[to].dataset.until;
      form.requestSubmit();
    }
    first = null;
    paint();
  });
  addEventListener("pointercancel", () => { first = null; paint(); });
  brush.addEventListener("dragstart", (event) => event.preventDefault());
  brush.addEventListener("click", (event) => { if (dragged) event.preventDefault(); });
}

const rows = document.querySelector(".of-names");

if (rows) {
  const columns = [...document.querySelectorAll(".column")];
  const show = (name) => {
    const row = name && name.dataset.row;
    for (const column of columns) {
      column.classList.toggle("faint", Boolean(name) && !column.querySelector(`[data-row="${row}"]`));
    }
  };
  for (const [begin, end] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    rows.addEventListener(begin, (event) => show(event.target.closest(".row-name")));
    rows.addEventListener(end, () => show(null));
  }
}
