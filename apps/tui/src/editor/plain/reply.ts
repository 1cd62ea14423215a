/** From where on the list and the history were said last: `more` goes on behind that. */
export interface Pages {
  /** The first app of the list. */
  readonly from: number;
  /** The first change of the history. */
  readonly changesFrom: number;
}

/** The pages that come first. */
export const firstPages: Pages = { from: 0, changesFrom: 0 };

/** What plain mode knows beside the editor's state. */
export interface Talk extends Pages {
  /** The review that it was just asked to send, as it was said; undefined where nothing was asked. */
  readonly asked: string | undefined;
}

/** Before anything was said. */
export const firstTalk: Talk = { ...firstPages, asked: undefined };

/** What plain mode says by itself, beside what the editor says, and whether to say where the person is. */
export interface Reply {
  readonly talk: Talk;
  readonly says: readonly string[];
  readonly showsPlace: boolean;
  /** Why nothing has come of the question that was open. It is said first. */
  readonly declined?: string;
  /** Whether it ends the editor: then there is nothing more to say. */
  readonly ends?: boolean;
}

/** A reply that says this, and not where the person is. */
export function saying(talk: Talk, ...says: readonly string[]): Reply {
  return { talk, says, showsPlace: false };
}
