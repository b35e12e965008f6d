// What Streamlit's field for a file leaves out: a role that agrees with its name and focus, and a sentence, not only a red
// sign, about a file that was not sent.
//
// data: {unsent}: what is said of such a file after its name

const FIELD = "[data-testid=stFileUploaderDropzone][role=presentation]";
const UNSENT = "[data-testid=stFileChipIconError]";
const watching = new WeakMap();

export default function ({ parentElement: root, data }) {
  const said = root.querySelector("p");
  watching.get(said)?.disconnect();
  const look = () => {
    for (const field of document.querySelectorAll(FIELD)) field.setAttribute("role", "group");
    const unsent = document.querySelector(UNSENT)?.closest("[data-testid=stFileChip]");
    const name = unsent?.querySelector("[data-testid=stFileChipName]")?.title || "The file";
    const text = unsent ? `${name} ${data.unsent}` : "";
    if (said.textContent !== text) said.textContent = text;
  };
  look();
  const watch = new MutationObserver(look); // the field is drawn anew with every file
  watch.observe(document.body, { childList: true, subtree: true });
  watching.set(said, watch);
  return () => watch.disconnect();
}
