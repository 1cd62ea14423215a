/** What plain mode knows beside the editor's state. */
export interface Talk {
  /** The first app of the list, or change of the history, that was said last. */
  readonly from: number;
  /** Whether it was just asked to send. */
  readonly asksToSend: boolean;
}

/** What plain mode says by itself, beside what the editor says, and whether to say where the person is. */
export interface Reply {
  readonly talk: Talk;
  readonly says: readonly string[];
  readonly showsPlace: boolean;
}

/** A reply that says this, and not where the person is. */
export function saying(talk: Talk, ...says: readonly string[]): Reply {
  return { talk, says, showsPlace: false };
}
