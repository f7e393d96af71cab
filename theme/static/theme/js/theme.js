/* The menu of small screens and the print button. Without this file the menu stays open and the button hidden. */
document.documentElement.classList.add("js");
document.addEventListener("click", function (event) {
  var toggle = event.target.closest("[data-menu-toggle]");
  if (toggle) {
    var open = toggle.getAttribute("aria-expanded") === "true";
    toggle.setAttribute("aria-expanded", String(!open));
  }
  if (event.target.closest("[data-print]")) window.print();
});
document.addEventListener("keydown", function (event) {
  var toggle = document.querySelector("[data-menu-toggle][aria-expanded=true]");
  if (event.key === "Escape" && toggle) {
    toggle.setAttribute("aria-expanded", "false");
    toggle.focus();
  }
});
