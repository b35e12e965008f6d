// The outline: the clauses of the draft, edited in place and put in order by buttons, keyboard or drag.
//
// data: {session, draft, ack, empty, rows: [row]}
//   row: {id, kind, kinds: [[value, label]], number, name, text, origin, sources: [{id, cite, href, who}], first, last, target}
// trigger `op`: {n, session, type, …}: move {id, by} | order {ids} | edit {id, before, text} | delete {id} | kind {id, kind}
//               | uncite {id, passage} | target {id}
//
// One operation is on its way at a time, the others wait here; `ack` is the number of the last one that was dealt with.
// It is sent again until it is answered; the server takes it once, and only in the session it was made in.
// After a lost connection a new session starts: edits that were not answered are sent again, since they name the text
// they started from and so cannot be applied twice; whatever else was not answered is seen in what is drawn. A text that
// is being edited is kept in this browser until it was dealt with, so that a reload in the middle loses nothing.

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

function tool(label, name, act, className = "") {
  const element = make("button", className, label);
  element.type = "button";
  element.setAttribute("aria-label", name);
  element.title = name;
  element.addEventListener("click", act);
  return element;
}

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

function fit(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

function move(state, rows, at, by, control) {
  const to = at + by;
  if (to < 0 || to >= rows.length) return;
  state.focus = { id: rows[at].id, control };
  state.say(`Moved ${rows[at].name} ${by < 0 ? "up" : "down"}.`);
  send(state, { type: "move", id: rows[at].id, by });
}

function draw(state, list, rows) {
  return rows.map((row, at) => {
    const item = make("li", `clause ${row.kind}${row.target ? " target" : ""}`);
    item.dataset.id = row.id;

    const grip = tool("⠿", `Move ${row.name}: Alt+Up, Alt+Down, or drag`, () => {}, "grip");
    grip.dataset.control = "grip";
    grip.draggable = true;
    grip.addEventListener("dragstart", (event) => {
      state.dragged = row.id;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.id);
      event.dataTransfer.setDragImage(item, 12, 12);
    });
    const clear = () => { for (const other of list.children) other.classList.remove("before", "after"); };
    grip.addEventListener("dragend", () => { state.dragged = null; clear(); });
    item.addEventListener("dragover", (event) => {
      if (!state.dragged || state.dragged === row.id) return;
      event.preventDefault();
      clear();
      const box = item.getBoundingClientRect();
      item.classList.add(event.clientY > box.top + box.height / 2 ? "after" : "before");
    });
    item.addEventListener("drop", (event) => {
      if (!state.dragged || state.dragged === row.id) return;
      event.preventDefault();
      const ids = rows.map((other) => other.id).filter((id) => id !== state.dragged);
      ids.splice(ids.indexOf(row.id) + (item.classList.contains("after") ? 1 : 0), 0, state.dragged);
      state.focus = { id: state.dragged, control: "grip" };
      clear();
      send(state, { type: "order", ids });
    });

    const area = make("textarea");
    area.rows = 1;
    const stands = () => state.unanswered.get(row.id) ?? row.text;
    area.value = state.typed?.id === row.id ? state.typed.text : stands();
    area.dataset.control = "text";
    area.setAttribute("aria-label", `Text of ${row.name}`);
    area.addEventListener("input", () => {
      fit(area);
      // The text the person started from, even when a change from elsewhere is drawn while they type.
      const before = state.typed?.id === row.id ? state.typed.before : stands();
      state.typed = { id: row.id, before, text: area.value };
      keep(state.component.data.draft, state.typed);
    });
    area.addEventListener("blur", () => {
      if (state.drawing) return; // the field goes because the list is drawn anew, not because the person left it
      const typed = state.typed?.id === row.id ? state.typed : null;
      state.typed = null;
      if (!area.value.trim()) area.value = stands();
      if (typed?.text.trim() && typed.text !== typed.before) send(state, { ...typed, type: "edit" });
      else if (typed) keep(state.component.data.draft, null);
    });

    const onKeys = (control) => (event) => {
      if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
        event.preventDefault();
        event.currentTarget.blur?.();
        move(state, rows, at, event.key === "ArrowUp" ? -1 : 1, control);
      } else if (control === "text" && event.key === "Escape") {
        state.typed = null;
        keep(state.component.data.draft, null);
        area.value = stands();
        area.blur();
      } else if (control === "text" && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        area.blur();
      }
    };
    grip.addEventListener("keydown", onKeys("grip"));
    area.addEventListener("keydown", onKeys("text"));

    const sources = make("ul", "sources");
    for (const source of row.sources) {
      const line = make("li");
      const link = make("a", "", source.cite);
      link.href = source.href;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      const drop = tool("✕", `Remove the source ${source.cite} from ${row.name}`,
        () => send(state, { type: "uncite", id: row.id, passage: source.id }), "small");
      line.append(link, make("span", "", source.who), drop);
      sources.append(line);
    }

    const up = tool("↑", `Move ${row.name} up`, () => move(state, rows, at, -1, "up"));
    const down = tool("↓", `Move ${row.name} down`, () => move(state, rows, at, 1, "down"));
    up.dataset.control = "up";
    down.dataset.control = "down";
    up.disabled = row.first;
    down.disabled = row.last;
    const kind = make("select");
    kind.setAttribute("aria-label", `Kind of ${row.name}`);
    for (const [value, label] of row.kinds) kind.append(new Option(label, value, value === row.kind, value === row.kind));
    kind.addEventListener("change", () => send(state, { type: "kind", id: row.id, kind: kind.value }));
    const tools = make("div", "tools");
    tools.append(up, down, kind);
    if (row.kind !== "heading") {
      const target = tool(row.target ? "Citing here" : "Cite here", `Cite found passages in ${row.name}`,
        () => send(state, { type: "target", id: row.id }));
      target.setAttribute("aria-pressed", String(row.target));
      target.dataset.control = "target";
      tools.append(target);
    }
    if (row.origin) tools.append(make("span", "origin", row.origin));
    tools.append(tool("✕", `Delete ${row.name}`, () => {
      state.say(`Deleted ${row.name}. Undo brings it back.`);
      state.focus = { id: (rows[at + 1] || rows[at - 1])?.id, control: "grip" };
      send(state, { type: "delete", id: row.id });
    }, "push"));

    const body = make("div", "body");
    body.append(area, sources, tools);
    item.append(grip, make("span", "number", row.number), body);
    return item;
  });
}

