// What the list of drafts and the timeline share: elements that hold text alone, and an act that is sent until it is answered.

const PATIENCE = 4000; // milliseconds until an act that was not answered is sent again

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function button(label, name, act, className = "") {
  const element = make("button", className, label);
  element.type = "button";
  if (name) element.setAttribute("aria-label", name);
  element.addEventListener("click", act);
  return element;
}

function depart(state) {
  clearTimeout(state.departing);
  if (!state.flying) return;
  state.component.setTriggerValue("act", { ...state.flying, session: state.session });
  state.departing = setTimeout(() => depart(state), PATIENCE);
}
