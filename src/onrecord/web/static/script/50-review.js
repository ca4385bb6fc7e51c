// Review by keys: each is the name of something on the page that can be pressed, so all of it works without this file.
// The next card comes by fetch, so that a decision costs no new page; what was done is announced.
if (document.body.classList.contains("review")) {
  const main = document.getElementById("content");
  const on = () => { try { return localStorage.getItem("keys") !== "off"; } catch { return true; } };

  const dress = () => {
    for (const each of main.querySelectorAll("[hidden].help")) each.hidden = false;
    const box = document.getElementById("keys-on");
    if (!box) return;
    box.checked = on();
    box.addEventListener("change", () => { try { localStorage.setItem("keys", box.checked ? "on" : "off"); } catch { /* no storage */ } });
  };

  const put = (page, address, was) => {
    const found = new DOMParser().parseFromString(page, "text/html");
    const next = found.getElementById("content");
    if (!next || !found.body.classList.contains("review")) {
      main.replaceChildren(...(next ? next.childNodes : []));
      return;
    }
    // The region that is announced stays, and only its words change: a new one would not be read out.
    const region = main.querySelector(".news");
    const news = next.querySelector(".news");
    const said = news ? news.textContent : "";
    if (region && news) news.replaceWith(region);
    main.replaceChildren(...next.childNodes);
    document.title = found.title;
    const clean = new URL(address);
    clean.searchParams.delete("done");
    clean.searchParams.delete("undone");
    if (was !== clean.href) history.pushState(null, "", clean);
    dress();
    const asked = document.getElementById("asked");
    if (asked) asked.focus({ preventScroll: true });
    scrollTo(0, 0);
    if (region) region.textContent = said ? `${said} ${asked ? asked.textContent : ""}` : asked ? asked.textContent : "";
    if (region && said) region.dataset.done = "1";
  };

  let busy = false;

  const ask = async (address, options) => {
    if (busy) return;
    busy = true;
    document.body.classList.add("busy");
    try {
      const answer = await fetch(address, { credentials: "same-origin", ...options });
      put(await answer.text(), answer.url, location.href);
    } catch {
      const region = main.querySelector(".news");
      if (region) region.textContent = "The archive did not answer. Is it still served? Nothing was entered.";
    } finally {
      busy = false;
      document.body.classList.remove("busy");
    }
  };

  const token = () => (document.querySelector('meta[name="csrf-token"]') || {}).content || "";

  main.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.closest("dialog")) return;
    event.preventDefault();
    const fields = new URLSearchParams(new FormData(form, event.submitter));
    ask(form.action, { method: "POST", body: fields, headers: { "x-csrf-token": token() } });
  });

  main.addEventListener("click", (event) => {
    if (event.target.closest(".help")) main.querySelector("dialog.keys").showModal();
    const link = event.target.closest(".along a, a[data-step]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ask(link.href);
  });

  addEventListener("popstate", () => ask(location.href));

  const correct = () => main.querySelector("details.correct");

  const open = () => {
    const details = correct();
    if (!details) return;
    details.open = true;
    const first = details.querySelector(".pick, input:not([type=hidden]), select, a.button, button:not(:disabled)");
    if (first) first.focus();
  };

  const step = (key) => {
    const rtl = main.querySelector(".passage") && getComputedStyle(main.querySelector(".passage")).direction === "rtl";
    const way = (key === "ArrowRight") !== Boolean(rtl) ? "longer" : "shorter";
    const link = main.querySelector(`a[data-step="${way}"]`);
    if (link) ask(link.href);
    return Boolean(link);
  };

  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") || !on()) return;
    const details = correct();
    if (event.key === "Escape" && details && details.open) {
      details.open = false;
      document.getElementById("asked").focus();
      return;
    }
    if (typing) return;
    const pressed = event.target.closest("button, a, summary");
    if (pressed && (event.key === " " || event.key === "Enter")) return;
    if (details && details.open && details.querySelector("[data-step]") && /^Arrow(Left|Right)$/.test(event.key)) {
      event.preventDefault();
      step(event.key);
      return;
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "e") { event.preventDefault(); open(); return; }
    const within = details && details.open && /^[0-9]$|^Enter$/.test(key) ? details : main;
    if (within === main && /^[0-9]$|^Enter$/.test(key)) return;
    const found = [...within.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key && !one.disabled);
    if (!found) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    found.click();
  }, true);

  dress();
}
