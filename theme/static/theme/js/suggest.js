/* Titles offered while typing in the search. Without this file the form works all the same. */
(function () {
  var input = document.querySelector("[data-suggest]"), wait, last = "";
  if (!input || !window.fetch) return;
  input.addEventListener("input", function () {
    clearTimeout(wait);
    wait = setTimeout(function () {
      var typed = input.value.trim();
      if (typed.length < 2 || typed === last) return;
      last = typed;
      fetch(input.dataset.suggest + "?q=" + encodeURIComponent(typed))
        .then(function (reply) { return reply.json(); })
        .then(function (said) {
          if (typed !== last) return;
          input.list.replaceChildren.apply(input.list, said.titles.map(function (title) {
            var option = document.createElement("option");
            option.value = title;
            return option;
          }));
        }, function () {});
    }, 250);
  });
})();
