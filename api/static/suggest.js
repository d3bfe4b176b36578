// Suggestions while typing, in the fields of a page that ask for them. Without this file the forms work as they are.
"use strict";
{
  const WAIT = 150, MOST = 8, SHORTEST = 2;
  let fields = 0;

  const made = (tag, attributes, ...inside) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  };

  // A field that is to `open` leads to the page of what is chosen; any other takes its id.
  const suggesting = (input) => {
    const { form } = input;
    const told = JSON.parse(form.dataset.told);
    const id = `suggestions-${++fields}`;
    const list = made("ul", { id, class: "suggestions", role: "listbox", "aria-label": told.label, hidden: "" });
    const status = made("p", { class: "hidden", role: "status" });
    const field = made("div", { class: "suggesting" });
    let timer, asked, hits = [], active = -1;

    input.before(field);
    field.append(input, list, status);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", id);

    const option = (hit, place) => {
      const name = made("span", { class: "name", dir: "auto" }, hit.name);
      const line = made("span", {}, name, " ", made("span", { class: "chip type" }, told.types[hit.type]));
      const item = made("li", { id: `${id}-${place}`, role: "option", "aria-selected": "false" }, line);
      item.classList.toggle("unsure", hit.suggestion);
      if (hit.how !== "name" || hit.matched !== hit.name) {
        const matched = made("q", { dir: "auto" }, hit.matched);
        item.append(made("span", { class: "small pale" }, told.ways[hit.how], " ", matched));
      }
      item.addEventListener("click", () => choose(place));
      return item;
    };

    const choose = (place) => {
      if (input.dataset.suggest !== "open") {
        input.value = hits[place].id;
        close();
        return;
      }
      const address = new URL(`/entities/${hits[place].id}`, location.origin);
      const lang = form.elements.namedItem("lang");
      if (lang) address.searchParams.set("lang", lang.value);
      location.assign(address);
    };

    const mark = (place) => {
      active = place;
      [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === place)));
      if (place < 0) {
        input.removeAttribute("aria-activedescendant");
      } else {
        input.setAttribute("aria-activedescendant", list.children[place].id);
        list.children[place].scrollIntoView({ block: "nearest" });
      }
    };

    const show = (found) => {
      hits = found;
      list.replaceChildren(...hits.map(option));
      mark(-1);
      list.hidden = !hits.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
    };

    const close = () => {
      clearTimeout(timer);
      asked?.abort();
      status.textContent = "";
      show([]);
    };

    const ask = async () => {
      asked?.abort();
      asked = new AbortController();
      const { signal } = asked;
      const wanted = new URLSearchParams({ q: input.value, limit: MOST });
      for (const [name, value] of new FormData(form)) {
        if (value && (name === "type" || name === "exact")) wanted.set(name, value);
      }
      try {
        const response = await fetch(`/api/v1/search?${wanted}`, { signal, headers: { Accept: "application/json" } });
        const found = response.ok ? (await response.json()).data : [];
        show(found);
        status.textContent = (found.length === 1 ? told.one : told.many).replace("{n}", String(found.length));
      } catch {
        // The next letter was typed, or the server cannot be reached: the form still works.
        if (!signal.aborted) close();
      }
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      if (input.value.trim().length < SHORTEST) close();
      else timer = setTimeout(ask, WAIT);
    });

    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      const last = hits.length - 1;
      if (event.key === "ArrowDown") mark(active < last ? active + 1 : -1);
      else if (event.key === "ArrowUp") mark(active < 0 ? last : active - 1);
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

  document.querySelectorAll("form[data-told] input[data-suggest]").forEach(suggesting);
}
