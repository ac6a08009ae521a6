/* Keys of the review: A accepts, R goes to the reason, N opens the next report. By the key's place, not its letter, so
   that they work in the Russian layout too; off where the user has switched Wagtail's shortcuts off. */
(() => {
  const config = document.getElementById('wagtail-config');
  if (config && JSON.parse(config.textContent).KEYBOARD_SHORTCUTS_ENABLED === false) return;

  const isTyping = (target) => target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]');

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat) return;
    if (isTyping(event.target) || document.querySelector('[role=dialog][aria-modal=true]:not([aria-hidden=true])')) return;
    const target = document.querySelector(`[data-review-key="${event.code}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.matches('textarea')) {
      target.scrollIntoView({ block: 'center' });
      target.focus();
    } else {
      target.click();
    }
  });

  window.addEventListener('load', () => {
    const refused = document.querySelector('textarea[aria-invalid=true]') || document.getElementById('refusal');
    refused?.focus({ preventScroll: true });
    refused?.scrollIntoView({ block: 'center', behavior: 'instant' });
  });
})();
