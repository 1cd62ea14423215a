import { counterNames, rebase, type CounterName } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import type { Draft, FoundDraft } from "../../changes/drafts/draft.ts";
import { findApp } from "./app-list.ts";
import type { EditorState } from "./editor-state.ts";
import { noResponseBefore } from "./restored-failure.ts";
import type { StagedApp, Staging } from "./staging.ts";

/** What a draft that was found meets. */
export type DraftStatus =
  /** It was sent, and reading has to tell what became of it. */
  | { readonly kind: "sent"; readonly sentAt: number }
  /** It was made on the version that is there. */
  | { readonly kind: "same" }
  /** A newer version is there; these counters were changed by others too. */
  | { readonly kind: "newer"; readonly latest: ListedApp; readonly conflicts: readonly CounterName[] }
  /** The list is still being read, or has the app no more. */
  | { readonly kind: "unread" | "gone" }
  /** The app has newer edits already, here or in a newer draft: this one stays on disk. */
  | { readonly kind: "older" };

/** What a draft meets that was found. */
export function statusOf({ list, staging, drafts }: EditorState, found: FoundDraft): DraftStatus {
  const { app, edits, pending } = found.draft;
  const newest = drafts.found.find((other) => other.draft.app.id === app.id);
  if (staging.apps.has(app.id) || newest?.key !== found.key) return { kind: "older" };
  if (pending !== undefined) return { kind: "sent", sentAt: pending.sentAt };
  const latest = findApp(list, app.id);
  if (latest === undefined) return { kind: list.complete ? "gone" : "unread" };
  if (latest.etag === app.etag) return { kind: "same" };
  const { conflicts } = rebase(app.installSummary, edits, latest.installSummary);
  return { kind: "newer", latest, conflicts: conflicts.map(({ counter }) => counter) };
}

/** The drafts that can be brought back now: one for each app. */
export function bringable(state: EditorState): readonly FoundDraft[] {
  return state.drafts.found.filter((found) => statusOf(state, found).kind !== "older");
}

/** A draft as staged edits. What the draft does not keep of its app, such as its notes, is as the list has it. */
export function stagedFrom({ list }: EditorState, draft: Draft): StagedApp {
  const { installSummary, etag } = draft.app;
  const latest = findApp(list, draft.app.id);
  const app = latest === undefined ? draft.app : { ...latest, installSummary, etag };
  const pending = draft.pending && {
    ...draft.pending,
    failures: [noResponseBefore],
    isRestored: true,
  };
  return { ...draft, app, pending };
}

/** What is staged with these drafts. */
export function withDrafts(state: EditorState, drafts: readonly Draft[]): Staging {
  const apps = new Map(state.staging.apps);
  for (const draft of drafts) apps.set(draft.app.id, stagedFrom(state, draft));
  return { ...state.staging, apps };
}

/** How many counters a draft edits. */
export function countCounters({ edits }: Draft): number {
  return counterNames.filter((name) => edits[name] !== undefined).length;
}
