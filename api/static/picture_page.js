// Keeps in step with a picture what leads elsewhere from it: links, the form, the address to copy, the snippet to embed.
(() => {
  "use strict";
  const VIEW_PARAMS = ["expand", "hide", "moved", "find", "choice", "at"];

  function updateLinks() {
    const params = new URLSearchParams(location.search);
    for (const link of document.querySelectorAll("a[hreflang], a[data-view]")) {
      const address = new URL(link.href);
      for (const name of VIEW_PARAMS) {
        if (params.get(name)) address.searchParams.set(name, params.get(name));
        else address.searchParams.delete(name);
      }
      link.href = address.href;
    }
    for (const name of ["expand", "hide", "find"]) {
      const field = document.querySelector(`form input[type=hidden][name=${name}]`);
      if (!field) continue;
      field.value = params.get(name) ?? "";
      field.disabled = !field.value;
    }
    const address = document.getElementById("address");
    const snippet = document.getElementById("snippet");
    if (!address) return;
    address.value = location.origin + location.pathname + location.search;
    const source = `${location.origin}/embed/picture${location.search}`.replaceAll("&", "&amp;");
    snippet.value = snippet.value.replace(/src="[^"]*"/, () => `src="${source}"`);
  }

  async function copy(button) {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
    else document.execCommand("copy");
    button.textContent = button.dataset.copiedLabel;
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
  document.addEventListener("viewchange", updateLinks);
  updateLinks();
})();
