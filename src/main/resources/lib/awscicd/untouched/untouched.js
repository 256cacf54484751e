/* global Behaviour */
// A field that nobody has touched yet is not said to be missing. Jenkins checks each field as soon as the form is shown: those of ours
// that are empty then are checked once somebody has been in them.
(function () {
  const UNTOUCHED = "awscicd-untouched";

  function put(field, old, other) {
    field.classList.remove(old);
    field.classList.add(other);
  }

  function isOurs(field) {
    return (field.getAttribute("checkUrl") || "").includes("/io.jenkins.plugins.awscicd.");
  }

  // Before Jenkins' own rules for such fields. Blocks that are added later are copies of these, so the class is all that counts.
  ["INPUT", "TEXTAREA"].forEach((kind) => {
    Behaviour.specify(kind + ".validated", UNTOUCHED, -2, function (field) {
      if (field.value === "" && isOurs(field) && !field.dataset.touched) {
        put(field, "validated", UNTOUCHED);
      }
    });
    Behaviour.specify(kind + "." + UNTOUCHED, UNTOUCHED, -1, function (field) {
      function touched() {
        if (field.classList.contains(UNTOUCHED)) {
          field.dataset.touched = "true";
          put(field, UNTOUCHED, "validated");
          Behaviour.applySubtree(field, true);
        }
      }
      field.addEventListener("blur", touched);
      field.addEventListener("change", touched);
    });
  });
})();
