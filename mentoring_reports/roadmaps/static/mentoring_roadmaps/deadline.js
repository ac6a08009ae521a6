/* The reading of a deadline while one types it; kind and dates follow until somebody sets them by hand. The form works
   the same without: it is read when it is saved. */
(() => {
  "use strict";

  function start(box) {
    const form = box.closest("form");
    const field = (name) => form.elements.namedItem(name);
    const text = field("deadline_text");
    if (!text) return;
    const result = box.querySelector("[data-result]");
    const take = box.querySelector("[data-take]");
    const words = box.querySelector("[data-words]").innerHTML;
    const follows = { value: !field("starts_on").value && !field("ends_on").value };
    let last = null;
    let waiting = 0;
    let number = 0;

    function fill() {
      const values = { deadline_kind: last.kind, starts_on: last.shown_start, ends_on: last.shown_end };
      Object.entries(values).forEach(([name, value]) => {
        field(name).value = value;
        field(name).dispatchEvent(new CustomEvent("change", { bubbles: true, detail: "reading" }));
      });
    }

    function show() {
      const line = document.createElement("p");
      const strong = document.createElement("strong");
      strong.textContent = `${words} `;
      const reading = last.reading === last.kind_words ? last.reading : `${last.kind_words}, ${last.reading}`;
      line.append(strong, reading);
      const list = document.createElement("ul");
      list.className = "deadline-reading__doubts";
      list.append(...last.doubts.map((doubt) => Object.assign(document.createElement("li"), { textContent: doubt })));
      result.replaceChildren(line, ...(last.doubts.length ? [list] : []));
      take.hidden = follows.value;
    }

    async function ask() {
      const mine = ++number;
      const query = new URLSearchParams({ text: text.value, section: field("section").value });
      try {
        const answer = await fetch(`${box.dataset.url}?${query}`, { headers: { Accept: "application/json" } });
        if (!answer.ok || mine !== number) return;
        last = await answer.json();
      } catch {
        return; // no connection: the text is read when it is saved
      }
      show();
      if (follows.value) fill();
    }

    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 250);
    };
    text.addEventListener("input", soon);
    field("section").addEventListener("change", soon);
    ["deadline_kind", "starts_on", "ends_on"].forEach((name) => {
      field(name).addEventListener("change", (event) => {
        if (event.detail === "reading") return;
        follows.value = false;
        take.hidden = last === null;
      });
    });
    take.addEventListener("click", () => {
      fill();
      follows.value = true;
      take.hidden = true;
      text.focus();
    });
  }

  document.querySelectorAll("[data-deadline-reading]").forEach(start);
})();
