// The outline: the clauses of the draft, worked on in place by buttons, keyboard or drag.
//
// data: {session, draft, base, ack, refused, empty, rows, openers, proposers, checks, backing}
//   base: the revision shown. refused: {id, why} when the last operation could not be done to a clause, else {}. rows: see outline_rows.js. openers, proposers: see outline_details.js.
//   checks, backing: see outline_checks.js.
// trigger `op`: {n, session, type, …}; `id` is the clause, `text` its text on the screen, places are in characters of it
//   move {id, by} | order {ids} | edit {id, before, text, base} | delete {id} | kind {id, kind} | uncite {id, passage}
//   target {id} | state {id, state} | proposer {id, proposer} | opener {id, opener} | merge {id}
//   split, outdent {id, at, text, newId} | indent {id, at, text} (`at` -1: the whole clause) | bracket {id, start, end, text}
//   refer {id, at, text, target} | fix {key} | back {id} (no id: every adapted clause)
//   alternative {id, text, proposer, newId} | alternativeEdit {id, alternative, before, text, proposer}
//   alternativeTake, alternativeRemove {id, alternative}
//
// One operation is on its way at a time, the others wait here; `ack` is the number of the last one that was dealt with.
// It is sent again until it is answered; the server takes it once, and only in the session it was made in.
// After a lost connection a new session starts: edits that were not answered are sent again, since they name the text
// they started from and so cannot be applied twice; whatever else was not answered is seen in what is drawn. A text that
// is being edited is kept in this browser until it was dealt with, so that a reload in the middle loses nothing.
//
// A row is drawn anew only when something in it changed, so that a caret elsewhere stays where it is.

const states = new WeakMap();
const PATIENCE = 4000;

const keyOf = (draft) => `rapporteur:edited:${draft}`;

function keep(draft, edited) {
  try {
    if (edited) localStorage.setItem(keyOf(draft), JSON.stringify(edited));
    else localStorage.removeItem(keyOf(draft));
  } catch {
    // Private windows may refuse storage.
  }
}

function kept(draft) {
  try {
    return JSON.parse(localStorage.getItem(keyOf(draft)) || "null");
  } catch {
    return null;
  }
}

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function tool(label, name, act, { className = "", control = "" } = {}) {
  const element = make("button", className, label);
  element.type = "button";
  element.setAttribute("aria-label", name);
  element.title = name;
  if (control) element.dataset.control = control;
  element.addEventListener("click", act);
  return element;
}

