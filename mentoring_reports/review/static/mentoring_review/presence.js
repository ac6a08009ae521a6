/* Tells colleagues that this report is open here, twice a minute while the page is seen, and shows who else has it open.
   A hint only: the revision guards the decision. */
(() => {
  const place = document.querySelector('[data-review-presence]');
  const token = document.querySelector('#decision [name=csrfmiddlewaretoken]')?.value;
  if (!place || !token) return;
  const BEAT = 30000;
  let shown = place.innerHTML.trim();

  const form = (fields) => {
    const data = new FormData();
    Object.entries({ csrfmiddlewaretoken: token, ...fields }).forEach(([name, value]) => data.append(name, value));
    return data;
  };
  const beat = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(place.dataset.reviewPresence, { method: 'POST', body: form({}), redirect: 'error' });
      const text = answer.ok ? (await answer.text()).trim() : null;
      if (text !== null && text !== shown) place.innerHTML = shown = text;
    } catch { /* offline: the next beat tries again */ }
  };

  setInterval(beat, BEAT);
  document.addEventListener('visibilitychange', beat);
  window.addEventListener('pageshow', (event) => { if (event.persisted) beat(); });
  window.addEventListener('pagehide', () => navigator.sendBeacon(place.dataset.reviewPresence, form({ left: '1' })));
})();
