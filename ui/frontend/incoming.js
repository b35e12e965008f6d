// What was edited in a Word file that came back: an edit a row, each with its tick. Everything is set as text.
//
// data: {session, run, list, revision, draft, rows: [row], comments: [{by, place, words, text}], empty, notice}
//   row: {key, kind, place, by, about: [line], runs: [[what, text]], parts: [[label, text]], refused, needs,
//     conflict: {text, draft: [[what, text]]} | null}; what: "equal" | "deleted" | "inserted"
//   notice: {text, tone: "note" | "warning", undo: revision | 0, open}; `list` names what is listed, for the ticks
// trigger `act`: {n, session, act, …}: approve {keys, base} | undo {base} | open; `run` is the n of the last one dealt with
//
// The ticks are kept here until they are sent. A row comes ticked unless it conflicts; when the list is made anew, a tick
// stays as the person left it, except where a conflict came or went. One act is on its way at a time; it is sent again
// until it is answered, and the server takes it once.

const states = new WeakMap();
const ELEMENTS = { deleted: "del", inserted: "ins" };

function send(state, act, more = {}) {
  if (state.flying) return;
  fly(state, { act, ...more });
  count(state);
}

function words(runs) {
  const line = make("p", "words");
  line.dir = "auto";
  for (const [what, text] of runs) {
    line.append(ELEMENTS[what] ? make(ELEMENTS[what], "", text) : document.createTextNode(text));
  }
  return line;
}

function labelled(label, runs, className = "") {
  const part = make("div", `part ${className}`);
  part.append(make("p", "label", label), words(runs));
  return part;
}

function tick(state, row, on) {
  state.ticked.set(row.key, on);
  for (const other of state.rows) {
    if (on && row.needs === other.key) tick(state, other, true);
    if (!on && other.needs === row.key) tick(state, other, false);
  }
}

function headed(state, row) {
  const head = make("div", "top");
  const host = make(row.refused ? "p" : "label", "tick");
  if (!row.refused) {
    const box = make("input");
    box.type = "checkbox";
    box.dataset.key = row.key;
    box.addEventListener("change", () => {
      tick(state, row, box.checked);
      count(state);
    });
    host.append(box);
  }
  const title = make("span", "title");
  title.append(make("b", "", row.kind), ` · ${row.place}`);
  host.append(title);
  head.append(host);
  if (row.conflict) head.append(make("span", "tag", "Conflict"));
  if (row.refused) head.append(make("span", "tag", "Cannot be approved"));
  head.append(make("span", "by", row.by));
  return head;
}

function item(state, row) {
  const edit = make("li", row.conflict ? "edit conflict" : "edit");
  edit.append(headed(state, row));
  for (const line of row.about) {
    const about = make("p", "about", line);
    about.dir = "auto";
    edit.append(about);
  }
  if (row.conflict) {
    const texts = make("div", "texts");
    texts.append(labelled("The file", row.runs), labelled("The draft now", row.conflict.draft));
    edit.append(make("p", "why", row.conflict.text), texts);
  } else if (row.runs.length) {
    edit.append(words(row.runs));
  }
  for (const [label, text] of row.parts) edit.append(labelled(label, [["equal", text]], "cut"));
  if (row.refused) edit.append(make("p", "why", row.refused));
  if (row.needs) edit.append(make("p", "why", "Goes with the new clause: both are approved, or neither."));
  return edit;
}

function remark(comment) {
  const entry = make("li", "comment");
  const head = make("div", "top");
  const title = make("span", "title");
  title.append(make("b", "", comment.by), ` · ${comment.place}`);
  head.append(title);
  entry.append(head);
  for (const [className, text] of [["about", comment.words && `On “${comment.words}”`], ["words", comment.text]]) {
    const line = make("p", className, text);
    line.dir = "auto";
    if (text) entry.append(line);
  }
  return entry;
}

