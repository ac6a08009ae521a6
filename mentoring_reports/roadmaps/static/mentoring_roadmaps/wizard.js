/* Comforts of the preview: a deadline is read while one types it, and the keyboard is back at the row that was worked
   on. Without scripts the reading comes with the next press of a button. */
(() => {
  "use strict";

  const form = document.querySelector("[data-wizard]");
  if (!form) return;

  const day = (name) => form.elements.namedItem(`plan-${name}`)?.value ?? "";

  async function read(field) {
    const query = new URLSearchParams({ text: field.value, start: day("start"), end: day("end") });
    try {
      const answer = await fetch(`${form.dataset.readingUrl}?${query}`, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const found = await answer.json();
      const words = found.reading === found.kind_words ? found.reading : `${found.kind_words}, ${found.reading}`;
      const doubts = field.value.trim() ? found.doubts : [];
      field.parentElement.querySelector("[data-words]").textContent = [words, ...doubts].join(". ");
    } catch {
      // no connection: the text is read when it is kept
    }
  }

  form.querySelectorAll("[data-deadline]").forEach((field) => {
    let waiting = 0;
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(read, 250, field);
    });
  });

  if (/^#row-\d+$/.test(window.location.hash)) document.querySelector(window.location.hash)?.focus();
})();
