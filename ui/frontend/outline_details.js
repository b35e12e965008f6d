// The details of a clause: what became of its source's words, its verb beside those of its sources, and what else can be
// done to it: openers, references, brackets, splitting and indenting, proposer, alternatives.
//
// data.openers: [{rung, addressee, openers: [words]}], the strongest first; data.proposers: [name]

function drawDetails(state, row) {
  const details = make("div", "details");
  details.setAttribute("role", "group");
  details.setAttribute("aria-label", `Details of ${row.name}`);
  if (row.kind !== "heading") details.append(...drawOrigin(state, row), drawWording(state, row));
  details.append(drawPlaces(state, row));
  if (row.kind !== "heading") details.append(drawProposer(state, row), ...drawProposals(state, row));
  return details;
}

function drawOrigin(state, row) {
  const drawn = [make("p", "about", row.drift.about)];
  if (row.changes.length) {
    const words = make("p", "changes");
    words.append(make("b", "", "From the source: "));
    for (const [kind, text] of row.changes) {
      words.append(kind === "equal" ? text : make(kind === "deleted" ? "del" : "ins", "", text));
    }
    drawn.push(words);
  }
  if (row.ladder.own) {
    const rung = row.ladder.rung ? `${row.ladder.own} (rung ${row.ladder.rung}, 1 is the strongest)` : row.ladder.own;
    const sources = row.ladder.sources.length ? ` Strongest verb of each source: ${row.ladder.sources.join("; ")}.` : "";
    drawn.push(make("p", "about", `Strongest verb: ${rung}.${sources}`));
  }
  if (row.drift.is === "adapted" && row.sources.length) {
    const { model } = state.data.backing;
    const check = make("button", "plain", "Check backing");
    check.type = "button";
    check.disabled = !model;
    check.title = model ? "Ask whether the cited reports still back these words" : "The language model is not there";
    check.dataset.control = "back";
    check.addEventListener("click", () => act(state, row.id, { type: "back" }, { ids: [row.id], control: "details" }));
    drawn.push(check);
  }
  return drawn;
}

function choice(label, name, control, act) {
  const box = make("label", "", `${label} `);
  const select = make("select");
  select.setAttribute("aria-label", name);
  select.dataset.control = control;
  select.append(new Option("Choose …", ""));
  select.addEventListener("change", () => { if (select.value) act(select.value); });
  box.append(select);
  return [box, select];
}

function drawWording(state, row) {
  const tools = make("div", "line");
  if (row.kind === "operative" && state.data.openers.length) {
    const [box, select] = choice("Opener", `Opener of ${row.name}`, "opener",
      (opener) => act(state, row.id, { type: "opener", opener }, { ids: [row.id], control: "text", select: [0, opener.length] }));
    const { rung: own } = row.ladder;
    for (const { rung, addressee, openers } of state.data.openers) {
      const beside = !own ? "Rung" : rung < own ? "Stronger, rung" : rung > own ? "Weaker, rung" : "As strong, rung";
      const group = make("optgroup");
      group.label = `${beside} ${rung} (${addressee})`;
      for (const opener of openers) group.append(new Option(opener, opener));
      select.append(group);
    }
    tools.append(box);
  }
  const [box, select] = choice("Refer to", `Paragraph that ${row.name} is to refer to`, "refer", (target) => {
    const { text, start } = caret(state, row);
    act(state, row.id, { type: "refer", at: characters(text, start), text, target }, { ids: [row.id], control: "text", select: [start, start] });
  });
  for (const other of state.data.rows) {
    for (const [value, label] of other.targets) select.append(new Option(label, value));
  }
  tools.append(box, button("Brackets", `Put the selected words of ${row.name} in square brackets`, "bracket", () => atCaret.bracket(state, row)));
  return tools;
}

function button(label, name, control, act) {
  return tool(label, name, act, { className: "plain", control });
}

