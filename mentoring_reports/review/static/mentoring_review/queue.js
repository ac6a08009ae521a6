/* Ticks everything on the page that can be accepted unopened. The results are replaced when filters change. */
(() => {
  const boxes = () => [...document.querySelectorAll('input[name=submission]')];
  const offer = () => document.querySelectorAll('[data-review-choose-all]').forEach((button) => { button.hidden = false; });
  document.addEventListener('click', (event) => {
    if (!event.target.closest('[data-review-choose-all]')) return;
    const all = boxes();
    const tick = all.some((box) => !box.checked);
    all.forEach((box) => { box.checked = tick; });
  });
  offer();
  const results = document.getElementById('listing-results');
  if (results) new MutationObserver(offer).observe(results, { childList: true, subtree: true });
})();
