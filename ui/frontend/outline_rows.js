// A row of the outline: number, text, sources, what is to be known of the clause at a glance, and its tools.
//
// row: {id, kind, kinds: [[value, label]], number, name, text, read: [{level, pieces: [[text, mark]]}],
//       targets: [[value, label]], drift: {is, label, about}, changes: [[kind, text]],
//       ladder: {rung, own, sources: [verb], stronger}, state, proposer,
//       alternatives: [{id, number, text, proposer, drift}], sources: [{id, cite, href, who}], first, last, target}
//   `read` is how the text is shown while nobody edits it, where lines or brackets make that worth while.

const standing = (state, row) => state.unanswered.get(row.id) ?? row.text;

function drawRow(state, row, why) {
  const item = make("li", `clause ${row.kind} ${row.state}${row.target ? " target" : ""}`);
  item.dataset.id = row.id;
  const body = make("div", "body");
  const problem = make("p", "problem", why);
  problem.setAttribute("role", "alert");
  body.append(drawText(state, row), ...(why ? [problem] : []), ...drawAlternatives(row), drawSources(state, row), ...drawFacts(state, row), drawTools(state, row));
  if (state.open.has(row.id)) body.append(drawDetails(state, row));
  item.append(drawGrip(state, row, item), make("span", "number", row.number), body);
  item.addEventListener("keydown", (event) => onKey(state, row, event));
  return item;
}

// Move by places that are seen: agreed clauses that are not shown are passed over.
function move(state, row, direction, control) {
  const { rows } = state.data;
  const at = rows.findIndex((other) => other.id === row.id);
  let to = at + direction;
  while (rows[to] && !isShown(state, rows[to])) to += direction;
  if (!rows[to]) return;
  state.say(`Moved ${row.name} ${direction < 0 ? "up" : "down"}.`);
  act(state, row.id, { type: "move", by: to - at }, { ids: [row.id], control });
}

function drawGrip(state, row, item) {
  const grip = tool("⠿", `Move ${row.name}: Alt+Up, Alt+Down, or drag`, () => {}, { className: "grip", control: "grip" });
  const { list } = state;
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
    const ids = state.data.rows.map((other) => other.id).filter((id) => id !== state.dragged);
    ids.splice(ids.indexOf(row.id) + (item.classList.contains("after") ? 1 : 0), 0, state.dragged);
    state.focus = { ids: [state.dragged], control: "grip" };
    clear();
    send(state, { type: "order", ids });
  });
  return grip;
}

function drawText(state, row) {
  const text = make("div", "text");
  const area = make("textarea", "words");
  area.rows = 1;
  area.value = state.typed?.id === row.id ? state.typed.text : standing(state, row);
  area.dataset.control = "text";
  area.setAttribute("aria-label", `Text of ${row.name}`);
  area.addEventListener("input", () => {
    fit(area);
    text.querySelector(".read")?.remove(); // it says what the clause said before
    // The text the person started from, even when a change from elsewhere is drawn while they type.
    const held = state.typed?.id === row.id ? state.typed : { before: standing(state, row), base: state.data.base };
    state.typed = { id: row.id, before: held.before, base: held.base, text: area.value };
    keep(state.component.data.draft, state.typed);
  });
  area.addEventListener("blur", () => {
    if (state.drawing) return; // the field goes because the row is drawn anew, not because the person left it
    if (!area.value.trim()) area.value = standing(state, row);
    commit(state, row.id);
  });
  text.append(area);
  if (row.read.length && area.value === row.text) {
    const read = make("div", "read");
    read.setAttribute("aria-hidden", "true"); // the field has the text
    for (const { level, pieces } of row.read) {
      const line = make("p", `level${level}`);
      for (const [piece, mark] of pieces) line.append(mark ? make(mark === "unmatched" ? "mark" : "b", mark, piece) : piece);
      read.append(line);
    }
    text.append(read);
  }
  return text;
}

function drawAlternatives(row) {
  if (!row.alternatives.length) return [];
  const list = make("ul", "alternatives");
  list.setAttribute("aria-label", `Alternatives to ${row.name}`);
  for (const other of row.alternatives) {
    const line = make("li");
    line.append(make("b", "", other.number), ` ${other.text}`);
    if (other.proposer) line.append(make("span", "", ` (${other.proposer})`));
    list.append(line);
  }
  return [list];
}

function drawSources(state, row) {
  const sources = make("ul", "sources");
  for (const source of row.sources) {
    const line = make("li");
    const link = make("a", "", source.cite);
    link.href = source.href;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    const drop = tool("✕", `Remove the source ${source.cite} from ${row.name}`,
      () => act(state, row.id, { type: "uncite", passage: source.id }, { ids: [row.id], control: "text" }), { className: "small" });
    line.append(link, make("span", "", source.who), drop);
    sources.append(line);
  }
  return sources;
}

function drawFacts(state, row) {
  if (row.kind === "heading") return [];
  const facts = make("div", "facts");
  facts.append(drawState(state, row));
  if (row.drift.label) {
    const label = make("span", `drift ${row.drift.is.replaceAll(" ", "-")}`, row.drift.label);
    label.title = row.drift.about;
    facts.append(label);
  }
  if (row.ladder.rung && row.ladder.sources.length) {
    facts.append(make("span", "ladder", `${row.ladder.own} · ${row.ladder.sources.length === 1 ? "source" : "sources"}: ${row.ladder.sources.join(", ")}`));
  }
  if (row.ladder.stronger) facts.append(make("strong", "stronger", "▲ Stronger than all its sources"));
  if (row.proposer) facts.append(make("span", "", `Proposed by ${row.proposer}`));
  return [facts];
}

