// Review by keys: each presses something that stands on the page, so all of it works without this file. The next card
// comes by fetch, so that a decision costs no new page; what was done, and what is asked next, is announced.
if (document.body.classList.contains("review")) {
  const main = document.getElementById("content");
  let busy = false;
  let asked = location.search;

  function put(text, address) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const next = page.getElementById("content");
    if (!next || !page.body.classList.contains("review")) {
      // Something else comes first: a name is asked for, a session is over, something is wrong.
      document.body.className = page.body.className;
      if (next) main.replaceChildren(...next.childNodes);
      main.focus();
      return;
    }
    main.replaceChildren(...next.childNodes);
    document.title = page.title;
    const clean = new URL(address);
    clean.searchParams.delete("done");
    clean.searchParams.delete("undone");
    if (clean.href !== location.href) history.pushState(null, "", clean);
    scrollTo(0, 0);
    asked = location.search;
    const question = document.getElementById("asked");
    question?.focus({ preventScroll: true });
    const news = main.querySelector(".news");
    onrecord.say([news, question].map((each) => each?.textContent.trim()).filter(Boolean).join(" "), { aloud: true });
  }

  async function ask(address, options = {}) {
    if (busy) return;
    busy = true;
    main.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { credentials: "same-origin", ...options });
      put(await answer.text(), answer.url);
    } catch {
      onrecord.say("The archive did not answer. Is it still served? Nothing was entered.");
    } finally {
      busy = false;
      main.removeAttribute("aria-busy");
    }
  }

  main.addEventListener("submit", (event) => {
    const form = event.target;
    // Who has no name yet is asked for it first, on a page of its own.
    if (form.method !== "post" || !main.querySelector("[data-person]")) return;
    event.preventDefault();
    const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
    ask(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)), headers: { "x-csrf-token": token } });
  });

  main.addEventListener("click", (event) => {
    const link = event.target.closest(".along a, a[data-step]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ask(link.href);
  });

  // A link within the page comes here too; the question is the same.
  addEventListener("popstate", () => { if (location.search !== asked) ask(location.href); });

  const correction = () => main.querySelector("details.correct");

  function press(name, within = main) {
    const found = [...(within?.querySelectorAll("[data-key]") ?? [])].find((each) => each.dataset.key === name && !each.disabled);
    if (!found) return false;
    found.click();
  }

  // Space and Enter on a button or a link are the button's own.
  const natively = (event) => Boolean(event.target.closest("button, a, summary"));

  function correct() {
    const details = correction();
    if (!details) return false;
    details.open = true;
    details.querySelector(".pick, a.button, select, input:not([type=hidden])")?.focus();
  }

  function close() {
    const details = correction();
    if (!details?.open) return false;
    details.open = false;
    document.getElementById("asked")?.focus();
  }

  function step(onward) {
    const details = correction();
    if (!details?.open) return false;
    const passage = main.querySelector(".passage");
    const turned = passage && getComputedStyle(passage).direction === "rtl";
    const link = details.querySelector(`a[data-step="${onward !== turned ? "longer" : "shorter"}"]`);
    if (!link) return false;
    ask(link.href);
  }

  onrecord.key("a", "Right; of two names: the same", () => press("a"));
  onrecord.key("x", "Wrong; of two names: different", () => press("x"));
  onrecord.key(" ", "Not sure", (event) => (natively(event) ? false : press(" ")));
  onrecord.key("e", "Correct it", correct);
  onrecord.key([..."1234567890"], "While it is corrected: choose", (event) => (correction()?.open ? press(event.key, correction()) : false));
  onrecord.key("ArrowLeft", "While an end is corrected: move it", () => step(false));
  onrecord.key("ArrowRight", "While an end is corrected: move it the other way", () => step(true));
  onrecord.key("Enter", "Keep the end that was moved", (event) => (natively(event) || !correction()?.open ? false : press("Enter", correction())));
  onrecord.key("Escape", "Close the correction", close);
  onrecord.key("u", "Undo my last decision", () => press("u"));
  onrecord.key("j", "Next question", () => press("j"));
  onrecord.key("k", "Question before", () => press("k"));
  onrecord.key("n", "Write a note", () => { const box = document.getElementById("note"); if (!box) return false; box.focus(); });
}
