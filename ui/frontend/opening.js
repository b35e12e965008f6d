// Stands in a menu until its content comes: says so after a moment, and asks again until it is there. Streamlit loses the
// answer to a request when the next request comes before that answer went out; the menu would be open and stay empty.
//
// state value `asked`: when it was asked for last, by the browser's clock

const states = new WeakMap();
const MOMENT = 400; // milliseconds until anything is said
const FIRST = 1000; // milliseconds until it is asked for again, then twice as long each time
const LONGEST = 4000;

function wait(said, state, pause) {
  setTimeout(() => {
    if (!said.isConnected) return; // the content is there, or the menu was closed
    state.component.setStateValue("asked", Date.now());
    wait(said, state, Math.min(2 * pause, LONGEST));
  }, pause);
}

export default function (component) {
  const said = component.parentElement.querySelector("p");
  const known = states.get(said);
  const state = known ?? {};
  state.component = component;
  if (known) return;
  states.set(said, state);
  setTimeout(() => { said.textContent = "Opening …"; }, MOMENT);
  wait(said, state, FIRST);
}
