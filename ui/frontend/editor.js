// The clause editor: what is typed reaches the server after a pause, and never comes back to disturb the caret.
//
// data: {session, draft, text, typedAt, rev, answer: {n, taken}, cited: [{id, cite}], debounce, placeholder}
//   The text is written into the field when it is mounted and when `rev` changes, never otherwise.
// state value `value`: {text, typedAt, attempt}
// triggers: `submit` {text, typedAt, n, session}, answered by `answer`; `drop` {id, n}, a source that the clause shall not cite
//
// What was typed is kept in this browser as well, with the time, so that text the server never got comes back. A clause
// that is put into the draft leaves the field at once, so that the next can be typed; it is kept until the answer says
// that it was taken, and comes back when it was not. The results tell (event `rapporteur:kept`) what the server has; until
// they do, the text is sent again every few seconds, since a page that found its server again asks nothing by itself.
//
// The results also tell (event `rapporteur:unbacked`) which words of the text no passage shown backs. They are listed
// under the field as long as they stand in it; event `rapporteur:editor` asks for them when the editor is there first.

const states = new WeakMap();
const LAST = "rapporteur:last";
const PATIENCE = 4000;

function remember(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Private windows may refuse storage; the server still has what it confirmed.
  }
}

function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

const LISTED = 10;
const keyOf = (draft) => `rapporteur:typed:${draft}`;

function whole(state, text) {
  return [...state.flights.map((flight) => flight.text), text].filter(Boolean).join("\n");
}

function keep(state, text) {
  remember(keyOf(state.draft), JSON.stringify({ text: whole(state, text), typedAt: state.typedAt }));
}

// One clause is on its way at a time: a second trigger could replace the first before the server saw it.
function depart(state) {
  clearTimeout(state.departing);
  if (!state.flights.length) return;
  state.component.setTriggerValue("submit", { ...state.flights[0], session: state.session });
  state.departing = setTimeout(() => depart(state), PATIENCE);
}

function begin(root, field) {
  const state = { sent: null, typedAt: 0, kept: 0, n: 0, timer: 0, composing: false, flights: [], draft: null, session: null, unbacked: [] };
  const grow = () => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  };
  state.write = (text) => {
    if (field.value !== text) field.value = text;
    grow();
    showUnbacked(root, state, text);
  };
  state.flush = () => {
    clearTimeout(state.timer);
    if (field.value === state.sent || !field.isConnected) return; // left for another screen: kept here until the return
    state.sent = field.value;
    send({ text: field.value, typedAt: state.typedAt }, 1);
  };
  const send = (value, attempt) => {
    clearTimeout(state.sending);
    if (value.typedAt <= state.kept || !field.isConnected) return;
    state.component.setStateValue("value", { ...value, attempt });
    state.sending = setTimeout(() => send(value, attempt + 1), PATIENCE);
  };
  window.addEventListener("rapporteur:kept", (event) => { state.kept = event.detail; });
  window.addEventListener("rapporteur:unbacked", (event) => {
    state.unbacked = event.detail;
    showUnbacked(root, state, field.value);
  });
  const later = () => {
    clearTimeout(state.timer);
    if (!state.composing) state.timer = setTimeout(state.flush, state.component.data.debounce);
  };
  const submit = () => {
    field.focus();
    if (!field.value.trim() || state.composing) return;
    clearTimeout(state.timer);
    state.n = Math.max(Date.now(), state.n + 1);
    state.flights.push({ text: field.value, typedAt: state.typedAt, n: state.n });
    state.sent = "";
    state.write("");
    if (state.flights.length === 1) depart(state);
  };
  field.addEventListener("input", () => {
    grow();
    showUnbacked(root, state, field.value);
    state.typedAt = Math.max(Date.now(), state.typedAt + 1);
    keep(state, field.value);
    later();
  });
  field.addEventListener("compositionstart", () => { state.composing = true; });
  field.addEventListener("compositionend", () => { state.composing = false; later(); });
  field.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      submit();
    }
  });
  root.querySelector("#use").addEventListener("click", submit);
  return state;
}

// While one types, the list is that of the text before: what is no longer in the text leaves it at once.
function showUnbacked(root, state, text) {
  const plain = text.split(/\s+/).join(" ").toLowerCase();
  const words = state.unbacked.filter((each) => plain.includes(each.toLowerCase()));
  const signature = JSON.stringify(words);
  if (state.listed === signature) return;
  state.listed = signature;
  const parts = words.slice(0, LISTED).map((each) => {
    const word = document.createElement("span");
    word.textContent = each;
    return word;
  });
  const more = words.length - parts.length;
  const line = parts.flatMap((part, at) => [at ? ", " : "Not backed by any passage shown: ", part]);
  if (more > 0) line.push(` and ${more} more`);
  root.querySelector("#unbacked").replaceChildren(...line);
}

function showCited(root, state, cited) {
  const signature = JSON.stringify(cited);
  if (state.cited === signature) return;
  state.cited = signature;
  const list = root.querySelector("#cited");
  const items = cited.map(({ id, cite }) => {
    const drop = document.createElement("button");
    drop.type = "button";
    drop.textContent = `${cite}  ✕`;
    drop.setAttribute("aria-label", `Do not cite ${cite} in this clause`);
    drop.addEventListener("click", () => state.component.setTriggerValue("drop", { id, n: Date.now() }));
    const item = document.createElement("li");
    item.append(drop);
    return item;
  });
  if (items.length) {
    const lead = document.createElement("li");
    lead.textContent = "Will cite";
    items.unshift(lead);
  }
  list.replaceChildren(...items);
}

export default function (component) {
  const { parentElement: root, data } = component;
  const field = root.querySelector("textarea");
  let state = states.get(field);
  if (!state) {
    state = begin(root, field);
    states.set(field, state);
    window.dispatchEvent(new CustomEvent("rapporteur:editor"));
  }
  state.component = component;
  field.placeholder = data.placeholder;

  // The draft is made when the first text is kept: the field is already its own and stays as it is.
  if (state.draft === "" && data.draft) {
    remember(keyOf(""), null);
    state.draft = data.draft;
    keep(state, field.value);
  }
  if (data.draft) remember(LAST, data.draft);

  if (state.session !== data.session || state.draft !== data.draft) {
    // Mounted, or the server was started again: the later of what it has and what this browser has is right.
    state.session = data.session;
    state.draft = data.draft;
    state.rev = data.rev;
    const local = JSON.parse(recall(keyOf(data.draft)) || "null");
    const newer = local && local.typedAt > data.typedAt && local.text !== data.text;
    state.flights = [];
    state.typedAt = newer ? local.typedAt : data.typedAt;
    state.sent = newer ? null : data.text;
    state.write(newer ? local.text : data.text);
    if (newer) setTimeout(state.flush, 0);
  } else if (state.rev !== data.rev) {
    state.rev = data.rev;
    clearTimeout(state.timer);
    state.sent = data.text;
    state.typedAt = data.typedAt;
    state.write(data.text);
    keep(state, data.text);
  }
  if (state.flights.length && data.answer.n === state.flights[0].n) {
    if (data.answer.taken) {
      state.flights.shift();
      keep(state, field.value);
      depart(state);
    } else {
      const text = whole(state, field.value);
      state.flights = [];
      state.write(text);
      keep(state, text);
      state.flush();
    }
  }

  showCited(root, state, data.cited);
  const last = root.querySelector("#last");
  const known = data.draft ? null : recall(LAST);
  last.hidden = !known;
  if (known) last.href = `?draft=${encodeURIComponent(known)}`;
  if (!field.style.height) state.write(field.value);
}