// Places: a browser counts UTF-16 units, the server counts characters.
const characters = (text, units) => [...text.slice(0, units)].length;
const units = (text, count) => [...text].slice(0, count).join("").length;
const newId = () => `c${[...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;

function pump(state) {
  if (state.flying || !state.queue.length) return;
  state.flying = state.queue.shift();
  depart(state);
}

function depart(state) {
  clearTimeout(state.departing);
  if (!state.flying) return;
  state.component.setTriggerValue("op", { ...state.flying, session: state.session });
  state.departing = setTimeout(() => depart(state), PATIENCE);
}

function send(state, operation) {
  state.n = Math.max(state.n + 1, Date.now());
  state.queue.push({ ...operation, n: state.n });
  if (operation.type === "edit") state.unanswered.set(operation.id, operation.text);
  pump(state);
}

// Send what was typed into a clause, if anything was.
function commit(state, id) {
  const typed = state.typed?.id === id ? state.typed : null;
  if (!typed) return;
  state.typed = null;
  if (typed.text.trim() && typed.text !== typed.before) send(state, { ...typed, type: "edit" });
  else keep(state.component.data.draft, null);
}

// Do something to a clause; `focus` says where the focus is to be once it is done: the first clause of `ids` that is there.
function act(state, id, operation, focus) {
  commit(state, id);
  state.focus = focus || null;
  send(state, { ...operation, id });
}

function fit(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

const rowOf = (state, id) => state.data.rows.find((row) => row.id === id);
const itemOf = (state, id) => [...state.list.children].find((item) => item.dataset.id === id);
const isShown = (state, row) => state.show === "all" || row.state === "open";

function show(state, which) {
  state.show = which;
  refresh(state);
}

// Hide and show rows and say what is shown; nothing is drawn anew.
function refresh(state) {
  const { rows } = state.data;
  let hidden = 0;
  for (const item of state.list.children) {
    const row = rowOf(state, item.dataset.id);
    item.hidden = !row || !isShown(state, row);
    hidden += item.hidden;
  }
  const filtered = state.root.querySelector(".filtered");
  filtered.hidden = !hidden;
  filtered.textContent = hidden === rows.length ? "Every clause is agreed." : `${hidden} agreed ${hidden === 1 ? "clause is" : "clauses are"} not shown.`;
  drawBar(state);
}

function focusOn(state, { ids, control, select }) {
  const item = ids.map((id) => itemOf(state, id)).find(Boolean);
  const found = item?.querySelector(`[data-control="${control}"]:not([disabled])`) || item?.querySelector(".grip");
  if (!found) return;
  found.focus();
  if (select && found.setSelectionRange) found.setSelectionRange(...select);
}

// What has the focus, to give it back after rows were drawn anew.
function focused(state) {
  const active = state.root.activeElement;
  const item = active?.closest?.("li.clause");
  if (!item || !active.dataset.control) return null;
  const select = active.selectionStart === undefined || active.selectionStart === null ? null : [active.selectionStart, active.selectionEnd];
  return { ids: [item.dataset.id], control: active.dataset.control, select };
}

// Draw what changed; returns nothing. Rows that did not change stay in the page with all that is in them.
function draw(state) {
  const { list, data } = state;
  const before = focused(state);
  const held = new Map([...list.children].map((item) => [item.dataset.id, item]));
  const items = data.rows.map((row) => {
    const open = state.open.has(row.id);
    const why = data.refused.id === row.id ? data.refused.why : "";
    const signature = JSON.stringify(open ? [row, why, data.base, data.openers, data.backing] : [row, why]);
    const old = held.get(row.id);
    if (old?.signature === signature) {
      const area = old.querySelector("textarea.words");
      if (state.typed?.id !== row.id && area.value !== standing(state, row)) area.value = standing(state, row);
      return old;
    }
    const item = drawRow(state, row, why);
    item.signature = signature;
    if (old) carry(old, item, row);
    return item;
  });
  state.drawing = true;
  items.forEach((item, at) => {
    if (list.children[at] !== item) list.insertBefore(item, list.children[at] || null);
  });
  while (list.children.length > items.length) list.lastElementChild.remove();
  state.drawing = false;
  for (const area of list.querySelectorAll("textarea")) fit(area);
  if (before && !focused(state)) {
    const control = itemOf(state, before.ids[0])?.querySelector(`[data-control="${before.control}"]:not([disabled])`);
    control?.focus({ preventScroll: true });
    if (control && before.select && control.setSelectionRange) control.setSelectionRange(...before.select);
  }
}

function mount(root, data) {
  const list = root.querySelector("ol");
  const live = root.querySelector(".quiet");
  const state = {
    root, list, data, queue: [], flying: null, unanswered: new Map(), n: 0, session: data.session, show: "all",
    open: new Set(), say: (text) => { live.textContent = text; },
  };
  states.set(list, state);
  for (const button of root.querySelectorAll("[data-show]")) {
    button.addEventListener("click", () => show(state, button.dataset.show));
  }
  root.querySelector(".check").addEventListener("click", () => {
    state.checking = !state.checking;
    drawBar(state);
  });
  return state;
}

export default function (component) {
  const { parentElement: root, data } = component;
  const state = states.get(root.querySelector("ol")) || mount(root, data);
  state.component = component;
  state.data = data;
  if (state.flying && data.session !== state.session) {
    if (state.flying.type === "edit") state.queue.unshift(state.flying);
    state.flying = null;
  } else if (state.flying && data.ack >= state.flying.n) {
    const { type, id, text } = state.flying;
    if (type === "edit" && state.unanswered.get(id) === text) state.unanswered.delete(id);
    if (type === "edit" && !state.typed) keep(data.draft, null);
    state.flying = null;
  }
  state.session = data.session;
  if (!state.mounted) {
    state.mounted = true;
    const edited = kept(data.draft);
    if (edited && data.rows.some((row) => row.id === edited.id && row.text !== edited.text)) {
      send(state, { ...edited, type: "edit" });
    }
  }

  if (state.typed && !data.rows.some((row) => row.id === state.typed.id)) {
    const typed = state.typed; // the clause was deleted elsewhere while its text was being edited here
    state.typed = null;
    send(state, { ...typed, type: "edit" });
  }

  const signature = JSON.stringify([data.rows, data.refused, data.empty, data.base, data.openers, data.checks, data.backing]);
  if (state.signature !== signature) {
    state.signature = signature;
    root.querySelector(".empty").textContent = data.empty;
    draw(state);
    refresh(state);
  }
  if (state.focus && !state.flying && !state.queue.length) {
    const elsewhere = !root.activeElement && document.activeElement !== document.body;
    if (!elsewhere) focusOn(state, state.focus); // who went on to write elsewhere is not called back
    state.focus = null;
  }
  pump(state);
}
