/* The report form: rows behind a count shown in place, reasons offered, last accepted numbers taken over.
   Saving and recalculating as one types is in report_autosave.js. Everything also works without, by the buttons. */
(() => {
  "use strict";
  const form = document.getElementById("report-form");
  if (!form) return;

  const plain = (text) => text.replace(/\s/g, "").replace(".", ",");
  const changed = (box) => box.dispatchEvent(new Event("input", { bubbles: true }));

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

  function restore(row) {
    const box = row.querySelector("[data-count]");
    box.value = box.dataset.count;
    box.focus();
    changed(box);
  }

  // What is taken over is marked by a field of its own, until the number is touched.
  function carry(row) {
    const box = row.querySelector("[data-last]");
    if (!box || box.value.trim() !== "" || box.disabled) return false;
    box.value = box.dataset.last;
    const mark = Object.assign(document.createElement("input"), { type: "hidden", value: box.dataset.last });
    mark.name = box.name.replace("value-", "carried-");
    row.querySelector("[name^='carried-']")?.remove();
    box.closest(".report-row__entry").append(mark);
    row.querySelector("[data-carry]").hidden = true;
    box.dispatchEvent(new CustomEvent("report:carried", { bubbles: true }));
    return true;
  }

  function carryGroup(button) {
    const rows = [...button.closest("section").querySelectorAll("[data-row]")].filter(carry);
    button.hidden = true;
    rows[0]?.querySelector("[data-last]").focus();
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
    if (!row) return;
    offerReason(row);
    if (!event.target.matches("[data-last]")) return;
    row.querySelector("[name^='carried-']")?.remove();
    const button = row.querySelector("[data-carry]");
    if (button) button.hidden = event.target.value.trim() !== "";
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-restore], [data-carry], [data-carry-group]");
    if (!button) return;
    event.preventDefault();
    if (button.matches("[data-restore]")) restore(button.closest("[data-row]"));
    else if (button.matches("[data-carry-group]")) carryGroup(button);
    else if (carry(button.closest("[data-row]"))) button.closest("[data-row]").querySelector("[data-last]").focus();
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
