/* global Behaviour */
// Stages are told apart by the headers that they are dragged by: those show their names.
(function () {
  function show(field, header) {
    const title = header.dataset.title || header.textContent.trim();
    header.dataset.title = title;
    const name = field.value.trim();
    header.lastChild.textContent = name === "" ? title : title + " " + name;
  }

  Behaviour.specify("INPUT.awscicd-stage-name", "awscicd-stage-name", 0, function (field) {
    const header = field.closest(".repeated-chunk").querySelector(".repeated-chunk__header");
    field.addEventListener("input", () => show(field, header));
    show(field, header);
  });
})();
