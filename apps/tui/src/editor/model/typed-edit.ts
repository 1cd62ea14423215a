import type { CounterEdit, CounterName } from "@install-summary/core";
import type { KnownApp } from "../../words/known-app.ts";
import { findApp } from "./app-list.ts";
import { editedValue } from "./edit.ts";
import type { EditorState } from "./editor-state.ts";

/**
 * The edit that was typed for a counter of an app, which may be older than what is known of it; undefined where it changes
 * nothing. The value that the app had is an edit where the server is known to have another one by now: the person wants it.
 */
export function typedEdit(
  { list }: Pick<EditorState, "list">,
  app: KnownApp,
  counter: CounterName,
  edit: CounterEdit,
): CounterEdit | undefined {
  const base = app.installSummary[counter];
  if (editedValue(base, edit) !== base) return edit;
  const newest = findApp(list, app.id)?.installSummary[counter] ?? base;
  return typeof edit === "number" && edit !== newest ? edit : undefined;
}
