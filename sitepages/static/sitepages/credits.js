/* Choosing a contributor fills in the name, offers the pen names and the office; typing narrows the list. */
(function () {
  "use strict";

  function fold(text) {
    return text.replace(/[đĐ]/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  function field(select, name) {
    return document.getElementById(select.id.replace(/contributor$/, name));
  }

  function offer(select, pens) {
    var input = field(select, "pen_name");
    if (!input) return;
    var id = select.id + "-pens";
    var list = document.getElementById(id);
    if (!list) {
      list = document.createElement("datalist");
      list.id = id;
      input.insertAdjacentElement("afterend", list);
      input.setAttribute("list", id);
    }
    list.replaceChildren.apply(list, pens.map(function (pen) {
      var option = document.createElement("option");
      option.value = pen;
      return option;
    }));
  }

  function chosen(select) {
    var option = select.options[select.selectedIndex];
    var known = option && option.dataset.name !== undefined;
    var pens = known ? JSON.parse(option.dataset.pens) : [];
    offer(select, pens);
    return known ? { name: option.dataset.name, office: option.dataset.office, pens: pens } : null;
  }

  function isSelect(node) {
    return node instanceof HTMLSelectElement && node.closest(".credit-choice") !== null;
  }

  document.addEventListener("change", function (event) {
    if (!isSelect(event.target)) return;
    var person = chosen(event.target);
    if (!person) return;
    var name = field(event.target, "name");
    var pen = field(event.target, "pen_name");
    var office = field(event.target, "office");
    if (name) name.value = person.name;
    if (pen && person.pens.indexOf(pen.value) < 0) pen.value = person.pens.length === 1 ? person.pens[0] : "";
    if (office && Array.prototype.some.call(office.options, function (each) { return each.value === person.office; })) {
      office.value = person.office;
    }
  });

  document.addEventListener("input", function (event) {
    if (!event.target.matches("[data-credit-filter]")) return;
    var wanted = fold(event.target.value.trim());
    var select = event.target.parentElement.querySelector("select");
    Array.prototype.forEach.call(select.options, function (option) {
      var folded = option.dataset.folded;
      option.hidden = folded !== undefined && !option.selected && folded.indexOf(wanted) < 0;
    });
  });

  function prepare() {
    document.querySelectorAll(".credit-choice").forEach(function (choice) {
      var select = choice.querySelector("select");
      var filter = choice.querySelector("[data-credit-filter]");
      if (filter.hidden && select.options.length > 8) filter.hidden = false;
      if (!choice.dataset.ready) {
        choice.dataset.ready = "yes";
        chosen(select);
      }
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    prepare();
    document.addEventListener("click", function () { window.setTimeout(prepare, 0); });
    document.addEventListener("focusin", prepare);
  });
})();