function drawPlaces(state, row) {
  const tools = make("div", "line");
  tools.append(
    button("Split at caret", `Split ${row.name} at the caret`, "split", () => atCaret.split(state, row)),
    button("Merge with next", `Merge ${row.name} with the next clause`, "merge", () => atCaret.merge(state, row)),
    button("Indent", `Make ${row.name} a subparagraph of the clause above`, "indent", () => atCaret.indent(state, row, true)),
    button("Outdent line", `Outdent the line of ${row.name} where the caret stands`, "outdent", () => atCaret.outdent(state, row, false)),
  );
  return tools;
}

function field(tag, name, key, value) {
  const element = make(tag);
  element.setAttribute("aria-label", name);
  element.dataset.control = key;
  element.defaultValue = value;
  element.value = value;
  if (tag === "textarea") element.rows = 2;
  return element;
}

function drawProposer(state, row) {
  const line = make("div", "line");
  const box = make("label", "", "Proposed by ");
  const input = field("input", `Proposer of ${row.name}`, "proposer", row.proposer);
  const names = make("datalist");
  names.id = `proposers-${row.id}`;
  for (const name of state.data.proposers) names.append(new Option(name, name));
  input.setAttribute("list", names.id);
  const save = () => {
    if (input.value.trim() !== row.proposer) act(state, row.id, { type: "proposer", proposer: input.value }, null);
  };
  input.addEventListener("change", save);
  box.append(input, names);
  line.append(box);
  return line;
}

function drawProposals(state, row) {
  const drawn = row.alternatives.map((other) => {
    const box = make("fieldset");
    const name = `${other.number} of ${row.name}`;
    box.append(make("legend", "", `${other.number} · ${other.drift}`));
    const words = field("textarea", `Text of ${name}`, `text-${other.id}`, other.text);
    const who = field("input", `Proposer of ${name}`, `who-${other.id}`, other.proposer);
    who.placeholder = "Proposed by";
    who.setAttribute("list", `proposers-${row.id}`);
    const tools = make("div", "line");
    const about = { alternative: other.id };
    tools.append(
      who,
      button("Save", `Save ${name}`, `save-${other.id}`, () => act(state, row.id,
        { ...about, type: "alternativeEdit", before: other.text, text: words.value, proposer: who.value }, { ids: [row.id], control: `text-${other.id}` })),
      button("Take up", `Take up ${name} as the text of the clause`, `take-${other.id}`,
        () => act(state, row.id, { ...about, type: "alternativeTake" }, { ids: [row.id], control: "text" })),
      button("Remove", `Remove ${name}`, `remove-${other.id}`,
        () => act(state, row.id, { ...about, type: "alternativeRemove" }, { ids: [row.id], control: "details" })),
    );
    box.append(words, tools);
    return box;
  });
  return [...drawn, drawNew(state, row)];
}

function drawNew(state, row) {
  const box = make("fieldset");
  box.append(make("legend", "", "Another alternative"));
  const words = field("textarea", `New alternative to ${row.name}`, "new-text", "");
  const who = field("input", `Proposer of the new alternative to ${row.name}`, "new-who", "");
  who.placeholder = "Proposed by";
  who.setAttribute("list", `proposers-${row.id}`);
  const tools = make("div", "line");
  tools.append(who, button("Add alternative", `Add an alternative to ${row.name}`, "new-add", () => {
    if (!words.value.trim()) { words.focus(); return; }
    const made = newId();
    words.dataset.sent = who.dataset.sent = made; // they are emptied once the alternative is there
    act(state, row.id, { type: "alternative", text: words.value, proposer: who.value, newId: made }, { ids: [row.id], control: "new-text" });
  }));
  box.append(words, tools);
  return box;
}

// Take what was typed into the fields of a row and not saved over to the row as it is drawn now.
function carry(old, item, row) {
  for (const typed of old.querySelectorAll(".details :is(input, textarea)")) {
    const sent = typed.dataset.sent && row.alternatives.some((other) => other.id === typed.dataset.sent);
    if (typed.value === typed.defaultValue || sent) continue;
    const now = item.querySelector(`.details [data-control="${typed.dataset.control}"]`);
    if (!now) continue;
    now.value = typed.value;
    if (typed.dataset.sent) now.dataset.sent = typed.dataset.sent;
  }
}
