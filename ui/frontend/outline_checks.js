// The bar above the clauses, and the check of the draft that opens under it.
//
// data.checks: {label, graver, groups: [{severity, title, findings: [{key, id, alternative, field, name, about, sentence,
//               start, end, fix}]}]}
// data.backing: {unchecked, waiting, model}: adapted clauses whose backing was not asked for, and is being worked out

function drawBar(state) {
  const { root, data } = state;
  root.querySelector(".bar").hidden = !data.rows.length;
  const open = data.rows.filter((row) => row.state === "open").length;
  for (const choice of root.querySelectorAll("[data-show]")) {
    choice.setAttribute("aria-pressed", String(choice.dataset.show === state.show));
    choice.textContent = choice.dataset.show === "all" ? `All ${data.rows.length}` : `Open only ${open}`;
  }
  const check = root.querySelector(".check");
  check.textContent = `Check: ${data.checks.label}`;
  check.classList.toggle("graver", data.checks.graver);
  check.setAttribute("aria-expanded", String(Boolean(state.checking)));
  const panel = root.querySelector("#checks");
  panel.hidden = !state.checking || !data.rows.length;
  if (!panel.hidden) drawChecks(state, panel);
}

function drawChecks(state, panel) {
  const { checks, backing } = state.data;
  const signature = JSON.stringify([checks, backing]);
  if (panel.signature === signature) return;
  panel.signature = signature;
  const had = state.root.activeElement?.closest?.("#checks") ? state.root.activeElement.dataset.key : null;
  panel.replaceChildren();
  if (!checks.groups.length) panel.append(make("p", "", "Nothing was found."));
  for (const { severity, title, findings } of checks.groups) {
    const list = make("ul", severity);
    panel.append(make("h3", severity, title), list);
    for (const finding of findings) list.append(drawFinding(state, finding));
  }
  panel.append(drawBacking(state));
  if (had) ([...panel.querySelectorAll("button")].find((each) => each.dataset.key === had) || panel.querySelector("button") || state.root.querySelector(".check")).focus();
}

function drawFinding(state, finding) {
  const line = make("li");
  if (finding.id || fieldOf(finding) || mastheadFold()) {
    const jump = make("button", "jump", finding.name);
    jump.type = "button";
    jump.dataset.key = `jump ${finding.key}`;
    jump.addEventListener("click", () => (finding.id ? jumpTo(state, finding) : jumpToField(finding)));
    line.append(jump, " ");
  }
  line.append(make("span", "", finding.sentence));
  if (finding.fix) {
    const fix = tool(finding.fix, `${finding.fix}: ${finding.name}`, () => {
      state.say(`${finding.fix}. Undo takes it back.`);
      send(state, { type: "fix", key: finding.key });
    }, { className: "plain" });
    fix.dataset.key = finding.key;
    line.append(" ", fix);
  }
  return line;
}

// The fields of the masthead stand outside this component, and are in the page only once they were unfolded.
const fieldOf = ({ field }) => document.querySelector(`:is(.st-key-masthead_${field}, .st-key-${field}) :is(input, textarea)`);
const mastheadFold = () => [...document.querySelectorAll('[data-testid="stExpander"] details')].find(
  (fold) => fold.querySelector("summary [data-testid=stMarkdownContainer]")?.textContent.trim() === "Masthead");

function jumpToField(finding, patience = 60) {
  const fold = mastheadFold();
  const place = fieldOf(finding);
  if (place && (!fold?.contains(place) || fold.open)) {
    place.scrollIntoView({ block: "center" });
    place.focus();
  } else if (patience) {
    if (patience === 60 && fold && !fold.open) fold.querySelector("summary").click();
    setTimeout(() => jumpToField(finding, patience - 1), 50);
  }
}

function jumpTo(state, finding) {
  const row = rowOf(state, finding.id);
  if (!row) return;
  if (!isShown(state, row)) show(state, "all");
  if (finding.alternative && !state.open.has(row.id)) toggle(state, row.id, true);
  const control = finding.alternative ? `text-${finding.alternative}` : "text";
  const area = itemOf(state, row.id).querySelector(`[data-control="${control}"]`);
  itemOf(state, row.id).scrollIntoView({ block: "center" });
  area.focus({ preventScroll: true });
  area.setSelectionRange(units(area.value, finding.start), units(area.value, finding.end));
}

function drawBacking(state) {
  const { unchecked, waiting, model } = state.data.backing;
  const line = make("p", "backing");
  const count = (number) => `${number} adapted ${number === 1 ? "clause" : "clauses"}`;
  if (waiting) line.append(`The backing of ${count(waiting)} is being checked.`);
  else if (!unchecked) line.append("Backing was checked wherever words were adapted.");
  else if (!model) line.append(`The backing of ${count(unchecked)} cannot be checked without the language model.`);
  if (unchecked && model) {
    const check = make("button", "plain", `Check the backing of ${count(unchecked)}`);
    check.type = "button";
    check.title = "Ask whether the cited reports still back their words; it goes on in the background";
    check.dataset.key = "backing";
    check.addEventListener("click", () => send(state, { type: "back" }));
    line.append(" ", check);
  }
  return line;
}
