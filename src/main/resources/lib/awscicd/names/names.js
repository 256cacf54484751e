/* global Behaviour, controlValue, crumb, findNearBy */
(function () {
  let lists = 0;

  /** The fields that the button sends along, as far as the form has them. */
  function parameters(button, input) {
    const parameters = new URLSearchParams();
    (button.dataset.with || "")
      .split(",")
      .filter((name) => name !== "")
      .forEach((name) => {
        const field = findNearBy(input, name);
        if (field !== null) {
          parameters.append(name.replace(/^.*\//, ""), controlValue(field) || "");
        }
      });
    return parameters;
  }

  function tell(status, text, error) {
    status.textContent = text;
    status.classList.toggle("awscicd-names__status--error", error);
  }

  /** Fills the list that the field suggests from. Each field has a list of its own, also one that was copied with its block. */
  function suggest(input, list, names) {
    lists += 1;
    list.id = "awscicd-names-" + lists;
    input.setAttribute("list", list.id);
    list.replaceChildren();
    names.forEach((name) => {
      const option = document.createElement("option");
      option.value = name;
      list.appendChild(option);
    });
  }

  function show(button, input, list, status, answer) {
    if (answer.status !== "ok") {
      tell(status, answer.message, true);
      return;
    }
    const names = answer.data.names;
    suggest(input, list, names);
    const text = names.length === 0 ? button.dataset.none : answer.data.more ? button.dataset.more : button.dataset.found;
    tell(status, text.replace("{0}", String(names.length)), false);
    if (names.length > 0) {
      input.focus();
    }
  }

  function ask(button) {
    const field = button.closest(".awscicd-names");
    const input = field.querySelector("input");
    const status = field.querySelector(".awscicd-names__status");
    const list = field.querySelector(".awscicd-names__list");
    button.disabled = true;
    tell(status, button.dataset.asking, false);
    fetch(button.dataset.url, {
      method: "post",
      headers: crumb.wrap({ "Content-Type": "application/x-www-form-urlencoded" }),
      body: parameters(button, input).toString(),
    })
      .then((response) => {
        if (response.ok) {
          return response.json();
        }
        const text = response.status === 403 ? button.dataset.denied : button.dataset.failed + " HTTP " + response.status;
        return { status: "error", message: text };
      })
      .catch((failure) => ({ status: "error", message: button.dataset.failed + " " + failure.message }))
      .then((answer) => {
        button.disabled = false;
        show(button, input, list, status, answer);
      });
  }

  Behaviour.specify(".awscicd-names__button", "awscicd-names", 0, function (button) {
    button.onclick = () => ask(button);
  });
})();
