import { capitalized } from "../../words/capitalized.ts";
import { appIdentity } from "../../words/app-identity.ts";
import { requestIds } from "../../words/failure-text.ts";
import { formatCount } from "../../words/format-count.ts";
import { versionText } from "../../words/version-text.ts";
import type { EditorState, ResultsScreen } from "../model/editor-state.ts";
import { resultOrder } from "../model/results.ts";
import { isUnclear, type SendItem } from "../model/sending.ts";
import { countEdits } from "../model/staging.ts";
import { counted } from "../view/counted.ts";
import type { Glyphs } from "../view/glyphs.ts";
import { lineText } from "../view/line.ts";
import { accountOf } from "../view/sending/result-account.ts";
import { resultOf } from "../view/sending/result-words.ts";

/** What became of each change: a line for each app, and what is staged still. */
export function plainResults(
  state: EditorState,
  { sending }: ResultsScreen,
  glyphs: Glyphs,
): readonly string[] {
  const count = countEdits(state.staging);
  const staged = count === 0 ? "Nothing staged." : `${counted(count, "edit")} still staged.`;
  const items = resultOrder(sending.items).flatMap((place) => sending.items[place] ?? []);
  const [only] = items;
  if (items.length === 1 && only?.status.kind === "sent") {
    return [
      ["Sent.", ...versionSentence(only.status.etag), staged].join(" "),
      ...details(only, state, glyphs),
    ];
  }
  return [
    `${countsText(items)}. ${staged}`,
    ...items.map((item) => {
      const [, words] = resultOf(item, glyphs);
      return [`${appIdentity(item.app)}: ${words}.`, ...details(item, state, glyphs)].join(" ");
    }),
  ];
}

function versionSentence(etag: string | undefined): readonly string[] {
  return etag === undefined ? [] : [`${capitalized(versionText(etag))}.`];
}

/** What may have been applied is never told as not sent. */
function countsText(items: readonly SendItem[]): string {
  const sent = items.filter(({ status }) => status.kind === "sent").length;
  const unclear = items.filter(isUnclear).length;
  const left = items.length - sent - unclear;
  return [
    `${formatCount(sent)} sent`,
    ...(unclear > 0 ? [`${formatCount(unclear)} not confirmed`] : []),
    ...(left > 0 || unclear === 0 ? [`${formatCount(left)} not`] : []),
  ].join(", ");
}

function details(item: SendItem, state: EditorState, glyphs: Glyphs): readonly string[] {
  // Narrow, a table is sentences.
  const { happened, toDo, failures = [], table = [] } = accountOf(item, state, glyphs, 60);
  const rows = table
    .map((row) =>
      lineText(row)
        .trim()
        .replace(/^[^\p{L}\d] /u, ""),
    )
    .join(" ");
  return [
    ...happened,
    ...(rows === "" ? [] : [`${rows}.`]),
    ...(toDo === undefined ? [] : [toDo]),
    ...requestIds(failures).map((id) => `request-id ${id}.`),
  ];
}
