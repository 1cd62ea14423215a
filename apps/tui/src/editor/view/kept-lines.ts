import { appIdentity } from "../../words/app-identity.ts";
import { capitalized } from "../../words/capitalized.ts";
import { commandText } from "../../words/command-text.ts";
import type { KnownApp } from "../../words/known-app.ts";
import { staleText } from "../../words/unmarked-text.ts";
import type { EditorState } from "../model/editor-state.ts";
import { counted } from "./counted.ts";

/**
 * What an editor that has ended leaves on disk, for the shell: its own drafts, those that it found and left there, and those that
 * could not be written, or removed. No line where there is none.
 */
export function keptLines(
  state: EditorState,
  unwritten: readonly string[],
  stale: readonly KnownApp[] = [],
): readonly string[] {
  const { staging, drafts } = state;
  const own = [...staging.apps.keys()].filter((appId) => !unwritten.includes(appId)).length;
  const lost = unwritten.flatMap((appId) => staging.apps.get(appId)?.app ?? []);
  const found = drafts.found.filter(({ key }) => !drafts.discarding.includes(key)).length;
  const kept = own + found + drafts.left;
  // A server that ends with the editor is started with it again.
  const call = state.startCall ?? commandText(state);
  return [
    ...(kept === 0
      ? []
      : [
          `${counted(kept, "draft")} ${kept === 1 ? "is" : "are"} kept on this computer: ${call} brings ${kept === 1 ? "it" : "them"} back.`,
        ]),
    ...(lost.length === 0
      ? []
      : [`${counted(lost.length, "draft")} could not be kept: ${lost.map(appIdentity).join(", ")}.`]),
    ...(stale.length === 0 ? [] : [`${capitalized(staleText(stale))}.`]),
  ];
}
