import { counterNames } from "@install-summary/core";
import { sentBy } from "../../changes/drafts/draft.ts";
import { appIdentity } from "../../words/app-identity.ts";
import { counterWord } from "../../words/counter-words.ts";
import { getCommand } from "../../words/command-text.ts";
import type { EditorState } from "../model/editor-state.ts";
import { counted } from "./counted.ts";

/** More are only counted. */
const maxNamed = 10;

/**
 * What an editor that has ended leaves to look after, for the shell: the changes that were sent and that no response
 * confirmed, also those that others have overtaken, and the command that shows what became of them: the editor's, where its
 * server has ended with it. No line where there are none.
 */
export function unconfirmedLines(state: EditorState): readonly string[] {
  const open = [...state.staging.apps.values()].flatMap((staged) => {
    const patch = sentBy(staged)?.change.patch;
    return patch === undefined ? [] : [{ app: staged.app, patch }];
  });
  if (open.length === 0) return [];
  const named = open.slice(0, maxNamed);
  const ids = named.map(({ app }) => app.id);
  const more = open.length > named.length ? [`  and ${open.length - named.length} more`] : [];
  const was = open.length === 1 ? "was sent and not confirmed: it" : "were sent and not confirmed: they";
  return [
    `${counted(open.length, "change")} ${was} may have been applied.`,
    ...named.map(({ app, patch }) => {
      const values = counterNames
        .filter((name) => patch[name] !== undefined)
        .map((name) => `${counterWord(name)}=${patch[name]}`);
      return `  ${appIdentity(app)}: ${values.join(" ")}`;
    }),
    ...more,
    "To see what is there now:",
    `  ${state.startCall ?? getCommand(state, ids)}`,
  ];
}
