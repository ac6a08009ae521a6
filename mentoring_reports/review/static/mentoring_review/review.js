/* Keys of the review: J and K go from value to value, C comments, A accepts, R goes to the reason, N opens the next
   report. By the key's place, not its letter, so that they work in the Russian layout too; never while somebody types,
   and off where the user has switched Wagtail's shortcuts off. Nothing here is needed to decide. */
(() => {
  const config = document.getElementById('wagtail-config');
  const keysAreOn = !config || JSON.parse(config.textContent).KEYBOARD_SHORTCUTS_ENABLED !== false;
  const rows = [...document.querySelectorAll('[data-review-row]')];
  const fields = [...document.querySelectorAll('#reason, [data-review-comment]')];

  let isSending = false; // from the first click on a decision until the next page: no key decides twice

  const isTyping = (target) => target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]');
  const dialogIsOpen = () => document.querySelector('[role=dialog][aria-modal=true]:not([aria-hidden=true])');
  const current = () => rows.indexOf(document.activeElement?.closest('[data-review-row]'));

  const write = (field) => {
    field.scrollIntoView({ block: 'center' });
    field.focus();
  };
  const go = (step) => {
    const row = rows[Math.min(Math.max(current() + step, 0), rows.length - 1)];
    row?.scrollIntoView({ block: 'center' });
    row?.focus({ preventScroll: true });
  };
  const comment = () => {
    const place = rows[current()]?.querySelector('details.review-comment');
    if (!place) return;
    place.open = true;
    write(place.querySelector('textarea'));
  };
  const moves = { KeyJ: () => go(1), KeyK: () => go(-1), KeyC: comment };

  const pressed = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat) return;
    if (isSending || isTyping(event.target) || dialogIsOpen()) return;
    const target = document.querySelector(`[data-review-key="${event.code}"]`);
    const act = moves[event.code] || (target && (() => (target.matches('textarea') ? write(target) : target.click())));
    if (!act) return;
    event.preventDefault();
    act();
  };

  if (keysAreOn) {
    document.addEventListener('keydown', pressed);
    const shortcuts = document.getElementById('review-shortcuts');
    const addTo = (table) => table?.tBodies[0]?.before(shortcuts.content.cloneNode(true));
    addTo(document.querySelector('#keyboard-shortcuts-dialog table'));
    document.querySelectorAll('template').forEach((template) => addTo(template.content.querySelector('.w-keyboard-shortcuts table')));
  } else {
    document.querySelectorAll('.review-keys').forEach((hint) => { hint.hidden = true; });
  }

  /* Escape leaves a comment for its value, so that J and K go on from there. */
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && event.target.matches('[data-review-comment]')) {
      event.target.closest('[data-review-row]').focus({ preventScroll: true });
    }
  });

  /* What was typed is not lost by a wrong key. */
  document.getElementById('decision')?.addEventListener('submit', () => { isSending = true; });
  window.addEventListener('beforeunload', (event) => {
    if (!isSending && fields.some((field) => field.value !== field.defaultValue)) event.preventDefault();
  });

  window.addEventListener('load', () => {
    const refused = document.querySelector('textarea[aria-invalid=true]') || document.getElementById('refusal');
    refused?.focus({ preventScroll: true });
    refused?.scrollIntoView({ block: 'center', behavior: 'instant' });
  });
})();