function drawState(state, row) {
  const agreed = row.state === "agreed";
  return tool(agreed ? "Agreed ✓" : "Open", agreed ? `Open ${row.name} again` : `Mark ${row.name} as agreed`,
    () => agree(state, row, "state"), { className: `chip ${row.state}`, control: "state" });
}

function drawTools(state, row) {
  const tools = make("div", "tools");
  const up = tool("↑", `Move ${row.name} up`, () => move(state, row, -1, "up"), { control: "up" });
  const down = tool("↓", `Move ${row.name} down`, () => move(state, row, 1, "down"), { control: "down" });
  up.disabled = row.first;
  down.disabled = row.last;
  const kind = make("select");
  kind.dataset.control = "kind";
  kind.setAttribute("aria-label", `Kind of ${row.name}`);
  for (const [value, label] of row.kinds) kind.append(new Option(label, value, value === row.kind, value === row.kind));
  kind.addEventListener("change", () => act(state, row.id, { type: "kind", kind: kind.value }, { ids: [row.id], control: "kind" }));
  tools.append(up, down, kind);
  if (row.kind !== "heading") {
    const target = tool(row.target ? "Citing here" : "Cite here", `Cite found passages in ${row.name}`,
      () => act(state, row.id, { type: "target" }, { ids: [row.id], control: "target" }), { control: "target" });
    target.setAttribute("aria-pressed", String(row.target));
    tools.append(target);
  }
  const open = state.open.has(row.id);
  const details = tool("Details", `Details of ${row.name}`, () => toggle(state, row.id), { control: "details" });
  details.setAttribute("aria-expanded", String(open));
  const drop = tool("✕", `Delete ${row.name}`, () => {
    const ids = state.data.rows.map((other) => other.id);
    const at = ids.indexOf(row.id);
    state.say(`Deleted ${row.name}. Undo brings it back.`);
    act(state, row.id, { type: "delete" }, { ids: [row.id, ids[at + 1], ids[at - 1]], control: "grip" });
  }, { control: "delete" });
  const last = make("div", "push");
  last.append(details, drop);
  if (row.kind === "heading") tools.append(drawState(state, row));
  tools.append(last);
  return tools;
}

function agree(state, row, control) {
  act(state, row.id, { type: "state", state: row.state === "agreed" ? "open" : "agreed" }, { ids: [row.id], control });
}

function toggle(state, id, open = !state.open.has(id)) {
  if (open) state.open.add(id);
  else state.open.delete(id);
  draw(state);
  refresh(state);
}

// Where the caret stands in the text of a clause, or stood last.
function caret(state, row) {
  const area = itemOf(state, row.id).querySelector("textarea.words");
  return { text: area.value, start: area.selectionStart, end: area.selectionEnd };
}

const atCaret = {
  split(state, row) {
    const { text, start } = caret(state, row);
    const made = newId();
    act(state, row.id, { type: "split", at: characters(text, start), text, newId: made }, { ids: [made, row.id], control: "text", select: [0, 0] });
  },
  merge(state, row) {
    const { text } = caret(state, row);
    act(state, row.id, { type: "merge" }, { ids: [row.id], control: "text", select: [text.length, text.length] });
  },
  indent(state, row, whole) {
    const { text, start } = caret(state, row);
    const { rows } = state.data;
    const above = rows[rows.findIndex((other) => other.id === row.id) - 1];
    const operation = { type: "indent", at: whole ? -1 : characters(text, start), text };
    act(state, row.id, operation, { ids: [row.id, above?.id], control: "text", select: whole ? null : [start, start] });
  },
  outdent(state, row, whole) {
    const { text, start } = caret(state, row);
    const made = newId();
    const operation = { type: "outdent", at: whole ? -1 : characters(text, start), text, newId: made };
    act(state, row.id, operation, { ids: [made, row.id], control: "text" });
  },
  bracket(state, row) {
    const { text, start, end } = caret(state, row);
    const operation = { type: "bracket", start: characters(text, start), end: characters(text, end), text };
    act(state, row.id, operation, { ids: [row.id], control: "text", select: [start, start === end ? end : end + 2] });
  },
};

function onKey(state, row, event) {
  const at = event.target;
  const inText = at.classList.contains("words");
  if (inText && event.key === "Escape") {
    state.typed = null;
    keep(state.component.data.draft, null);
    at.value = standing(state, row);
    at.blur();
    event.currentTarget.signature = ""; // drawn anew, as it reads when nobody edits it
    draw(state);
    refresh(state);
  } else if (inText && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    at.blur();
  }
  if (!event.altKey || event.ctrlKey || event.metaKey || (!inText && at.matches("input, textarea, select"))) return;
  const control = at.dataset.control || "grip";
  const keys = {
    ArrowUp: () => move(state, row, -1, control),
    ArrowDown: () => move(state, row, 1, control),
    ArrowRight: () => atCaret.indent(state, row, !inText),
    ArrowLeft: () => atCaret.outdent(state, row, !inText),
    Enter: inText && (() => atCaret.split(state, row)),
    KeyM: event.shiftKey && (() => atCaret.merge(state, row)),
    KeyB: inText && (() => atCaret.bracket(state, row)),
    KeyG: () => agree(state, row, control),
    KeyI: () => { toggle(state, row.id); },
    KeyO: row.kind === "operative" && (() => { toggle(state, row.id, true); focusOn(state, { ids: [row.id], control: "opener" }); }),
    KeyR: row.kind !== "heading" && (() => { toggle(state, row.id, true); focusOn(state, { ids: [row.id], control: "refer" }); }),
  };
  const asked = keys[event.code];
  if (!asked) return;
  event.preventDefault();
  event.stopPropagation();
  asked();
}
