/* The grading list by keyboard: Enter and the arrows go to the row above or below in the same column; a grade
   brings its coefficient. Without this script the list works with the mouse and the Tab key. */
(function () {
  "use strict";
  var body = document.querySelector("[data-grading]");
  var source = document.getElementById("grading-table");
  if (!body || !source) { return; }
  var table = JSON.parse(source.textContent);

  function gradesOf(genre) { return table[genre] || []; }

  function field(row, column) { return row.querySelector('[data-col="' + column + '"]'); }

  function step(from, column, down) {
    var row = from;
    for (;;) {
      row = down ? row.nextElementSibling : row.previousElementSibling;
      if (!row) { return false; }
      var next = field(row, column);
      if (next) {
        next.focus();
        if (next.select) { next.select(); }
        return true;
      }
    }
  }

  body.addEventListener("keydown", function (event) {
    var column = event.target.getAttribute("data-col");
    var row = event.target.closest("tr");
    if (!column || !row || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) { return; }
    var isSelect = event.target.tagName === "SELECT";
    if (event.key === "Enter") {
      event.preventDefault(); // Enter never sends the list half done: the button below does
      step(row, column, !event.shiftKey);
    } else if (!isSelect && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      step(row, column, event.key === "ArrowDown");
    }
  });

  body.addEventListener("change", function (event) {
    var column = event.target.getAttribute("data-col");
    var row = event.target.closest("tr");
    if (column === "level") {
      var genre = event.target.getAttribute("data-genre");
      var chosen = gradesOf(genre).filter(function (each) { return each.code === event.target.value; })[0];
      if (chosen) { field(row, "grade").value = chosen.coefficient.replace(/\.?0+$/, "").replace(".", ","); }
    }
    if (column === "genre") {
      var level = field(row, "level");
      if (level && level.value) { level.value = ""; } // a grade belongs to a genre: choose it anew
    }
    if (row) { row.classList.add("grading-row--touched"); }
  });

  body.addEventListener("input", function (event) {
    var row = event.target.closest("tr");
    if (row) { row.classList.add("grading-row--touched"); }
  });

  var fault = body.querySelector('[data-fault] [data-col="grade"]');
  if (fault) { fault.focus(); }
})();
