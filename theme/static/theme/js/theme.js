/* The print button. Without this file the button stays hidden; nothing else of the portal needs a script. */
document.documentElement.classList.add("js");
document.addEventListener("click", function (event) {
  if (event.target.closest("[data-print]")) window.print();
});
