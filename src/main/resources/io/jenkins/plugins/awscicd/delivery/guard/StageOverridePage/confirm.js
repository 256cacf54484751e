/* global Behaviour, dialog */
// An override is asked about once more: it cannot be taken back.
(function () {
  Behaviour.specify("form.awscicd-override", "awscicd-override", 0, function (form) {
    let confirmed = false;
    form.addEventListener("submit", function (event) {
      if (confirmed) {
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      const stage = form.querySelector("select[name='stage']").value;
      const reason = form.querySelector("input[name='reason']").value;
      const words = form.querySelector(".awscicd-override__question").dataset;
      const question = words.question.replace("{0}", () => stage);
      dialog.confirm(question, { message: reason, okText: words.ok, type: "destructive" }).then(
        () => {
          confirmed = true;
          form.requestSubmit();
        },
        () => {},
      );
    });
  });
})();
