import type { EditorState, Screen } from "../model/editor-state.ts";
import { readOnlyText } from "../model/declined-texts.ts";
import { say } from "../model/transition.ts";

/** Says why a key does nothing where changes are forbidden; undefined for one that works there all the same. */
export function refuseReadOnly(state: EditorState, key: string): EditorState | undefined {
  if (!state.isReadOnly) return undefined;
  const { screen, staging } = state;
  // The review shows what drafts have brought back.
  const opensNothing = key === "s" && staging.apps.size === 0;
  const isChange = changing[screen.name]?.has(key) === true || (isBrowsing(screen) && opensNothing);
  return isChange ? sayReadOnly(state) : undefined;
}

/** Says that changes are forbidden. */
export function sayReadOnly(state: EditorState): EditorState {
  return say(state, readOnlyText);
}

function isBrowsing({ name }: Screen): boolean {
  return name === "list" || name === "counters";
}

const typing = "0123456789+-−".split("");

/** The keys that would stage or send. */
const changing: { readonly [Name in Screen["name"]]?: ReadonlySet<string> } = {
  list: new Set(typing),
  counters: new Set([...typing, "enter"]),
  conflict: new Set([...typing, "e"]),
  review: new Set(["y", "e"]),
  results: new Set(["u", "U"]),
  history: new Set(["u"]),
};
