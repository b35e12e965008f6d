// Streamlit gives the field for a file a name, the focus, and a role that says it is neither; a group is what it is.

const FIELD = "[data-testid=stFileUploaderDropzone][role=presentation]";

function correct() {
  for (const field of document.querySelectorAll(FIELD)) field.setAttribute("role", "group");
}

export default function () {
  correct();
  const watching = new MutationObserver(correct); // the field is drawn anew with every file
  watching.observe(document.body, { childList: true, subtree: true });
  return () => watching.disconnect();
}
