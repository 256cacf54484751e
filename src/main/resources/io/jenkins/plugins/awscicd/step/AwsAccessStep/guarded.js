/* global Behaviour */
// A guarded stage says itself who its steps are to AWS: fields for that are not offered along with it. What is in them already stays
// in sight, as it has to be taken out.
(function () {
  const HIDDEN = "jenkins-hidden";
  /** Of lists that are filled later, hidden fields have what they will show. */
  const FIELDS = ["region", "currentRegion", "credentialsId", "currentCredentialsId", "role", "externalId", "endpoint"];

  function accessOf(stage) {
    let around = stage.parentElement;
    while (around !== null && around.querySelector(".awscicd-access") === null) {
      around = around.parentElement;
    }
    return around === null ? null : around.querySelector(".awscicd-access");
  }

  function isEmpty(block) {
    return FIELDS.every((name) => {
      const field = block.querySelector("[name='_." + name + "']");
      return field === null || field.value === "";
    });
  }

  function hide(element, hidden) {
    if (hidden) {
      element.classList.add(HIDDEN);
    } else {
      element.classList.remove(HIDDEN);
    }
  }

  function show(stage, guarded) {
    const access = accessOf(stage);
    if (access === null) {
      return;
    }
    access.querySelectorAll(".awscicd-access__own").forEach((block) => {
      hide(block, guarded && isEmpty(block));
    });
    hide(access.querySelector(".awscicd-access__guarded"), !guarded);
  }

  Behaviour.specify(".awscicd-stage", "awscicd-stage", 0, function (stage) {
    const guarded = (stage.dataset.guarded || "").split(",");
    const name = stage.querySelector("[name='_.stage']");
    if (name === null) {
      return; // somebody who may only look
    }
    const update = () => show(stage, name.value !== "" && guarded.includes(name.value));
    name.addEventListener("change", update);
    update();
  });
})();
