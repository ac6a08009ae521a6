// Follows the making of a workbook: asks for its progress, moves the bar, and loads the page anew when it is finished.
(() => {
  const box = document.querySelector("[data-progress]");
  if (!box) return;
  const bar = box.querySelector("progress");
  const text = box.querySelector("[data-progress-text]");
  const said = box.querySelector("[data-progress-said]");
  const warning = box.querySelector("[data-nobody-works]");
  const USUAL = 1000, SLOW = 5000;
  let lastTenth = -1;

  const show = (progress) => {
    if (progress.percent === null) bar.removeAttribute("value");
    else bar.value = progress.percent;
    text.textContent = progress.text;
    if (warning && progress.state !== "queued") warning.hidden = true;
    // A screen reader hears of every tenth part, not of every second.
    const tenth = progress.percent === null ? -1 : Math.floor(progress.percent / 10);
    if (tenth !== lastTenth) {
      lastTenth = tenth;
      said.textContent = progress.text;
    }
  };

  const ask = async () => {
    let wait = USUAL;
    try {
      const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
      if (answer.redirected || answer.status === 403 || answer.status === 404) return window.location.reload();
      if (answer.ok) {
        const progress = await answer.json();
        if (progress.finished) return window.location.reload();
        show(progress);
      } else wait = SLOW;
    } catch {
      wait = SLOW; // the connection is away: ask again later
    }
    setTimeout(ask, wait);
  };
  setTimeout(ask, USUAL);
})();
