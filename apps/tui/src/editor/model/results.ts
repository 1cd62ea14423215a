import type { EditorState, ResultsScreen } from "./editor-state.ts";
import { appsToRead } from "./review.ts";
import { wantsReading, wasSent, type SendItem } from "./sending.ts";

/** What a person has to do about the change of an app, most pressing first. */
export const resultKinds = ["differs", "unknown", "refused", "notSent", "stopped", "read", "sent"] as const;

/** One of these. */
export type ResultKind = (typeof resultKinds)[number];

/**
 * The kind of an item: others have changed the app, it is not certain what became of the change, it was refused, it was
 * stopped or never reached the server, it was read again since, or it was sent.
 */
export function resultKind(item: SendItem): ResultKind {
  const { status } = item;
  switch (status.kind) {
    case "conflict":
    case "overtaken":
      return "differs";
    case "refused":
      return status.failures.at(-1)?.kind === "response" || wasSent(item) ? "refused" : "notSent";
    case "stopped":
      return status.unmarked === undefined ? "stopped" : "notSent";
    case "readAgain":
      return "read";
    case "sent":
      return "sent";
    case "notApplied":
    case "unknown":
    case "queued":
    case "running":
    case "waiting":
    case "comparing":
      return "unknown";
  }
}

/** Places of the items in the order in which they are shown: what needs a person first. */
export function resultOrder(items: readonly SendItem[]): readonly number[] {
  return resultKinds.flatMap((kind) =>
    items.flatMap((item, place) => (resultKind(item) === kind ? [place] : [])),
  );
}

/** The apps that must be read before all that is staged can be sent, whether or not it was sent with these. */
export function resultsToRead(state: EditorState, { sending }: ResultsScreen): readonly string[] {
  const sent = sending.items.filter(wantsReading);
  return [...new Set([...sent, ...appsToRead(state)].map(({ app }) => app.id))];
}