function plural(number, what) {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

// Say how many are ticked, and what the buttons would do.
function count(state) {
  const { root, rows } = state;
  const open = rows.filter((row) => !row.refused);
  const ticked = open.filter((row) => state.ticked.get(row.key)).length;
  for (const box of root.querySelectorAll("#list input")) box.checked = Boolean(state.ticked.get(box.dataset.key));
  root.querySelector("#count").textContent = `${ticked} of ${open.length} ticked`;
  const approve = root.querySelector("#approve");
  const busy = state.flying?.act === "approve";
  approve.textContent = busy ? "Approving …" : ticked ? `Approve ${plural(ticked, "edit")}` : "Approve";
  approve.disabled = !ticked || Boolean(state.flying);
  root.querySelector("#all").disabled = open.every((row) => row.conflict || state.ticked.get(row.key));
  root.querySelector("#none").disabled = !ticked;
}

function chosen(state) {
  return state.rows.filter((row) => !row.refused && state.ticked.get(row.key)).map((row) => row.key);
}

function listen(state, root) {
  root.querySelector("#all").addEventListener("click", () => {
    for (const row of state.rows) if (!row.refused && !row.conflict) tick(state, row, true);
    count(state);
  });
  root.querySelector("#none").addEventListener("click", () => {
    for (const row of state.rows) tick(state, row, false);
    count(state);
  });
  root.querySelector("#approve").addEventListener("click", () => {
    send(state, "approve", { keys: chosen(state), base: state.component.data.revision });
  });
}

function tell(state, notice, said, address) {
  notice.className = said.tone;
  notice.setAttribute("role", said.tone === "warning" ? "alert" : "status");
  notice.replaceChildren();
  if (!said.text) return;
  notice.append(make("span", "", said.text));
  if (said.undo) notice.append(button("Undo", "", () => send(state, "undo", { base: said.undo }), "framed"));
  if (!said.open) return;
  const link = make("a", "", "Open the draft");
  link.href = address;
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // the browser opens a tab or window of its own
    event.preventDefault();
    send(state, "open");
  });
  notice.append(link);
}

// Take the ticks over to a list that was made anew.
function settle(state, data) {
  if (state.list !== data.list) {
    state.list = data.list;
    state.ticked = new Map();
    state.met = new Map();
  }
  for (const row of data.rows) {
    const conflict = row.refused || JSON.stringify(row.conflict);
    if (state.met.get(row.key) !== conflict) state.ticked.set(row.key, !row.conflict && !row.refused);
    state.met.set(row.key, conflict);
  }
  state.rows = data.rows;
}

export default function (component) {
  const { parentElement: root, data } = component;
  const list = root.querySelector("#list");
  let state = states.get(list);
  if (!state) {
    state = { root, flying: null, n: 0, session: data.session, ticked: new Map(), met: new Map(), rows: [] };
    states.set(list, state);
    listen(state, root);
  }
  state.component = component;
  const answered = landed(state, data);
  const { run, session, ...shown } = data;
  const signature = JSON.stringify(shown);
  if (state.signature === signature) {
    if (answered) count(state);
    return;
  }
  state.signature = signature;
  const key = root.activeElement?.dataset?.key;
  settle(state, data);
  const notice = root.querySelector("#notice");
  tell(state, notice, data.notice, data.draft);
  root.querySelector(".empty").textContent = data.empty;
  root.querySelector("#edits").hidden = !data.rows.length;
  const open = data.rows.filter((row) => !row.refused);
  root.querySelector(".foot").hidden = root.querySelector(".choose").hidden = !open.length;
  root.querySelector("#edits-title").textContent = plural(data.rows.length, "edit");
  root.querySelector("#all").textContent = open.some((row) => row.conflict) ? "All without a conflict" : "All";
  list.replaceChildren(...data.rows.map((row) => item(state, row)));
  root.querySelector("#comments").hidden = !data.comments.length;
  root.querySelector("#comments-title").textContent = plural(data.comments.length, "comment");
  root.querySelector("#comments ul").replaceChildren(...data.comments.map(remark));
  count(state);
  if (answered && data.notice.text) (notice.querySelector("button") || notice).focus();
  else if (key) [...list.querySelectorAll("input")].find((box) => box.dataset.key === key)?.focus({ preventScroll: true });
}
