import { type CounterEdit, type CounterName, counterNames, counters } from "@install-summary/core";
import { addToToken } from "../actions/give-token.ts";
import { editsOf, isPending, shownApp } from "../model/shown-app.ts";
import { sayPending } from "../actions/edit-counters.ts";
import { timeOfReading } from "../model/app-list.ts";
import type { EditorState } from "../model/editor-state.ts";
import { parsePaste } from "../model/pasted-text.ts";
import { typeEntry } from "./entry-keys.ts";
import { addToFilter } from "./filter-keys.ts";
import { sayReadOnly } from "./read-only.ts";
import { say } from "../model/transition.ts";
import { countersOf, stageEdits } from "../model/staging.ts";
import { typedEdit } from "../model/typed-edit.ts";
import { parseWrittenETag } from "../../changes/written-etag.ts";
import type { KnownApp } from "../../words/known-app.ts";
import { versionText } from "../../words/version-text.ts";

/** A pasted text: it goes where the person is, whole or not at all. */
export function paste(state: EditorState, text: string): EditorState {
  const { screen } = state;
  if (state.question?.kind === "token") return addToToken(state, state.question.text + text.trim());
  if (state.question !== undefined) return say(state, "Nothing pasted: the question comes first.");
  if (screen.name === "filter") return addToFilter(state, screen, oneLine(text));
  if (screen.name === "palette")
    return { ...state, screen: { ...screen, text: screen.text + oneLine(text), line: 0 } };
  if (screen.name === "entry") return pasteNumbers(state, text, screen.text);
  if (screen.name === "counters") return pasteNumbers(state, text, "");
  if (screen.name === "list") return say(state, "Nothing pasted: a paste goes into a counter. → first.");
  return say(state, "Nothing pasted: a paste goes into a counter.");
}

function pasteNumbers(state: EditorState, text: string, typed: string): EditorState {
  const app = shownApp(state);
  if (app === undefined) return state;
  if (state.isReadOnly) return sayReadOnly(state);
  if (isPending(state, app.id)) return sayPending(state, app.id);
  const reading = parsePaste(text, app.id);
  switch (reading.kind) {
    case "one":
      return typeEntry(state, typed + reading.text, "Nothing pasted. ");
    case "refused":
      return say(state, `Nothing pasted. ${reading.reason}`, "wrong");
    case "patch": {
      const staged = stageAll(state, app, reading.patch, reading.etag);
      const told =
        staged === undefined ? sayUnchanged(state, reading.patch) : say(staged, pastedText(staged, app));
      return sayOlder(told, app, reading.etag);
    }
    case "values": {
      const values = Object.fromEntries(counterNames.map((name, index) => [name, reading.values[index]]));
      const staged = stageAll(state, app, values);
      return staged === undefined
        ? sayUnchanged(state, values)
        : say(staged, `Pasted as ${inWords(reading.values)}. u undoes it.`);
    }
  }
}

type Values = { readonly [Name in CounterName]?: number | undefined };

/** What is pasted changes no edit, so there is nothing to undo either. */
function sayUnchanged(state: EditorState, values: Values): EditorState {
  const why = counterNames.some((name) => values[name] !== undefined)
    ? "all of it is there or staged already."
    : "it names no counter.";
  return say({ ...state, screen: { name: "counters" } }, `Nothing pasted: ${why}`);
}

/**
 * The editor with the values staged; undefined where they change no edit. Of a text that was read at the version of the app
 * what is as it was there is no edit, whatever others have made of it since.
 */
function stageAll(state: EditorState, app: KnownApp, values: Values, etag?: string): EditorState | undefined {
  const isOfApp = etag !== undefined && isWrittenAt(app, etag);
  const decisions = new Map<CounterName, CounterEdit | undefined>();
  for (const name of counterNames) {
    const value = values[name];
    if (value === undefined) continue;
    const isAsRead = isOfApp && value === app.installSummary[name];
    decisions.set(name, isAsRead ? undefined : typedEdit(state, app, name, value));
  }
  const staging = stageEdits(state.staging, app, decisions, timeOfReading(state.list, app.id));
  return staging === state.staging ? undefined : { ...state, staging, screen: { name: "counters" } };
}

/** How many counters a paste has staged, and how many it has put back to what they were. */
function pastedText(after: EditorState, { id }: KnownApp): string {
  const is = editsOf(after, id);
  const step = after.staging.done.at(-1);
  const changed = step === undefined ? [] : countersOf(step);
  const staged = changed.filter((name) => is[name] !== undefined).length;
  const reverted = changed.length - staged;
  const parts = [
    ...(staged > 0 ? [`${are(staged)} staged`] : []),
    ...(reverted > 0 ? [`${are(reverted)} as before`] : []),
  ];
  return `Pasted: ${parts.join(", ")}. u undoes it.`;
}

function are(count: number): string {
  return count === 1 ? "1 counter is" : `${count} counters are`;
}

/** Says so where the pasted values were read at another version than the one they are now staged on. */
function sayOlder(state: EditorState, app: KnownApp, etag: string | undefined): EditorState {
  if (etag === undefined) return state;
  if (isWrittenAt(app, etag)) return state;
  const readAt = parseWrittenETag(etag) ?? etag;
  const now = app.etag === undefined ? "has no version" : `is ${versionText(app.etag)}`;
  const text = `${state.notice?.text ?? ""} The values are of ${versionText(readAt)}, and the app ${now}.`;
  return say(state, text.trim(), "wrong");
}

/** Whether a version, as people write it, is the one of the app. */
function isWrittenAt({ etag }: KnownApp, written: string): boolean {
  return etag !== undefined && parseWrittenETag(etag) === (parseWrittenETag(written) ?? written);
}

/** Which values went to devices and which to users, in the order of the table. */
function inWords(values: readonly number[]): string {
  const of = (scope: "device" | "user"): string =>
    counters.flatMap((counter, index) => (counter.scope === scope ? (values[index] ?? []) : [])).join(" ");
  return `devices ${of("device")}, users ${of("user")}`;
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, " ");
}
