// The timeline of a draft: choose two versions, name one, restore one. Everything is set as text, nothing as markup.
//
// data: {session, run, rows: [row], current, before, after, notice: {text, undo}}
//   row: {number, day, time, at, by, change, name, current, left}
// trigger `act`: {n, session, act, …}: pick {before, after} | name {number, name} | restore {number, base} | undo {base};
//   `run` is the n of the last one that was dealt with
//
// One act is on its way at a time; it is sent again until it is answered, and the server takes it once. A choice that is
// made meanwhile waits, and only the last of several: walking through the radio buttons asks for the last one.

const states = new WeakMap();
const SHOWN = 60;

function send(state, act, more) {
  if (state.flying) {
    if (act === "pick") state.waiting = more;
    return;
  }
  fly(state, { act, ...more });
}

function radio(state, row, side, label) {
  const host = make("label");
  const input = make("input");
  input.type = "radio";
  input.name = side;
  input.value = String(row.number);
  input.checked = state.pair[side] === row.number;
  input.dataset.control = side;
  input.setAttribute("aria-label", `Compare ${label.toLowerCase()} version ${row.number}`);
  input.addEventListener("change", () => {
    state.pair[side] = row.number;
    for (const item of state.list.querySelectorAll(".version")) {
      item.classList.toggle("chosen", Object.values(state.pair).includes(Number(item.dataset.number)));
    }
    state.focus = { number: row.number, control: side };
    send(state, "pick", { ...state.pair });
  });
  host.append(input, make("span", "", label));
  return host;
}

function name(state, row, tools) {
  const form = make("form");
  const field = make("input");
  field.value = row.name;
  field.maxLength = 120;
  field.placeholder = "Such as “Second reading”";
  field.setAttribute("aria-label", `Name of version ${row.number}`);
  const keep = make("button", "framed", "Keep");
  keep.type = "submit";
  const close = () => {
    form.replaceWith(tools);
    tools.querySelector("[data-control=name]")?.focus();
  };
  form.append(field, keep, button("Cancel", "", close));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    close();
    state.focus = { number: row.number, control: "name" };
    if (field.value.trim() !== row.name) send(state, "name", { number: row.number, name: field.value.trim() });
  });
  tools.replaceWith(form);
  field.focus();
}

function version(state, row) {
  const item = make("li", `version${Object.values(state.pair).includes(row.number) ? " chosen" : ""}`);
  item.dataset.number = row.number;
  const sides = make("div", "sides");
  sides.append(radio(state, row, "before", "From"), radio(state, row, "after", "To"));
  const body = make("div");
  if (row.name) body.append(make("p", "called", row.name));
  const line = make("p", "line");
  line.append(make("b", "", `Version ${row.number}`), " · ");
  const time = make("time", "", row.time);
  time.dateTime = row.at;
  line.append(time, row.by ? ` · ${row.by}` : "");
  if (row.current) line.append(make("span", "tag", "Current"));
  if (row.left) line.append(make("span", "tag", "Undone"));
  const tools = make("div", "tools");
  const call = button(row.name ? "Rename" : "Name", `Name version ${row.number}`, () => name(state, row, tools));
  call.dataset.control = "name";
  tools.append(call);
  if (!row.current) {
    const restore = button("Restore", `Restore version ${row.number}`, () => {
      state.focus = { control: "notice" };
      send(state, "restore", { number: row.number, base: state.component.data.current });
    });
    restore.dataset.control = "restore";
    tools.append(restore);
  }
  body.append(line, make("p", "change", row.change));
  item.append(sides, body, tools);
  return item;
}

function draw(state, root, data) {
  const named = root.querySelector("#named").checked;
  const rows = named ? data.rows.filter((row) => row.name) : data.rows;
  root.querySelector(".empty").hidden = !named || rows.length > 0;
  const items = [];
  let day = "";
  for (const row of rows.slice(0, state.shown)) {
    if (row.day !== day) items.push(make("li", "day", row.day));
    day = row.day;
    items.push(version(state, row));
  }
  state.list.replaceChildren(...items);
  const older = root.querySelector("#older");
  older.hidden = rows.length <= state.shown;
  older.textContent = `Show ${Math.min(SHOWN, rows.length - state.shown)} older`;
}

export default function (component) {
  const { parentElement: root, data } = component;
  const list = root.querySelector("ol");
  let state = states.get(list);
  if (!state) {
    state = { list, flying: null, waiting: null, n: 0, session: data.session, shown: SHOWN };
    states.set(list, state);
    const own = state;
    root.querySelector("#named").addEventListener("change", () => draw(own, root, own.component.data));
    root.querySelector("#older").addEventListener("click", () => {
      own.shown += SHOWN;
      draw(own, root, own.component.data);
    });
  }
  state.component = component;
  const answered = landed(state, data);
  if (state.waiting && !state.flying) {
    const { waiting } = state;
    state.waiting = null;
    send(state, "pick", waiting);
    return;
  }
  const { run, session, ...shown } = data;
  const signature = JSON.stringify(shown);
  if (state.signature === signature) return;
  state.signature = signature;
  if (!state.flying) state.pair = { before: data.before, after: data.after };
  const notice = root.querySelector("#notice");
  notice.replaceChildren();
  if (data.notice.text) {
    notice.append(make("span", "", data.notice.text));
    if (data.notice.undo) {
      notice.append(button("Undo", "", () => send(state, "undo", { base: state.component.data.current }), "framed"));
    }
  }
  const focused = root.activeElement?.dataset?.control
    && { number: Number(root.activeElement.closest(".version")?.dataset.number), control: root.activeElement.dataset.control };
  draw(state, root, data);
  const want = answered && state.focus ? state.focus : focused;
  if (!want) return;
  const item = [...list.querySelectorAll(".version")].find((other) => Number(other.dataset.number) === want.number);
  (item?.querySelector(`[data-control=${want.control}]`) || notice.querySelector("button"))?.focus({ preventScroll: true });
  if (answered) state.focus = null;
}
