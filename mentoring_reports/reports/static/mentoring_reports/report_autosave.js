/* Saving as one types. One request at a time, never broken off: a save whose answer is lost has still happened, and
   the form's own name ("tab") tells the server so. The state is always said in words. */
(() => {
  "use strict";
  const form = document.getElementById("report-form");
  if (!form) return;
  const PAUSE = 800;
  const RETRIES = [2000, 5000, 15000, 30000];
  const state = form.querySelector("[data-state]");
  const conflicts = document.querySelector("[data-conflict]");
  let timer;
  let busy = false;
  let edits = "conflicting" in form.dataset ? 1 : 0; // how often something was changed; a conflict's page is unsaved
  let saved = 0; // how many of these changes the server has
  let failures = 0;
  let paused = "conflicting" in form.dataset || !form.dataset.autosave;
  let leaving = false;
  let whyPaused = state?.dataset.paused ?? "";

  const say = (text) => {
    if (state) state.textContent = text;
  };
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };

  function put(holder, html) {
    if (!holder || holder.contains(document.activeElement) || holder.dataset.html === html) return;
    holder.innerHTML = html;
    holder.dataset.html = html;
  }

  function show(result) {
    put(form.querySelector("[data-summary]"), result.summary);
    for (const [code, html] of Object.entries(result.jumps)) put(form.querySelector(`[data-jump="${code}"]`), html);
    for (const [code, pieces] of Object.entries(result.groups)) {
      put(form.querySelector(`[data-progress="${code}"]`), pieces.progress);
      put(form.querySelector(`[data-indicators="${code}"]`), pieces.indicators);
    }
    for (const [code, row] of Object.entries(result.rows)) showRow(form.querySelector(`[data-row="${code}"]`), row);
  }

  function showRow(holder, row) {
    if (!holder) return;
    put(holder.querySelector("[data-findings]"), row.findings);
    put(holder.querySelector("[data-facts]"), row.facts);
    holder.classList.toggle("report-row--overruled", row.overruled);
    holder.classList.toggle("report-row--error", row.wrong);
    holder.querySelector(".report-row__input input").setAttribute("aria-invalid", String(row.wrong));
  }

  // Somebody else saved meanwhile: what was typed stays, theirs is shown beside it, and only a press of the button
  // saves over it.
  function showConflict(result) {
    paused = true;
    form.elements.version.value = result.version;
    conflicts.innerHTML = result.notice;
    for (const [name, html] of Object.entries(result.theirs)) {
      const holder = form.querySelector(`[data-theirs="${CSS.escape(name)}"]`);
      if (holder) holder.innerHTML = html;
    }
  }

  const send = (address) =>
    fetch(address, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Requested-With": "XMLHttpRequest" },
      redirect: "manual",
    });

  // After logging in again in another tab, this page needs that session's token.
  async function renewToken() {
    const answer = await fetch(form.action, { redirect: "manual", headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("#report-form [name=csrfmiddlewaretoken]")?.value;
    if (!token || token === form.elements.csrfmiddlewaretoken.value) return false;
    form.elements.csrfmiddlewaretoken.value = token;
    return true;
  }

  async function ask(address) {
    const answer = await send(address);
    const strange = answer.type === "opaqueredirect" || answer.status === 403;
    return strange && (await renewToken()) ? send(address) : answer;
  }

  function tryAgain(text) {
    say(text);
    later(RETRIES[Math.min(failures, RETRIES.length - 1)]);
    failures += 1;
  }

  async function take(answer, upTo) {
    if (answer.type === "opaqueredirect" || answer.status === 403) return tryAgain(state?.dataset.stranger ?? "");
    if (!answer.ok && answer.status !== 409) return tryAgain(state?.dataset.failed ?? "");
    const result = await answer.json();
    failures = 0;
    if (!paused) say(result.text);
    if (result.state === "conflict") return showConflict(result);
    if (result.state === "closed") {
      paused = true;
      whyPaused = result.text;
      return undefined;
    }
    if (result.state === "saved") {
      form.elements.version.value = result.version;
      saved = upTo;
    }
    return edits === upTo ? show(result) : undefined;
  }

  async function run() {
    if (busy) return later(PAUSE);
    busy = true;
    const upTo = edits;
    if (!paused) say(state.dataset.saving);
    try {
      await take(await ask(paused ? form.dataset.preview : form.dataset.autosave), upTo);
    } catch {
      tryAgain(paused ? (state?.textContent ?? "") : state.dataset.offline);
    }
    busy = false;
    if (edits > upTo && !leaving) later(PAUSE);
    return undefined;
  }

  function edited() {
    edits += 1;
    say(paused ? whyPaused : (state?.dataset.unsaved ?? ""));
    later(failures ? RETRIES[0] : PAUSE);
  }

  form.addEventListener("input", edited);
  form.addEventListener("report:carried", edited);
  form.addEventListener("change", () => {
    if (edits > saved && !failures) later(0);
  });
  // A save under way is waited for: arriving late, it would put older numbers over those that are being sent.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!busy) {
      leaving = true;
      return;
    }
    event.preventDefault();
    const { submitter } = event;
    setTimeout(() => form.requestSubmit(submitter), 100);
  });
  window.addEventListener("online", () => edits > saved && later(0));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && failures) later(0);
  });
  window.addEventListener("beforeunload", (event) => {
    if (edits > saved && !leaving) event.preventDefault();
  });
})();
