import { appIdentity } from "../../words/app-identity.ts";
import { failureSentences, requestIds } from "../../words/failure-text.ts";
import { resultKind, type ResultKind } from "../model/results.ts";
import { isUnclear, type Sending, type SendItem } from "../model/sending.ts";

/** Whether the change of an item is not, or not certainly, on the server. */
function hasTrouble(item: SendItem): boolean {
  return item.status.kind !== "sent";
}

/** Everything about the changes of a sending that did not go through, for a person who can help; undefined without any. */
export function resultsReport({ items, startedAt }: Sending, baseUrl: string): string | undefined {
  const troubled = items.filter(hasTrouble);
  if (troubled.length === 0) return undefined;
  const was = troubled.length === 1 ? "change was" : "changes were";
  return [
    `${troubled.length} of ${items.length} ${was} not sent, or not confirmed`,
    `at ${new Date(startedAt).toISOString()}`,
    `to ${baseUrl}`,
    ...troubled.flatMap((item) => ["", ...itemLines(item)]),
  ].join("\n");
}

function itemLines(item: SendItem): readonly string[] {
  const { app, patch, status, clientRequestId, sentAt } = item;
  const failures = "failures" in status ? status.failures : [];
  const said = failureSentences(failures);
  return [
    `${appIdentity(app)}: ${wordsOf(item)}`,
    `id ${app.id}`,
    `change ${JSON.stringify(patch)}`,
    `on version ${app.etag ?? "none: the server has no ETags"}`,
    ...(said === "" ? [] : [said]),
    ...requestIds(failures).map((id) => `request-id ${id}`),
    ...(sentAt === undefined ? [] : [`client-request-id ${clientRequestId}`]),
  ];
}

/** What may have been applied is never told as only read. */
function wordsOf(item: SendItem): string {
  const kind = resultKind(item);
  const words = kindWords[kind];
  return kind !== "unknown" && isUnclear(item) ? `${kindWords.unknown}; ${words}` : words;
}

const kindWords: Readonly<Record<ResultKind, string>> = {
  differs: "changed meanwhile",
  unknown: "not confirmed, may have been applied",
  refused: "refused",
  notSent: "not sent",
  stopped: "stopped before it was sent",
  read: "read again since, still staged",
  sent: "sent",
};
