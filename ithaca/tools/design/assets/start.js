import { initAll } from "./nhsuk-frontend.min.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();

// A radio may not say that it is expanded (WAI-ARIA 1.2), but the design system's script writes so. What a radio
// reveals follows it at once, so nothing is lost by taking the attribute away again.
function calm() {
  for (const radio of document.querySelectorAll('input[type="radio"][aria-expanded]')) radio.removeAttribute("aria-expanded");
}
calm();
document.addEventListener("click", calm);
window.addEventListener("pageshow", calm);
