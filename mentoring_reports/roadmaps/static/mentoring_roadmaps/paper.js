// A comfort: a button in place of the words about Ctrl+P.
const button = document.querySelector("[data-print]");
button.hidden = false;
document.querySelector("[data-hint]").hidden = true;
button.addEventListener("click", () => window.print());
