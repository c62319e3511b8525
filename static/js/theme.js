// Light, dark, or as the device has it: kept in a cookie of this device, so the next page is drawn right from the start.
(() => {
  const choice = document.querySelector("[data-theme-switch]");
  if (!choice) return;
  choice.hidden = false;
  choice.addEventListener("change", event => {
    const theme = event.target.value;
    const secure = location.protocol === "https:" ? ";secure" : "";
    document.cookie = `theme=${theme};path=/;max-age=${theme ? 31536000 : 0};samesite=lax${secure}`;
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  });
})();
