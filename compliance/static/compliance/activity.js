// The editor of an activity report: figures go in where the cursor is, the preview follows the typing.
(() => {
  const form = document.querySelector(".report-editor");
  const preview = document.getElementById("report-preview");
  if (!form || !preview) return;
  const texts = [...form.querySelectorAll("[data-report-text]")];
  let last = texts[1] || texts[0];
  let waiting = 0;
  let asked = 0;

  const show = async () => {
    const mine = ++asked;
    try {
      const reply = await fetch(form.dataset.previewUrl, { method: "POST", body: new FormData(form) });
      if (reply.ok && mine === asked) preview.innerHTML = await reply.text();
    } catch {
      // Without a connection the preview stays as it was; saving tells what is wrong.
    }
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 700);
  };

  texts.forEach((text) => text.addEventListener("focus", () => { last = text; }));
  form.addEventListener("input", later);
  form.querySelectorAll("[data-figure]").forEach((button) => {
    button.addEventListener("click", () => {
      last.setRangeText(button.dataset.figure, last.selectionStart, last.selectionEnd, "end");
      last.focus();
      later();
    });
  });
})();
