// Import: files dropped anywhere on the page are chosen in the form; a page of a running import follows it.

const form = document.querySelector(".import-form");

function size(bytes) {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

// All files of what was dropped, those inside folders too.
async function filesOf(entry) {
  if (entry.isFile) return [await new Promise((found, lost) => entry.file(found, lost))];
  const reader = entry.createReader();
  const all = [];
  for (;;) {
    const some = await new Promise((found, lost) => reader.readEntries(found, lost));
    if (!some.length) return all;
    for (const each of some) all.push(...await filesOf(each));
  }
}

async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files];
  return (await Promise.all(entries.map(filesOf))).flat().filter((file) => !file.name.startsWith("."));
}

if (form) {
  const input = form.querySelector("#files");
  const drop = form.querySelector(".drop");
  const list = form.querySelector(".chosen-files");
  const button = form.querySelector("button");
  let depth = 0;
  form.querySelector(".by-script").hidden = false;

  const show = () => {
    const files = [...input.files];
    const total = files.reduce((sum, file) => sum + file.size, 0);
    const large = files.filter((file) => file.size > Number(drop.dataset.fileLimit));
    const lines = files.slice(0, 12).map((file) => {
      const line = document.createElement("li");
      const name = document.createElement("bdi");
      name.textContent = file.name;
      line.append(name, ` · ${size(file.size)}`);
      return line;
    });
    const names = document.createElement("ul");
    names.append(...lines);
    const said = document.createElement("p");
    said.textContent = files.length ? `${files.length === 1 ? "1 file" : `${files.length} files`}, ${size(total)}` : "";
    list.replaceChildren(...(files.length ? [said, names] : []));
    const wrong = large.length ? `${large[0].name} is too large.`
      : total > Number(drop.dataset.limit) ? "Together these are too large." : "";
    input.setCustomValidity(wrong);
    if (wrong) input.reportValidity();
  };

  input.addEventListener("change", show);
  const over = (on) => drop.classList.toggle("over", on);
  document.addEventListener("dragenter", (event) => { event.preventDefault(); depth += 1; over(true); });
  document.addEventListener("dragleave", () => { depth -= 1; over(depth > 0); });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    depth = 0;
    over(false);
    const chosen = new DataTransfer();
    for (const file of [...input.files, ...await dropped(event.dataTransfer)]) chosen.items.add(file);
    input.files = chosen.files;
    show();
    button.focus();
  });
  form.addEventListener("submit", () => { button.textContent = "Sending …"; button.disabled = true; });
  addEventListener("pageshow", () => { button.textContent = "Import"; button.disabled = false; show(); });
}

async function follow(job) {
  const answer = await fetch(location.href);
  if (!answer.ok) return location.reload();
  const now = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("job");
  if (!now || !("running" in now.dataset)) return location.reload();
  if (now.textContent !== job.textContent) job.replaceChildren(...now.childNodes);
  setTimeout(() => follow(job), 500);
}

const running = document.querySelector("#job[data-running]");
if (running) setTimeout(() => follow(running), 300);
