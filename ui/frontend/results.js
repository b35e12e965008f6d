// The results: cards with provenance. Everything is set as text, nothing as markup.
//
// data: {session, run, typedAt, title, counts: [{label, color}], note, hits: [card], legend: [[look, meaning]],
//   unbacked: [words], more, examples: [text], exampleTitle}
//   card: {id, region, color, band, cite, href, path, standing, chapeau, runs: [[text, look, about]], same, added, citeLabel,
//     cited, joined}; one that is not joined to the card above has addLabel, with: [ids of those joined to it] and
//     wording: {chosen, offered: [{key, title, text, source, notes: [text], rules, declined}]}
//   look: "equal" or "near" for a marked word, about: what the mark says
// trigger `click`: {act: "add" | "cite" | "more" | "example", value, n, session}, for "add" with {wording: key, with}; `run`
//   is the n of the last one dealt with
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

// One wording as it would be added: its words, what to check in it, and by which rules it was made.
function preview(offer) {
  const parts = [make("p", "offered", offer.text)];
  if (offer.notes.length) {
    const notes = make("ul", "notes");
    for (const note of offer.notes) notes.append(make("li", "", note));
    parts.push(notes);
  }
  if (offer.rules) parts.push(make("p", "rules", offer.rules));
  return parts;
}

function offers(hit, add) {
  const panel = make("div", "wordings");
  panel.id = `wordings-${hit.id}`;
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", `Wording of ${hit.cite}`);
  for (const offer of hit.wording.offered) {
    const part = make("div", "offer");
    part.append(make("h3", "", offer.title));
    if (offer.source) part.append(make("p", "cited", `From: “${offer.source}”`));
    if (offer.declined) {
      part.append(make("p", "declined", offer.declined));
    } else {
      const take = button("Add this", `take ${offer.key} ${hit.id}`, () => add(offer.key));
      take.setAttribute("aria-label", `Add this: ${offer.title}, ${hit.cite}`);
      part.append(...preview(offer), take);
    }
    panel.append(part);
  }
  return panel;
}

function card(hit, state, send) {
  const article = make("article", `card ${hit.color}${hit.joined ? " joined" : ""}`);
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
  if (!hit.joined) {
    const words = make("p", "words");
    for (const [text, look, about] of hit.runs) {
      const piece = look ? make("mark", look, text) : document.createTextNode(text);
      if (look) piece.title = about;
      words.append(piece);
    }
    article.append(words);
  }
  if (hit.same) article.append(make("p", "same", hit.same));
  const buttons = make("div", "buttons");
  const open = hit.joined ? null : wording(article, buttons, hit, state, send);
  const cite = button(hit.citeLabel, `cite ${hit.id}`, () => send("cite", hit.id));
  cite.setAttribute("aria-label", `${hit.citeLabel}: ${hit.cite}`);
  cite.setAttribute("aria-pressed", String(hit.cited));
  buttons.append(cite);
  if (hit.added) buttons.append(make("span", "done", hit.added));
  article.append(buttons);
  if (open && state.open === hit.id) open(); // again, when the list is drawn anew
  return article;
}

// The button that adds, and beside it the choice of the wording, which Escape closes; returns what opens it.
function wording(article, buttons, hit, state, send) {
  const { chosen, offered } = hit.wording;
  const offer = offered.find((one) => one.key === chosen);
  if (offer.rules) {
    const will = make("div", "will");
    will.append(make("p", "title", `“${hit.addLabel}” adds this wording:`), ...preview(offer));
    article.append(will);
  }
  const choice = make("details", "choice");
  const choose = make("summary", "", "Wording ");
  const mark = make("span", "", "▾");
  mark.setAttribute("aria-hidden", "true");
  choose.append(mark);
  choose.dataset.name = `wording ${hit.id}`;
  choose.setAttribute("aria-label", `Wording: ${hit.cite}`);
  choice.append(choose);
  const add = (key) => send("add", hit.id, { wording: key, with: hit.with });
  const take = (key) => {
    close();
    choose.focus();
    add(key);
  };
  const open = () => {
    state.close?.();
    state.open = hit.id;
    state.close = close;
    choice.open = true;
    article.append(offers(hit, take));
  };
  const close = () => {
    state.open = state.close = null;
    choice.open = false;
    article.querySelector(".wordings")?.remove();
  };
  choose.addEventListener("click", (event) => {
    event.preventDefault(); // the list stands below the buttons, so it is opened here
    if (state.open === hit.id) close();
    else open();
  });
  article.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || state.open !== hit.id) return;
    event.stopPropagation();
    close();
    choose.focus();
  });
  const put = button(hit.addLabel, `add ${hit.id}`, () => add(chosen));
  put.setAttribute("aria-label", `${hit.addLabel}: ${hit.cite}`);
  buttons.append(put, choice);
  return open;
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

  const send = (act, value, more = {}) => {
    const waiting = state.flying ? [state.flying, ...state.queue] : state.queue;
    if (waiting.some((click) => click.act === act && click.value === value && click.wording === more.wording)) return;
    state.n = Math.max(state.n + 1, Date.now());
    state.queue.push({ act, value, n: state.n, ...more });
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
    state.close = null;
    if (!data.hits.some((hit) => hit.id === state.open)) state.open = null;
    for (const hit of data.hits) parts.append(card(hit, state, send));
    if (data.more) parts.append(button(data.more, "more", () => send("more", data.hits.length)));
    if (data.examples.length) {
      const examples = make("div", "examples");
      examples.append(make("h2", "", data.exampleTitle));
      for (const text of data.examples) examples.append(button(text, text, () => send("example", text)));
      parts.append(examples);
    }
    host.replaceChildren(parts);
    if (focused) {
      [...host.querySelectorAll("button, summary")].find((b) => b.dataset.name === focused)?.focus({ preventScroll: true });
    }
  }
  pump(state);
}
