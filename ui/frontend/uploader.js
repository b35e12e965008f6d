// What Streamlit's field for a file leaves out: a role that agrees with its name and focus, a sentence, not only a red sign,
// about a file that was not sent, and a second try. The field lists a file once the server has said where to send it, and
// Streamlit drops that answer when it begins to draw the page anew in the same moment; the file would vanish unsaid.
//
// data: {unsent}: what is said of such a file after its name

const FIELD = "[data-testid=stFileUploaderDropzone]";
const LISTED = "[data-testid=stFileChip]";
const UNSENT = "[data-testid=stFileChipIconError]";
const PATIENCE = 2000; // milliseconds until a file that is not listed is put into the field again
const TRIES = 5;
const watching = new WeakMap();
let put = null; // what was put into the field last, until it is listed: {files, before, tries, timer}

const listed = () => [...document.querySelectorAll(LISTED)];

function forget() {
  clearTimeout(put?.timer);
  put = null;
}

function look() {
  if (put && listed().some((each) => !put.before.includes(each))) forget();
}

function insist() {
  put.timer = setTimeout(() => {
    look();
    const input = document.querySelector(`${FIELD} input[type=file]`);
    if (!put?.tries || !input) return forget();
    const again = new DataTransfer();
    for (const file of put.files) again.items.add(file);
    put.tries -= 1;
    insist();
    input.files = again.files;
    input.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: put }));
  }, PATIENCE);
}

function taken(event) {
  const files = event.type === "drop" ? event.dataTransfer?.files : event.target.files;
  if (!files?.length || !event.target.closest?.(FIELD) || event.detail === put) return;
  forget();
  put = { files: [...files], before: listed(), tries: TRIES };
  insist();
}

export default function ({ parentElement: root, data }) {
  const said = root.querySelector("p");
  watching.get(said)?.disconnect();
  const seen = () => {
    look();
    for (const field of document.querySelectorAll(`${FIELD}[role=presentation]`)) field.setAttribute("role", "group");
    const unsent = document.querySelector(UNSENT)?.closest("[data-testid=stFileChip]");
    const name = unsent?.querySelector("[data-testid=stFileChipName]")?.title || "The file";
    const text = unsent ? `${name} ${data.unsent}` : "";
    if (said.textContent !== text) said.textContent = text;
  };
  seen();
  const watch = new MutationObserver(seen); // the field is drawn anew with every file
  watch.observe(document.body, { childList: true, subtree: true });
  watching.set(said, watch);
  for (const type of ["change", "drop"]) document.addEventListener(type, taken, true);
  return () => {
    watch.disconnect();
    for (const type of ["change", "drop"]) document.removeEventListener(type, taken, true);
  };
}
