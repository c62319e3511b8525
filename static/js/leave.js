// Leave: the page is blank at once, the session is locked behind it, and Back shows nothing.
(() => {
  const form = document.querySelector("[data-leave]");
  const leave = () => {
    const root = document.documentElement;
    root.dataset.leaving = "";
    if (form) navigator.sendBeacon(form.action, new FormData(form));
    document.body.hidden = true;
    document.body.replaceChildren();
    document.title = "\u00a0";
    location.replace(form ? form.dataset.away : "/");
  };
  form?.addEventListener("submit", event => { event.preventDefault(); leave(); });
  let presses = [];
  addEventListener("keydown", event => {
    if (event.key !== "Shift") { presses = []; return; }
    if (event.repeat) return;
    presses = [...presses.filter(at => event.timeStamp - at < 1500), event.timeStamp];
    if (presses.length === 3) leave();
  });
  addEventListener("pageshow", event => { if (event.persisted) location.reload(); });
})();
