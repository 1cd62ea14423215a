import type { ListedChange } from "@install-summary/core/client";
import { formatCount } from "../../words/format-count.ts";
import { commandList, undoCommand } from "../../words/command-text.ts";
import { readingText, requestText, type RequestForm } from "../../words/request-text.ts";
import { failureReport } from "../../words/failure-text.ts";
import { resultsReport } from "./results-report.ts";
import { currentApp } from "../model/app-list.ts";
import type { AppliedChange, Copied, EditorState } from "../model/editor-state.ts";
import { transition, say, type Transition } from "../model/transition.ts";
import { currentLine, requestOf } from "../model/review.ts";
import { countsAsApplied, hasChanged, isOpenStatus, wasApplied } from "../model/send-status.ts";
import { type Sending } from "../model/sending.ts";
import type { StagedApp } from "../model/staging.ts";

const titles: Readonly<Record<RequestForm, string>> = {
  curl: "curl, with the token in the variable TOKEN",
  powershell: "PowerShell, with the token in $env:TOKEN",
  json: "JSON, the body of the request",
};

const readingTitles: Readonly<Record<RequestForm, string>> = {
  curl: "curl that reads this app, with the token in the variable TOKEN",
  powershell: "PowerShell that reads this app, with the token in $env:TOKEN",
  json: "JSON of this app, which set APP @FILE takes",
};

const linesOf = { curl: "posix", powershell: "powershell", json: "json" } as const;

/** Copies the request of the app under the cursor, and shows it: its staged change, or else the request that reads it. */
export function copyRequest(state: EditorState, form: RequestForm): Transition {
  const staged = stagedUnderCursor(state);
  const app = currentApp(state.list);
  if (staged === undefined && app !== undefined) {
    return copy(state, {
      form: linesOf[form],
      title: readingTitles[form],
      text: readingText(state, app, form),
    });
  }
  if (staged === undefined) return transition(say(state, "There is no app to copy."));
  const text = requestText(state, requestOf(staged), form);
  return copy(state, { form: linesOf[form], title: titles[form], text });
}

/** Copies a report of what did not go through, and shows it; where all was sent, the commands that undo it. */
export function copyResults(state: EditorState, sending: Sending): Transition {
  const report = resultsReport(sending, state.baseUrl);
  if (report === undefined) return copyUndo(state, sending);
  return copy(state, { form: "text", title: "what did not go through", text: report });
}

/** Copies the commands that undo everything that was sent, and shows them. */
export function copyUndo(state: EditorState, sending: Sending): Transition {
  const undone = sending.items.flatMap(({ app, patch, status }) =>
    hasChanged(status) ? [{ app, patch, etag: status.etag, mayBeOthers: countsAsApplied(status) }] : [],
  );
  const commands = undone.map(({ app, patch, etag }) => undoCommand(state, app, patch, etag));
  if (commands.length === 0) {
    return transition(say(state, nothingToUndo(sending)));
  }
  const isOne = commands.length === 1;
  const title = isOne ? "the command that undoes the sent change" : "the commands that undo the sent changes";
  return copyCommands(state, title, commands, undone);
}

function nothingToUndo({ items }: Sending): string {
  const statuses = items.map(({ status }) => status);
  if (statuses.some(wasApplied))
    return "The same counters were changed since: u takes back what is left of it.";
  const isOpen = statuses.some(isOpenStatus);
  return `${isOpen ? "No change is known to be applied" : "No change was applied"}: there is nothing to undo.`;
}

/**
 * Asks how to copy the staged request of the app under the cursor, or the one that reads it. Without staged edits it
 * copies what undoes the last change of this session, where there is one.
 */
export function copyOfApp(state: EditorState): Transition {
  const app = currentApp(state.list);
  if (app === undefined) return copyFailure(state);
  const applied = state.staging.apps.has(app.id) ? undefined : state.applied.get(app.id);
  if (applied === undefined) return transition({ ...state, question: { kind: "copy" } });
  const command = undoCommand(state, applied.app, applied.patch, applied.etag);
  const title = "the command that undoes your last change of this app";
  return copyCommands(state, title, [command], [applied]);
}

/**
 * Copies commands for the person's shell, and says which one that is where others write them differently, where a change may be
 * someone else's, where no version guards an undo, and how long the server is there.
 */
function copyCommands(
  state: EditorState,
  title: string,
  commands: readonly string[],
  undone: readonly Pick<AppliedChange, "etag" | "mayBeOthers">[],
): Transition {
  const text = commandList(commands, state.shell);
  const others = undone.filter(({ mayBeOthers }) => mayBeOthers).length;
  const which = undone.length === 1 ? "which" : `${formatCount(others)} of which`;
  const named = [
    title,
    ...(others > 0 ? [`, ${which} may be someone else's`] : []),
    ...(undone.every(({ etag }) => etag !== undefined) ? [] : [" (without --if-match the last writer wins)"]),
    ...(state.shell === "posix" ? [] : [", for PowerShell"]),
    ...(state.startCall === undefined ? [] : [", while the editor runs: its server ends with it"]),
  ].join("");
  return copy(state, { form: state.shell, title: named, text });
}

/** Copies a change as JSON, as the change log has it. */
export function copyChange(state: EditorState, change: ListedChange): Transition {
  const title = `version ${change.version} as the change log has it`;
  return copy(state, { form: "json", title, text: JSON.stringify(change) });
}

/** Copies why nothing could be read, for a person who can help. No token is in it. */
function copyFailure(state: EditorState): Transition {
  const { link } = state;
  if (link.kind !== "waiting" && link.kind !== "down")
    return transition(say(state, "There is no app to copy."));
  return copy(state, {
    form: "text",
    title: "what happened",
    text: failureReport(link.failure, state.baseUrl, state.now),
  });
}

function copy(state: EditorState, copied: Copied): Transition {
  const screen = { name: "copied", copied, top: 0, back: state.screen } as const;
  return transition({ ...state, screen }, { kind: "copy", text: copied.text });
}

function stagedUnderCursor(state: EditorState): StagedApp | undefined {
  if (state.screen.name === "review") return currentLine(state.staging, state.screen.line)?.staged;
  const app = currentApp(state.list);
  return app && state.staging.apps.get(app.id);
}
