// Suggestions while typing, in the fields of a page that ask for them. Without this file the forms work as they are.
"use strict";
{
  const DELAY_MS = 150, LIMIT = 8, MIN_LENGTH = 2;
  let fields = 0;

  const createElement = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  // A field that is to `open` leads to the page of what is chosen; any other takes its id.
  const addSuggestions = (input) => {
    const { form } = input;
    const messages = JSON.parse(form.dataset.suggestionMessages);
    const id = `suggestions-${++fields}`;
    const list = createElement("ul", { id, class: "suggestions", role: "listbox", "aria-label": messages.label, hidden: "" });
    const status = createElement("p", { class: "visually-hidden", role: "status" });
    const field = createElement("div", { class: "suggest-field" });
    let timer, request, hits = [], active = -1;

    input.before(field);
    field.append(input, list, status);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", id);

    const option = (hit, index) => {
      const name = createElement("span", { class: "name", dir: "auto" }, hit.name);
      const line = createElement("span", {}, name, " ", createElement("span", { class: "chip chip--type" }, messages.types[hit.type]));
      const item = createElement("li", { id: `${id}-${index}`, role: "option", "aria-selected": "false" }, line);
      item.classList.toggle("uncertain-match", hit.suggestion);
      if (hit.match_type !== "name" || hit.matched_text !== hit.name) {
        const matched = createElement("q", { dir: "auto" }, hit.matched_text);
        item.append(createElement("span", { class: "text-small text-muted" }, messages.match_types[hit.match_type], " ", matched));
      }
      item.addEventListener("click", () => choose(index));
      return item;
    };

    const choose = (index) => {
      if (input.dataset.suggest !== "open") {
        input.value = hits[index].id;
        close();
        return;
      }
      const address = new URL(`/entities/${hits[index].id}`, location.origin);
      const lang = form.elements.namedItem("lang");
      if (lang) address.searchParams.set("lang", lang.value);
      location.assign(address);
    };

    const setActive = (index) => {
      active = index;
      [...list.children].forEach((item, position) => item.setAttribute("aria-selected", String(position === index)));
      if (index < 0) {
        input.removeAttribute("aria-activedescendant");
      } else {
        input.setAttribute("aria-activedescendant", list.children[index].id);
        list.children[index].scrollIntoView({ block: "nearest" });
      }
    };

    const show = (newHits) => {
      hits = newHits;
      list.replaceChildren(...hits.map(option));
      setActive(-1);
      list.hidden = !hits.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
    };

    const close = () => {
      clearTimeout(timer);
      request?.abort();
      status.textContent = "";
      show([]);
    };

    const fetchSuggestions = async () => {
      request?.abort();
      request = new AbortController();
      const { signal } = request;
      const params = new URLSearchParams({ q: input.value, limit: LIMIT });
      for (const [name, value] of new FormData(form)) {
        if (value && (name === "type" || name === "exact")) params.set(name, value);
      }
      try {
        const response = await fetch(`/api/v1/search?${params}`, { signal, headers: { Accept: "application/json" } });
        const newHits = response.ok ? (await response.json()).data : [];
        show(newHits);
        status.textContent = (newHits.length === 1 ? messages.one : messages.many).replace("{n}", String(newHits.length));
      } catch {
        // The next letter was typed, or the server cannot be reached: the form still works.
        if (!signal.aborted) close();
      }
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      if (input.value.trim().length < MIN_LENGTH) close();
      else timer = setTimeout(fetchSuggestions, DELAY_MS);
    });

    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      const last = hits.length - 1;
      if (event.key === "ArrowDown") setActive(active < last ? active + 1 : -1);
      else if (event.key === "ArrowUp") setActive(active < 0 ? last : active - 1);
      else if (event.key === "Enter" && active >= 0) choose(active);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });

    // A press on the list must not take the focus from the field, which would close the list before the click.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    input.addEventListener("blur", close);
    form.addEventListener("submit", close);
  };

  document.querySelectorAll("form[data-suggestion-messages] input[data-suggest]").forEach(addSuggestions);
}
