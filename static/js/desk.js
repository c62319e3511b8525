// The desk, made quicker: keys, counters, dialogs, files on their way. Every page works without it.
(() => {
  // The policy of the pages refuses text as markup unless a policy vouches for it. Markup may be put in: it comes from our own
  // server and brings no script, for script and its addresses stay refused.
  globalThis.trustedTypes?.createPolicy("default", { createHTML: text => text });

  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = selector => document.querySelector(selector);

  // What htmx puts in and what was there from the start are prepared alike.
  const prepare = root => {
    for (const button of all("[data-step], [data-dismiss], [data-keys]", root)) button.hidden = false;
    const summary = root.querySelector?.("[data-focus]");
    if (summary) summary.focus();
  };

  document.addEventListener("click", event => {
    const near = selector => event.target.closest?.(selector);
    const step = near("[data-step]");
    if (step) {
      const box = document.getElementById(step.getAttribute("aria-controls"));
      if (Number(step.dataset.step) > 0) box.stepUp(); else box.stepDown();
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    near("[data-dismiss]")?.closest(".said").remove();
    if (near("[data-keys]")) keys();
    const opener = near("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog) { event.preventDefault(); dialog.showModal(); }
    if (near("dialog [data-close]")) near("dialog").close();
    for (const open of all("details.menu[open], .dock details[open]")) if (!open.contains(event.target)) open.open = false;
  });

  // Keys
  const off = one("[data-keys-off]");
  if (off) {
    off.checked = localStorage.getItem("keys") === "off";
    off.addEventListener("change", () => { if (off.checked) localStorage.setItem("keys", "off"); else localStorage.removeItem("keys"); });
  }
  const keys = () => one("#keys")?.showModal();
  const rows = () => all("[data-list] .pick, tbody[data-list] th a, [data-list] .cand button");
  const move = by => {
    const list = rows();
    if (!list.length) return;
    const here = list.indexOf(document.activeElement);
    const from = here < 0 ? list.findIndex(row => row.hasAttribute("aria-current")) : here;
    const next = list[Math.min(Math.max(from + by, 0), list.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };
  const press = deed => {
    const near = document.activeElement?.closest("li, tr, article, section")?.querySelector(`[data-do="${deed}"]`);
    (near ?? one(`#messages [data-do="${deed}"]`) ?? one(`[data-do="${deed}"]`))?.click();
  };
  const find = () => {
    const target = one("[data-find]");
    if (target?.matches("input")) target.focus(); else target?.click();
  };
  const deeds = { "/": find, "?": keys, j: () => move(1), k: () => move(-1), p: () => press("propose"), u: () => press("undo") };
  let going = -Infinity;
  addEventListener("keydown", event => {
    if (event.key === "Escape") { for (const open of all("details.menu[open], .dock details[open]")) { open.open = false; open.querySelector("summary").focus(); } return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || off?.checked) return;
    if (event.target.closest?.("input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable], dialog")) return;
    if (event.timeStamp - going < 1200) {
      going = -Infinity;
      const link = one(`[data-go="${CSS.escape(event.key)}"]`);
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    if (event.key === "g") { going = event.timeStamp; return; }
    const deed = deeds[event.key];
    if (deed) { event.preventDefault(); deed(); }
  });

  const rest = () => { delete document.documentElement.dataset.busy; };

  // Files: a place to drop them, and how far they are.
  for (const type of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(type, event => {
      const drop = event.target.closest?.("[data-drop]");
      if (!drop) return;
      event.preventDefault();
      drop.classList.toggle("over", type === "dragenter" || type === "dragover");
      if (type !== "drop") return;
      const box = drop.querySelector("input[type=file]");
      box.files = event.dataTransfer.files;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  document.addEventListener("submit", event => {
    const form = event.target;
    const bar = form.querySelector?.("[data-drop] progress");
    if (event.defaultPrevented) return;
    if (!bar || ![...form.querySelectorAll("input[type=file]")].some(box => box.files.length)) {
      document.documentElement.dataset.busy = "";
      setTimeout(rest, 10000);  // a file that is fetched leaves the page standing
      return;
    }
    event.preventDefault();
    const request = new XMLHttpRequest();
    bar.hidden = false;
    bar.value = 0;
    request.upload.onprogress = sent => { if (sent.lengthComputable) bar.value = 100 * sent.loaded / sent.total; else bar.removeAttribute("value"); };
    request.onload = () => {
      if (request.status < 300 && request.responseURL !== form.action) { location.assign(request.responseURL); return; }
      const answer = new DOMParser().parseFromString(request.responseText, "text/html");
      one("#main").replaceChildren(...answer.querySelector("#main").childNodes);
      document.title = answer.title;
      prepare(one("#main"));
    };
    request.onerror = () => { bar.hidden = true; form.submit(); };
    request.open("POST", form.action);
    request.send(new FormData(form));
  });
  addEventListener("pageshow", rest);

  document.addEventListener("htmx:after:swap", () => prepare(document));
  prepare(document);
})();
