import type { EditorState } from "../model/editor-state.ts";
import { isText } from "../model/key.ts";
import { sayDuring, transition, say, type Transition } from "../model/transition.ts";

/** Says why a key does nothing where the person is, or what comes first. */
export function unusedKey(state: EditorState, key: string): Transition {
  if (state.screen.name === "sending") {
    return transition(sayDuring(state, "sending", "Sending: Esc stops after the running ones."));
  }
  return transition(say(state, reasonFor(state.screen.name, key)));
}

function reasonFor(screen: EditorState["screen"]["name"], key: string): string {
  const isBrowsing = screen === "list" || screen === "counters";
  if (isBrowsing && key === "y") return "y sends from the review only: s opens it.";
  if (screen === "list" && /^[0-9+\-−]$/.test(key)) return "→ first, then a number.";
  if (screen === "list" && (key === "x" || key === "delete")) return "→ first: x reverts a counter.";
  if (screen === "counters" && ["/", "f", "o"].includes(key)) return `Esc first: ${key} works in the list.`;
  // There `?` is typed, or goes back too.
  if (screen === "filter") return `${keyLabel(key)} does nothing here: Enter keeps the filter.`;
  if (screen === "help" || screen === "copied") return `${keyLabel(key)} does nothing here: Esc goes back.`;
  return `${keyLabel(key)} does nothing here: ? shows the keys.`;
}

const labels: Readonly<Record<string, string>> = {
  " ": "Space",
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
  enter: "Enter",
  escape: "Esc",
  tab: "Tab",
  "shift-tab": "Shift-Tab",
  pageUp: "PgUp",
  pageDown: "PgDn",
  home: "Home",
  end: "End",
  delete: "Delete",
  backspace: "Backspace",
};

/** A key as it is written on a keyboard. */
export function keyLabel(key: string): string {
  if (isText(key)) return labels[key] ?? key;
  const letter = /^ctrl-(.)$/.exec(key)?.[1];
  return letter === undefined ? (labels[key] ?? "This key") : `Ctrl-${letter.toUpperCase()}`;
}
