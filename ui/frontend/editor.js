// The clause editor: what is typed reaches the server after a pause, and never comes back to disturb the caret.
//
// data: {draft, text, typedAt, rev, debounce, placeholder}
//   The text is written into the field when it is mounted and when `rev` changes, never otherwise.
// state value `value`: {text, typedAt}; trigger `submit`: {text, typedAt}
//
// What was typed is kept in this browser as well, with the time, so that text the server never got comes back.

const states = new WeakMap();

function keep(draft, value) {
  try {
    localStorage.setItem(`rapporteur:${draft}`, JSON.stringify(value));
  } catch {
    // Private windows may refuse storage; the server still has what it confirmed.
  }
}

function kept(draft) {
  try {
    return JSON.parse(localStorage.getItem(`rapporteur:${draft}`) || "null");
  } catch {
    return null;
  }
}

export default function (component) {
  const { parentElement: root, data } = component;
  const field = root.querySelector("textarea");
  let state = states.get(field);

  if (!state) {
    state = { sent: null, typedAt: data.typedAt, timer: 0, composing: false };
    states.set(field, state);
    const grow = () => {
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight + 2}px`;
    };
    const flush = () => {
      clearTimeout(state.timer);
      if (field.value === state.sent) return;
      state.sent = field.value;
      state.component.setStateValue("value", { text: field.value, typedAt: state.typedAt });
    };
    const later = () => {
      clearTimeout(state.timer);
      if (!state.composing) state.timer = setTimeout(flush, state.component.data.debounce);
    };
    state.write = (text) => {
      field.value = text;
      state.sent = text;
      grow();
    };
    field.addEventListener("input", () => {
      grow();
      state.typedAt = Date.now();
      keep(state.component.data.draft, { text: field.value, typedAt: state.typedAt });
      later();
    });
    field.addEventListener("compositionstart", () => { state.composing = true; });
    field.addEventListener("compositionend", () => { state.composing = false; later(); });
    field.addEventListener("blur", flush);
    field.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && !state.composing) {
        event.preventDefault();
        clearTimeout(state.timer);
        state.sent = field.value;
        state.component.setTriggerValue("submit", { text: field.value, typedAt: state.typedAt });
      }
    });
    state.flush = flush;
    state.grow = grow;
  }

  state.component = component;
  field.placeholder = data.placeholder;
  if (state.draft !== data.draft) {
    state.draft = data.draft;
    state.rev = data.rev;
    const local = kept(data.draft);
    const newer = local && local.typedAt > data.typedAt && local.text !== data.text;
    state.write(newer ? local.text : data.text);
    state.typedAt = newer ? local.typedAt : data.typedAt;
    if (newer) {
      state.sent = null;
      setTimeout(state.flush, 0);
    }
  } else if (state.rev !== data.rev) {
    state.rev = data.rev;
    clearTimeout(state.timer);
    state.write(data.text);
    state.typedAt = data.typedAt;
    keep(data.draft, { text: data.text, typedAt: data.typedAt });
  }
  state.grow();
}
