// The clauses that a Word file of somebody else's would become, each with the closest sources. Everything is set as text.
//
// data: {session, run, list, rows: [row], progress: {done, total, waiting}, notice: {text, tone}}
//   row: {id, number, kind, heading, text, none, sources: [{id, cite, href, who, color, band, chapeau, text}]}
//   `list` names what is listed, for the ticks
// trigger `act`: {n, session, act: "make", cited: [[clause, passage]]}; `run` is the n of the last one dealt with
//
// Nothing is ticked but by the person, and a tick stays while sources of other clauses come in: a row is drawn anew only
// when it changed. The act is sent again until it is answered, and the server takes it once.

const states = new WeakMap();

function words(className, text) {
  const line = make("p", className, text);
  line.dir = "auto";
  return line;
}

function offer(state, row, source) {
  const host = make("li", `source ${source.color}`);
  const top = make("div", "top");
  const label = make("label", "tick");
  const box = make("input");
  const pair = JSON.stringify([row.id, source.id]);
  box.type = "checkbox";
  box.dataset.pair = pair;
  box.checked = state.ticked.has(pair);
  box.setAttribute("aria-label", `Cite ${source.cite}`);
  box.addEventListener("change", () => {
    if (box.checked) state.ticked.add(pair);
    else state.ticked.delete(pair);
    count(state);
  });
  label.append(box, make("span", "", "Cite"));
  const symbol = make("a", "symbol", source.cite);
  symbol.href = source.href;
  symbol.target = "_blank";
  symbol.rel = "noopener noreferrer";
  top.append(label, make("span", "chip", source.who), make("span", "band", source.band), symbol);
  host.append(top);
  if (source.chapeau) host.append(words("chapeau", source.chapeau));
  host.append(words("quote", source.text));
  return host;
}

function clause(state, row) {
  const item = make("li", row.heading ? "clause heading" : "clause");
  const body = make("div", "body");
  if (row.number) item.append(make("span", "number", row.number));
  body.append(words("words", row.text), make("p", "kind", row.kind));
  if (row.none) body.append(make("p", "none", row.none));
  if (row.sources.length) {
    const list = make("ul");
    list.setAttribute("aria-label", `Closest sources of ${row.kind.toLowerCase()} clause ${row.number}`);
    list.append(...row.sources.map((source) => offer(state, row, source)));
    body.append(list);
  }
  item.append(body);
  return item;
}

function count(state) {
  const number = state.ticked.size;
  state.root.querySelector("#count").textContent = number === 0 ? "No source ticked: nothing is cited"
    : `${number} source${number === 1 ? "" : "s"} ticked`;
  const button = state.root.querySelector("#make");
  button.disabled = Boolean(state.flying);
  button.textContent = state.flying ? "Making the draft …" : "Make a new draft of it";
}

function progress(root, { done, total, waiting }) {
  const over = done >= total;
  const bar = root.querySelector("progress");
  root.querySelector(".searching").hidden = over && !waiting;
  bar.hidden = waiting;
  bar.max = Math.max(total, 1);
  bar.value = done;
  root.querySelector("#said").textContent = waiting ? "The language model is being loaded; the closest sources follow."
    : over ? "" : `Looking for the closest sources: ${done} of ${total} clauses`;
}

export default function (component) {
  const { parentElement: root, data } = component;
  const list = root.querySelector("#list");
  let state = states.get(list);
  if (!state) {
    state = { root, flying: null, n: 0, session: data.session, ticked: new Set(), drawn: new Map() };
    states.set(list, state);
    const own = state;
    root.querySelector("#make").addEventListener("click", () => {
      if (own.flying) return;
      fly(own, { act: "make", cited: [...own.ticked].map((pair) => JSON.parse(pair)) });
      count(own);
    });
  }
  state.component = component;
  const answered = landed(state, data);
  if (state.list !== data.list) {
    state.list = data.list;
    state.ticked = new Set();
    state.drawn = new Map();
  }
  const drawn = new Map();
  for (const row of data.rows) {
    const signature = JSON.stringify(row);
    const held = state.drawn.get(row.id);
    drawn.set(row.id, held?.signature === signature ? held : { signature, item: clause(state, row) });
  }
  const items = [...drawn.values()].map((each) => each.item);
  if (items.length !== list.children.length) list.replaceChildren(...items);
  else items.forEach((item, at) => item === list.children[at] || list.children[at].replaceWith(item));
  state.drawn = drawn;
  const notice = root.querySelector("#notice");
  if (notice.textContent !== data.notice.text) notice.textContent = data.notice.text;
  notice.className = data.notice.tone;
  notice.setAttribute("role", data.notice.tone === "warning" ? "alert" : "status");
  progress(root, data.progress);
  count(state);
  if (answered && data.notice.text) notice.focus();
}
