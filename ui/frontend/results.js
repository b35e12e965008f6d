// The results: cards with provenance. Everything is set as text, nothing as markup.
//
// data: {session, run, typedAt, title, counts: [{label, color}], note, hits: [card], legend: [[look, meaning]],
//   unbacked: [words], more, examples: [text], exampleTitle}
//   card: {id, region, color, band, cite, href, path, standing, chapeau, runs: [[text, look, about]], same, added, citeLabel, cited}
// trigger `click`: {act: "add" | "cite" | "more" | "example", value, n, session}; `run` is the n of the last one dealt with
//   look: "equal" or "near" for a marked word, about: what the mark says
// event `rapporteur:kept` with `typedAt`: up to when the server has what was typed
// event `rapporteur:unbacked` with the words that no passage shown backs; again when the editor asks (`rapporteur:editor`)
//
// One click is on its way at a time, the others wait here. It is sent again until it is answered; the server takes it
// once, and not at all when the session it was made in is gone.

const states = new WeakMap();
const PATIENCE = 4000;

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

function pump(state) {
  if (state.flying || !state.queue.length) return;
  state.flying = { ...state.queue.shift(), session: state.session };
  depart(state);
}

function depart(state) {
  clearTimeout(state.departing);
  if (!state.flying) return;
  state.component.setTriggerValue("click", state.flying);
  state.departing = setTimeout(() => depart(state), PATIENCE);
}

function card(hit, send) {
  const article = make("article", `card ${hit.color}`);
  article.setAttribute("aria-label", hit.cite);
  article.dataset.passage = hit.id;
  const top = make("div", "top");
  top.append(make("span", "chip", hit.region), make("span", "band", hit.band));
  const symbol = make("a", "symbol", hit.cite);
  symbol.href = hit.href;
  symbol.target = "_blank";
  symbol.rel = "noopener noreferrer";
  top.append(symbol);
  article.append(top, make("p", "path", hit.path), make("p", "standing", hit.standing));
  if (hit.chapeau) article.append(make("p", "chapeau", hit.chapeau));
  const words = make("p", "words");
  for (const [text, look, about] of hit.runs) {
    const piece = look ? make("mark", look, text) : document.createTextNode(text);
    if (look) piece.title = about;
    words.append(piece);
  }
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
    state = { queue: [], flying: null, n: 0, session: data.session };
    states.set(host, state);
    const own = state;
    own.announce = () => {
      if (host.isConnected) window.dispatchEvent(new CustomEvent("rapporteur:unbacked", { detail: own.unbacked }));
    };
    window.addEventListener("rapporteur:editor", own.announce);
  }
  state.unbacked = data.unbacked;
  state.component = component;
  if (state.session !== data.session || (state.flying && data.run >= state.flying.n)) state.flying = null;
  state.session = data.session;

  const send = (act, value) => {
    const waiting = state.flying ? [state.flying, ...state.queue] : state.queue;
    if (waiting.some((click) => click.act === act && click.value === value)) return;
    state.n = Math.max(state.n + 1, Date.now());
    state.queue.push({ act, value, n: state.n });
    pump(state);
  };

  window.dispatchEvent(new CustomEvent("rapporteur:kept", { detail: data.typedAt }));
  state.announce();
  const { run, session, typedAt, unbacked, ...shown } = data;
  const signature = JSON.stringify(shown);
  if (state.signature !== signature) {
    state.signature = signature;
    const focused = root.activeElement?.dataset?.name;
    const parts = document.createDocumentFragment();
    if (data.title) {
      const counts = make("div", "counts");
      const title = make("h2", "", data.title);
      title.setAttribute("aria-live", "polite");
      counts.append(title);
      for (const count of data.counts) counts.append(make("span", `count ${count.color}`, count.label));
      parts.append(counts);
    }
    if (data.note) {
      const note = make("div", "note", data.note);
      note.setAttribute("role", "status");
      parts.append(note);
    }
    if (data.legend.length) {
      const legend = make("p", "legend", "Marked: ");
      data.legend.forEach(([look, meaning], at) => {
        legend.append(at ? ", " : "", make("mark", look, meaning));
      });
      parts.append(legend);
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
    if (focused) {
      [...host.querySelectorAll("button")].find((b) => b.dataset.name === focused)?.focus({ preventScroll: true });
    }
  }
  pump(state);
}
