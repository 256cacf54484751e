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
      const question = form.querySelector(".awscicd-override__question").dataset.question;
      dialog.confirm(question, { message: stage, type: "destructive" }).then(
        () => {
          confirmed = true;
          form.requestSubmit();
        },
        () => {},
      );
    });
  });
})();
