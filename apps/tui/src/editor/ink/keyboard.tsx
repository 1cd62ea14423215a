import { useInput, usePaste } from "ink";
import { keysOf } from "./keys.ts";

interface KeyboardProps {
  readonly press: (key: string) => void;
  readonly paste: (text: string) => void;
}

/** Hands keys and pasted texts to the editor; draws nothing. */
export function Keyboard({ press, paste }: KeyboardProps): React.ReactNode {
  useInput((input, key) => {
    for (const name of keysOf(input, key)) press(name);
  });
  usePaste(paste);
  return null;
}
