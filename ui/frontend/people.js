// Who is here: the visitor's name, typed once per browser, and who else has the draft open.
//
// data: {session, others: [text], newer, opened: [draft id], asks}
// state value `me`: {tab, name, clause, show, drafts}; `show` counts how often "Show" was pressed, by the browser's clock
//
// The name is kept in this browser, the tab's id in the tab, so that a reload is not somebody else. The clause is the one
// whose row of the outline has the focus; it is told after a pause, so that walking through the rows tells nothing. The drafts that were opened here are told when asked.

const states = new WeakMap();
const NAME = "rapporteur:name";
const TAB = "rapporteur:tab";
const DRAFTS = "rapporteur:drafts";
const REMEMBERED = 500;
const PAUSE = 800;

function stored(storage, key) {
  try {
    return storage().getItem(key) || "";
  } catch {
    return ""; // private windows may refuse storage; the name then holds until the page is left
  }
}

function store(storage, key, value) {
  try {
    storage().setItem(key, value);
  } catch {
    // as above
  }
}

const browser = () => localStorage;
const ownTab = () => sessionStorage;

// The drafts that were opened for editing in this browser, the last first.
function drafts() {
  try {
    return JSON.parse(stored(browser, DRAFTS) || "[]");
  } catch {
    return [];
  }
}

function remember(opened) {
  const known = drafts();
  const fresh = opened.filter((id) => !known.includes(id));
  if (fresh.length) store(browser, DRAFTS, JSON.stringify([...fresh, ...known].slice(0, REMEMBERED)));
}

function tell(state) {
  const me = { tab: state.tab, name: state.name, clause: state.clause, show: state.show };
  if (state.component.data.asks) me.drafts = drafts();
  const said = JSON.stringify(me);
  if (state.said === said || !state.host.isConnected) return;
  state.said = said;
  state.component.setStateValue("me", me);
}

function begin(root, host) {
  const tab = stored(ownTab, TAB) || crypto.getRandomValues(new Uint32Array(3)).join("-");
  store(ownTab, TAB, tab);
  const state = { host, tab, name: stored(browser, NAME), clause: "", show: 0, said: "" };
  const form = root.querySelector("form");
  const field = root.querySelector("input");
  const change = root.querySelector("#change");
  state.draw = () => {
    root.querySelector("#known b").textContent = state.name;
    root.querySelector("#known").hidden = !state.name || !form.hidden;
    change.textContent = state.name ? "Change" : "Say who you are";
    change.setAttribute("aria-label", state.name ? "Change your name" : "Say who you are, so that others see who changed what");
    change.hidden = !form.hidden;
  };
  const close = () => {
    form.hidden = true;
    state.draw();
    change.focus();
  };
  change.addEventListener("click", () => {
    form.hidden = false;
    field.value = state.name;
    state.draw();
    field.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    state.name = field.value.trim();
    store(browser, NAME, state.name);
    close();
    tell(state);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  root.querySelector("#cancel").addEventListener("click", close);
  root.querySelector("#newer button").addEventListener("click", () => {
    state.show = Date.now();
    tell(state);
  });
  window.addEventListener("storage", (event) => {
    if (event.key !== NAME) return;
    state.name = event.newValue || "";
    state.draw();
    tell(state);
  });
  window.addEventListener("focusin", (event) => {
    const row = event.composedPath().find((at) => at instanceof Element && at.matches("li[data-id]"));
    state.clause = row?.dataset.id || "";
    clearTimeout(state.timer);
    state.timer = setTimeout(() => tell(state), PAUSE);
  });
  return state;
}

export default function (component) {
  const { parentElement: root, data } = component;
  const host = root.querySelector("#me");
  let state = states.get(host);
  if (!state) {
    state = begin(root, host);
    states.set(host, state);
  }
  state.component = component;
  remember(data.opened);
  if (state.session !== data.session) state.said = ""; // it has not heard it
  state.session = data.session;
  const others = root.querySelector("#others");
  const line = data.others.join(" · ");
  if (others.textContent !== line) others.textContent = others.title = line; // cut off where there is no room
  root.querySelector("#newer").hidden = !data.newer;
  root.querySelector("#newer span").textContent = data.newer;
  state.draw();
  tell(state);
}
