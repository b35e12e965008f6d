// The results: cards with provenance. Everything is set as text, nothing as markup.
//
// data: {run, title, counts: [{label, color}], note, hits: [card], more, examples: [text], exampleTitle}
//   card: {id, region, color, band, cite, href, path, standing, chapeau, runs: [[text, marked]], same, added, cite_label, cited}
// triggers: `add`, `cite` (a passage id with the run it was clicked in), `more`, `example` (a text)

const states = new WeakMap();

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function button(label, name, act) {
  const element = make("button", "", label);
  element.type = "button";
  element.dataset.name = name;
  element.addEventListener("click", act);
  return element;
}

function card(hit, send) {
  const article = make("article", "card");
  article.setAttribute("aria-label", hit.cite);
  article.dataset.passage = hit.id;
  const top = make("div", "top");
  top.append(make("span", `chip ${hit.color}`, hit.region), make("span", "band", hit.band));
  const symbol = make("a", "symbol", hit.cite);
  symbol.href = hit.href;
  symbol.target = "_blank";
  symbol.rel = "noopener noreferrer";
  top.append(symbol);
  article.append(top, make("p", "path", hit.path), make("p", "standing", hit.standing));
  if (hit.chapeau) article.append(make("p", "chapeau", hit.chapeau));
  const words = make("p", "words");
  for (const [text, marked] of hit.runs) words.append(marked ? make("mark", "", text) : document.createTextNode(text));
  article.append(words);
  if (hit.same) article.append(make("p", "same", hit.same));
  const buttons = make("div", "buttons");
  const add = button("Add to draft", `add ${hit.id}`, () => send("add", hit.id));
  add.setAttribute("aria-label", `Add to draft: ${hit.cite}`);
  const cite = button(hit.citeLabel, `cite ${hit.id}`, () => send("cite", hit.id));
  cite.setAttribute("aria-label", `${hit.citeLabel}: ${hit.cite}`);
  cite.setAttribute("aria-pressed", String(hit.cited));
  buttons.append(add, cite);
  if (hit.added) buttons.append(make("span", "done", hit.added));
  article.append(buttons);
  return article;
}

export default function (component) {
  const { parentElement: root, data } = component;
  const host = root.querySelector("#results");
  let state = states.get(host);
  if (!state) {
    state = { waiting: false };
    states.set(host, state);
  }
  state.component = component;
  const signature = JSON.stringify(data);
  if (state.signature === signature) return;
  state.signature = signature;
  state.waiting = false;

  // One click at a time: a second one before the answer would replace the first on its way to the server.
  const send = (trigger, value) => {
    if (state.waiting) return;
    state.waiting = true;
    for (const element of host.querySelectorAll("button")) element.setAttribute("aria-disabled", "true");
    state.component.setTriggerValue(trigger, { value, run: state.component.data.run });
  };

  const focused = root.activeElement?.dataset?.name;
  const parts = document.createDocumentFragment();
  if (data.title) {
    const counts = make("div", "counts");
    const title = make("h2", "", data.title);
    title.setAttribute("role", "status");
    counts.append(title);
    for (const count of data.counts) counts.append(make("span", `count ${count.color}`, count.label));
    parts.append(counts);
  }
  if (data.note) {
    const note = make("div", "note", data.note);
    note.setAttribute("role", "status");
    parts.append(note);
  }
  for (const hit of data.hits) parts.append(card(hit, send));
  if (data.more) parts.append(button(data.more, "more", () => send("more", data.hits.length)));
  if (data.examples.length) {
    const examples = make("div", "examples");
    examples.append(make("h2", "", data.exampleTitle));
    for (const text of data.examples) examples.append(button(text, text, () => send("example", text)));
    parts.append(examples);
  }
  host.replaceChildren(parts);
  if (focused) [...host.querySelectorAll("button")].find((b) => b.dataset.name === focused)?.focus({ preventScroll: true });
}
