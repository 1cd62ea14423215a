import type { ListedChange } from "@install-summary/core/client";
import { appIdentity } from "../../words/app-identity.ts";
import { changersTexts } from "../../words/changers-text.ts";
import { formatCount } from "../../words/format-count.ts";
import { versionText } from "../../words/version-text.ts";
import { capitalized } from "../../words/capitalized.ts";
import { changedBy } from "../../words/changed-by.ts";
import { changesBetween, whoChanged } from "../model/changers.ts";
import { conflictApps, conflictLines, countOpen, type ConflictRow } from "../model/conflicts.ts";
import { describeCounter } from "../model/counter-grid.ts";
import { editedValue } from "../model/edit.ts";
import type { EditorState } from "../model/editor-state.ts";
import { stagedMove } from "../model/shown-moves.ts";
import type { StagedApp } from "../model/staging.ts";
import { counted } from "../view/counted.ts";
import { amountText } from "./amount-text.ts";
import { newerText } from "./newer-text.ts";

/** What was changed elsewhere meanwhile, counter by counter, with the numbers that `mine` and `theirs` take. */
export function plainConflicts(state: EditorState): readonly string[] {
  const { staging, changers } = state;
  const open = countOpen(staging);
  const decidable = conflictLines(staging);
  const apps = conflictApps(staging);
  const rows = apps.flatMap(({ staged, rows: counters }) => [
    headText(state, staged),
    ...counters.map((row) => {
      const place = decidable.findIndex(
        ({ appId, counter }) => appId === row.appId && counter === row.counter,
      );
      return `${place < 0 ? "" : `${place + 1}. `}${rowText(row)}`;
    }),
  ]);
  const next =
    open === 0
      ? "Type enter for the review, or back to keep it all staged."
      : `${counted(open, "line")} to decide: type mine 1${state.isReadOnly ? " or theirs 1" : ", theirs 1, or e for another number"}; M or T for all of an app.`;
  const who = whoChanged(
    changers,
    apps.map(({ staged }) => stagedMove(staged)),
  );
  const what = apps.length === 1 ? "this app" : `${apps.length} of these apps`;
  const head = `${capitalized(changedBy(who, what, { count: apps.length }))}.`;
  return [head, ...rows, next];
}

/** The app, with the version that the table is about, who made it, and that a newer one is known. */
function headText(state: EditorState, staged: StagedApp): string {
  const newer = newerText(state, staged.app);
  const values = staged.app.etag === undefined ? "other values" : versionText(staged.app.etag);
  const version = `${values}${newer === undefined ? " now" : ""}`;
  const who = whoText(changesBetween(state.changers, stagedMove(staged)), state.now);
  return `${appIdentity(staged.app)}, ${version}${who}${newer === undefined ? "" : `. ${newer} Before that`}:`;
}

function whoText(changes: readonly ListedChange[], now: number): string {
  const [text] = changersTexts(changes, now);
  return text === undefined ? "" : `, by ${text}`;
}

function rowText({ counter, kind, base, theirs, mine, sends }: ConflictRow): string {
  const label = describeCounter(counter).label.toLowerCase();
  const was = `${label} was ${formatCount(base)}, theirs ${formatCount(theirs)}`;
  if (mine === undefined) return `${was}: theirs stays.`;
  const own = `mine ${formatCount(editedValue(base, mine))}${amountText(mine)}`;
  if (kind === "open") return `${was}, ${own}: both changed it. Not decided.`;
  return `${was}, ${own}: ${formatCount(sends ?? theirs)} would be sent${kind === "recounted" ? ", counted again" : ""}.`;
}
