/* The report form: indicators and findings recalculated by the server as one types, rows behind a count shown in
   place. Everything here also works without it, by the form's buttons. */
(() => {
  "use strict";
  const form = document.getElementById("report-form");
  if (!form) return;
  const DELAY = 500;
  let timer;
  let running;

  const plain = (text) => text.replace(/\s/g, "").replace(".", ",");

  function put(holder, html) {
    if (!holder || holder.contains(document.activeElement) || holder.dataset.html === html) return;
    holder.innerHTML = html;
    holder.dataset.html = html;
  }

  function show(result) {
    put(form.querySelector("[data-summary]"), result.summary);
    for (const [code, pieces] of Object.entries(result.groups)) {
      put(form.querySelector(`[data-progress="${code}"]`), pieces.progress);
      put(form.querySelector(`[data-indicators="${code}"]`), pieces.indicators);
    }
    for (const [code, row] of Object.entries(result.rows)) {
      const holder = form.querySelector(`[data-row="${code}"]`);
      if (!holder) continue;
      put(holder.querySelector("[data-findings]"), row.findings);
      holder.classList.toggle("report-row--overruled", row.overruled);
      holder.classList.toggle("report-row--error", row.wrong);
      holder.querySelector(".report-row__input input").setAttribute("aria-invalid", String(row.wrong));
    }
  }

  async function recalculate() {
    running?.abort();
    running = new AbortController();
    try {
      const answer = await fetch(form.dataset.preview, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "XMLHttpRequest" },
        signal: running.signal,
      });
      if (answer.ok) show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") console.warn(error);
    }
  }

  function offerReason(row) {
    const box = row.querySelector("[data-count]");
    const details = row.querySelector("[data-reason]");
    if (!box || !details) return;
    const differs = plain(box.value) !== plain(box.dataset.count);
    const written = details.querySelector("textarea").value.trim() !== "";
    details.hidden = !differs && !written;
    if (differs) details.open = true;
    const restore = details.querySelector("[data-restore]");
    if (restore) restore.hidden = !differs;
  }

  async function showRows(details) {
    const holder = details.querySelector("[data-rows-here]");
    if (!details.open || holder.dataset.loaded) return;
    const answer = await fetch(details.dataset.rows, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (!answer.ok) return;
    holder.innerHTML = await answer.text();
    holder.dataset.loaded = "yes";
  }

  form.addEventListener("input", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) offerReason(row);
    running?.abort(); // An answer to older numbers would overwrite what is being typed now.
    clearTimeout(timer);
    timer = setTimeout(recalculate, DELAY);
  });
  form.addEventListener("click", (event) => {
    const restore = event.target.closest("[data-restore]");
    if (!restore) return;
    const row = restore.closest("[data-row]");
    const box = row.querySelector("[data-count]");
    box.value = box.dataset.count;
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  // Enter in a number goes to the next one: a press too many must not send anything.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches(".report-row__input input")) return;
    event.preventDefault();
    const boxes = [...form.querySelectorAll(".report-row__input input:not([disabled])")];
    boxes[boxes.indexOf(event.target) + 1]?.focus();
  });
  form.querySelectorAll("[data-row]").forEach(offerReason);
  form.querySelectorAll("[data-rows]").forEach((details) => {
    details.addEventListener("toggle", () => showRows(details));
  });
  document.querySelector("#problems[role=alert], #conflict")?.focus();
})();
