// The links of a draft, made whole with the address that this page was opened at, and copied on demand.
//
// data: {edit, read}, relative to the desk

const states = new WeakSet();

// Outside a secure context (a plain http address in a local network) there is no clipboard to ask for.
async function copy(field) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(field.value);
    return true;
  }
  field.select();
  return document.execCommand("copy");
}

export default function (component) {
  const { parentElement: root, data } = component;
  const said = root.querySelector("#copied");
  if (!states.has(said)) {
    states.add(said);
    for (const field of root.querySelectorAll("input")) field.addEventListener("focus", () => field.select());
    for (const button of root.querySelectorAll("button")) {
      button.setAttribute("aria-label", `Copy the ${root.querySelector(`label[for=${button.dataset.copies}]`).textContent.toLowerCase()}`);
      button.addEventListener("click", async () => {
        const field = root.querySelector(`#${button.dataset.copies}`);
        let done = false;
        try {
          done = await copy(field);
        } catch (refused) {
          if (!(refused instanceof DOMException)) throw refused;
        }
        if (!done) field.select();
        said.textContent = done ? "Copied." : "This browser does not let the page copy. The link is selected: copy it with Ctrl and C.";
      });
    }
  }
  for (const side of ["edit", "read"]) {
    const address = new URL(data[side], location.href).href;
    const field = root.querySelector(`#${side}`);
    if (field.value !== address) {
      field.value = address;
      said.textContent = "";
    }
  }
}
