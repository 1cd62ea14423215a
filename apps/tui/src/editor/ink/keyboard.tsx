import { useInput, usePaste } from "ink";
import { keysOf } from "./keys.ts";
import type { Happening } from "../model/event.ts";

interface KeyboardProps {
  readonly dispatch: (event: Happening) => void;
}

/** Hands keys and pasted texts to the editor; draws nothing. */
export function Keyboard({ dispatch }: KeyboardProps): React.ReactNode {
  useInput((input, key) => {
    for (const name of keysOf(input, key)) dispatch({ kind: "key", key: name });
  });
  usePaste((text) => dispatch({ kind: "paste", text }));
  return null;
}
