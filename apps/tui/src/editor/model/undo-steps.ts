import type { CounterName } from "@install-summary/core";
import { countersOf, withStaged, type Staging, type Step } from "./staging.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** A step that was undone or redone, and what is staged after that. */
export interface Restored {
  readonly staging: Staging;
  readonly appId: string;
  /** The counters whose edits differ from before, or which have been decided, or are open again. */
  readonly counters: readonly CounterName[];
  readonly app: KnownApp | undefined;
}

/** Undoes the last step. */
export function undoStep(staging: Staging): Restored | undefined {
  const step = staging.done.at(-1);
  if (step === undefined) return undefined;
  const apps = withStaged(staging.apps, step.appId, step.before);
  const next = { apps, done: staging.done.slice(0, -1), undone: [...staging.undone, step] };
  return restored(next, step);
}

/** Redoes the step that was undone last. */
export function redoStep(staging: Staging): Restored | undefined {
  const step = staging.undone.at(-1);
  if (step === undefined) return undefined;
  const apps = withStaged(staging.apps, step.appId, step.after);
  const next = { apps, done: [...staging.done, step], undone: staging.undone.slice(0, -1) };
  return restored(next, step);
}

/** The app of the last step that can be undone, or redone. */
export function stepOf({ done, undone }: Staging, which: "undo" | "redo"): string | undefined {
  return (which === "undo" ? done : undone).at(-1)?.appId;
}

function restored(staging: Staging, step: Step): Restored {
  const { appId, before, after } = step;
  return { staging, appId, counters: countersOf(step), app: before?.app ?? after?.app };
}
