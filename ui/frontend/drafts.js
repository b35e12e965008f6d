// The list of drafts. Everything is set as text, nothing as markup.
//
// data: {session, run, shelf, rows: [row], empty, notice: {text, undo: [act, id, {title?}] | null}}
//   row: {id, title, href, congress, clauses, when, at, by, change, actions: [act]}
// trigger `act`: {act, id, n, session, title?}; `run` is the n of the last one that was dealt with. Acts: open, versions,
//   duplicate, rename (with title), archive, unarchive, delete, restore, purge
//
// One act is on its way at a time; it is sent again until it is answered, and the server takes it once.

const states = new WeakMap();
const WORDS = {
  rename: "Rename", duplicate: "Duplicate", versions: "Versions", archive: "Archive", unarchive: "Make active",
  delete: "Delete", restore: "Restore", purge: "Remove for good …",
};

function send(state, act, id, more = {}) {
  if (state.flying) return;
  fly(state, { act, id, ...more });
}

function cell(className, ...content) {
  const element = make("td", className);
  element.append(...content);
  return element;
}

function titled(state, row) {
  const head = make("th");
  head.scope = "row";
  if (!row.href) {
    head.append(make("span", "title", row.title));
    return head;
  }
  const link = make("a", "title", row.title);
  link.href = row.href;
  link.dataset.control = "open";
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // the browser opens a tab or window of its own
    event.preventDefault();
    send(state, "open", row.id);
  });
  head.append(link);
  return head;
}

// The title becomes a field: Enter or "Save" renames, Escape or "Cancel" does not.
function rename(state, item, row) {
  const head = item.querySelector("th");
  const form = make("form");
  const field = make("input");
  field.value = row.title;
  field.maxLength = 300;
  field.setAttribute("aria-label", `New title of ${row.title}`);
  const save = make("button", "framed", "Save");
  save.type = "submit";
  const close = () => {
    head.replaceWith(titled(state, row));
    item.querySelector("[data-control=rename]")?.focus();
  };
  form.append(field, save, button("Cancel", "", close));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const title = field.value.trim();
    if (!title || title === row.title) {
      close();
      return;
    }
    state.focus = { id: row.id, control: "rename" };
    send(state, "rename", row.id, { title });
  });
  head.replaceChildren(form);
  field.focus();
  field.select();
}

// Removing for good is asked twice, in the place of the row's tools.
function confirm(state, tools, row) {
  const ask = make("div", "confirm");
  ask.setAttribute("role", "group");
  ask.setAttribute("aria-label", `Remove ${row.title} for good?`);
  const keep = button("Keep it", `Keep ${row.title}`, () => {
    ask.replaceWith(tools);
    tools.querySelector("[data-control=purge]")?.focus();
  }, "framed");
  const remove = button("Remove", `Remove ${row.title} for good`, () => {
    state.focus = { control: "notice" };
    send(state, "purge", row.id);
  }, "grave");
  ask.append(make("span", "", "With all its versions? This cannot be undone."), remove, keep);
  tools.replaceWith(ask);
  keep.focus();
}

function tools(state, item, row) {
  const host = make("div", "tools");
  for (const act of row.actions) {
    const tool = button(WORDS[act], `${WORDS[act].replace(" …", "")}: ${row.title}`, () => {
      if (act === "rename") rename(state, item, row);
      else if (act === "purge") confirm(state, host, row);
      else {
        state.focus = { control: "notice" };
        send(state, act, row.id);
      }
    });
    tool.dataset.control = act;
    host.append(tool);
  }
  return host;
}

function draw(state, data) {
  const caption = make("caption", "", `${data.shelf} drafts, the last changed first`);
  const head = make("thead");
  const names = make("tr");
  for (const [name, className] of [["Title", ""], ["Congress", ""], ["Clauses", "figure"], ["Last change", ""], ["Actions", "do"]]) {
    const column = make("th", className, name === "Actions" ? undefined : name);
    if (name === "Actions") column.append(make("span", "quiet", name));
    column.scope = "col";
    names.append(column);
  }
  head.append(names);
  const body = make("tbody");
  for (const row of data.rows) {
    const item = make("tr");
    item.dataset.id = row.id;
    const time = make("time", "", row.by ? `${row.when} by ${row.by}` : row.when);
    time.dateTime = row.at;
    const figure = cell("figure", String(row.clauses), make("span", "unit", row.clauses === 1 ? " clause" : " clauses"));
    item.append(titled(state, row), cell("congress", row.congress), figure,
      cell("last", time, make("span", "change", row.change)), cell("do", tools(state, item, row)));
    body.append(item);
  }
  return data.rows.length ? [caption, head, body] : [];
}

export default function (component) {
  const { parentElement: root, data } = component;
  const table = root.querySelector("table");
  let state = states.get(table);
  if (!state) {
    state = { flying: null, n: 0, session: data.session };
    states.set(table, state);
  }
  state.component = component;
  const answered = landed(state, data);

  const { run, session, ...shown } = data;
  const signature = JSON.stringify(shown);
  if (state.signature === signature && !answered) return;
  state.signature = signature;
  const notice = root.querySelector("#notice");
  notice.replaceChildren();
  if (data.notice.text) {
    notice.append(make("span", "", data.notice.text));
    if (data.notice.undo) {
      const undo = button("Undo", "", () => {
        state.focus = { id: data.notice.undo[1], control: "open" };
        send(state, ...data.notice.undo);
      }, "framed");
      undo.dataset.control = "undo";
      notice.append(undo);
    }
  }
  root.querySelector(".empty").textContent = data.empty;
  table.hidden = !data.rows.length;
  table.replaceChildren(...draw(state, data));
  if (!answered || !state.focus) return;
  const item = [...table.querySelectorAll("tr")].find((other) => other.dataset.id === state.focus.id);
  const control = item?.querySelector(`[data-control=${state.focus.control}]`) || notice.querySelector("button")
    || table.querySelector("[data-control]");
  control?.focus();
  state.focus = null;
}
