// Brings the keyboard into a menu and keeps it there: the browser hangs a menu at the end of the page, where Tab would
// come to it last of all. Escape closes it, as it does by itself, and leads back to the button.
//
// data: {button}, a selector of the button that opens the menu

const known = new WeakSet();
const ATTEMPTS = 120; // two seconds at the usual rate
const CAN_HAVE_FOCUS = "a[href], button, input, select, textarea, [tabindex]";

// The menu is outside the shadow in which the component stands.
function around(root) {
  let at = root;
  while (at && !at.closest?.("[role=dialog]")) at = at.host ?? at.getRootNode().host;
  return at?.closest("[role=dialog]");
}

const stops = (menu) =>
  [...menu.querySelectorAll(CAN_HAVE_FOCUS)].filter((each) => each.tabIndex >= 0 && !each.disabled && each.offsetParent);

// A menu that is still being put in its place takes no focus yet. Whoever went elsewhere meanwhile is left there.
function enter(menu, button, attempts) {
  if (![document.body, menu, button()].includes(document.activeElement)) return;
  stops(menu)[0]?.focus();
  if (attempts && !stops(menu).includes(document.activeElement)) requestAnimationFrame(() => enter(menu, button, attempts - 1));
}

export default function ({ parentElement: root, data }) {
  const menu = around(root);
  if (!menu || known.has(menu)) return;
  known.add(menu);
  const button = () => document.querySelector(data.button);
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") requestAnimationFrame(() => !menu.isConnected && button()?.focus());
    if (event.key !== "Tab") return;
    const all = stops(menu);
    const [from, to] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
    if (document.activeElement !== from) return;
    event.preventDefault();
    to.focus();
  });
  enter(menu, button, ATTEMPTS);
}
