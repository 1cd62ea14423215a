/** A key that works now. */
export interface Hint {
  readonly keys: string;
  readonly label: string;
  /** Where room is short, the least goes first. */
  readonly weight: number;
}

/** A hint of a key, with what it does and how much that matters. */
export function hint(keys: string, label: string, weight: number): Hint {
  return { keys, label, weight };
}
