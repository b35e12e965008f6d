// What the list of drafts, the timeline and the lists of a Word file share: elements that hold text alone, and an act that is
// sent until it is answered. `state` has the component, the act in flight, its number n and the session.

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

// Send an act.
function fly(state, act) {
  state.n = Math.max(state.n + 1, Date.now());
  state.flying = { ...act, n: state.n };
  depart(state);
}

// Whether what the server gave answers the act in flight; from then on none is.
function landed(state, data) {
  const answered = state.flying && (state.session !== data.session || data.run >= state.flying.n);
  if (answered) state.flying = null;
  state.session = data.session;
  return answered;
}

function depart(state) {
  clearTimeout(state.departing);
  if (!state.flying) return;
  state.component.setTriggerValue("act", { ...state.flying, session: state.session });
  state.departing = setTimeout(() => depart(state), PATIENCE);
}