export default function (component) {
  const { parentElement: root, data } = component;
  const list = root.querySelector("ol");
  let state = states.get(list);
  if (!state) {
    const live = root.querySelector(".quiet");
    state = { queue: [], flying: null, unanswered: new Map(), n: 0, session: data.session, say: (text) => { live.textContent = text; } };
    states.set(list, state);
  }
  state.component = component;
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

  const signature = JSON.stringify([data.rows, data.empty]);
  if (state.signature !== signature) {
    state.signature = signature;
    const active = root.activeElement;
    const caret = active?.dataset?.control === "text"
      ? { id: active.closest("ol > li").dataset.id, start: active.selectionStart, end: active.selectionEnd }
      : null;
    root.querySelector(".empty").textContent = data.empty;
    state.drawing = true;
    list.replaceChildren(...draw(state, list, data.rows));
    state.drawing = false;
    for (const area of list.querySelectorAll("textarea")) fit(area);
    const want = state.focus || (caret && { id: caret.id, control: "text" });
    const item = want && [...list.children].find((other) => other.dataset.id === want.id);
    const control = item?.querySelector(`[data-control="${want.control}"]:not([disabled])`) || item?.querySelector(".grip");
    if (control) control.focus({ preventScroll: !state.focus });
    if (caret && control?.dataset.control === "text") {
      control.setSelectionRange(caret.start, caret.end);
    }
    if (!state.queue.length) state.focus = null;
  }
  pump(state);
}
