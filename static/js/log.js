// The log page, made smoother: everything here is an extra, the form is whole without it.
(() => {
  const form = document.querySelector("form[data-log]");
  if (!form) return;
  const opened = Date.now();
  const two = number => String(number).padStart(2, "0");

  // The time on the button, and the moment sent unless it was chosen by hand, go on from what the server said.
  const when = form.querySelector("[data-now]");
  const said = form.querySelector("time[data-clock]");
  const start = when && new Date(when.value);
  let chosen = !when || isNaN(start);
  when?.addEventListener("input", () => { chosen = true; said?.closest("[data-today]")?.setAttribute("hidden", ""); });
  const tick = () => {
    if (chosen) return;
    const now = new Date(start.getTime() + Date.now() - opened);
    const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    const time = `${two(now.getHours())}:${two(now.getMinutes())}`;
    when.value = `${day}T${time}`;
    if (said) { said.textContent = time; said.dateTime = when.value; }
  };
  tick();
  setInterval(tick, 15000);
  addEventListener("visibilitychange", tick);

  // An area that is let go lets go of its sub-types.
  form.addEventListener("change", event => {
    const area = event.target.closest(".area > .chip")?.parentElement;
    if (area && !event.target.checked) for (const sub of area.querySelectorAll(".subs input")) sub.checked = false;
  });

  // One form is one contact: its key stays the same, so a second tap can only say the same thing again; it is not even sent.
  const button = form.querySelector("button[type=submit]");
  let sending = false;
  form.addEventListener("submit", event => {
    if (sending) { event.preventDefault(); return; }
    tick();
    sending = true;
    button?.setAttribute("aria-disabled", "true");
  });
  addEventListener("pageshow", () => { sending = false; button?.removeAttribute("aria-disabled"); });

  const refused = document.getElementById("errors");

  // Words typed and not sent are not lost by a slip of the thumb; they are never stored in clear either.
  addEventListener("beforeunload", event => {
    const leaving = sending || "leaving" in document.documentElement.dataset;
    if (!leaving && [...form.querySelectorAll("textarea")].some(box => box.value !== (refused ? "" : box.defaultValue))) event.preventDefault();
  });

  // What was refused is in sight, even where it was folded away.
  for (const bad of form.querySelectorAll("[aria-invalid=true], [data-wrong]")) bad.closest("details")?.setAttribute("open", "");
})();
