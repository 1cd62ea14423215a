import { useInput, usePaste } from "ink";
import { keysOf } from "./keys.ts";
import type { EditorStore } from "../editor-store.ts";

/** Hands keys and pasted texts to the editor; draws nothing. */
export function Keyboard({ store }: { readonly store: EditorStore }): React.ReactNode {
  useInput((input, key) => {
    for (const name of keysOf(input, key)) store.dispatch({ kind: "key", key: name });
  });
  usePaste((text) => store.dispatch({ kind: "paste", text }));
  return null;
}
