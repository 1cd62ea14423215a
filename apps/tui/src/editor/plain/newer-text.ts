import { counterNames, type CounterName } from "@install-summary/core";
import { isAsRead } from "../../changes/as-read.ts";
import { capitalized } from "../../words/capitalized.ts";
import { formatCount } from "../../words/format-count.ts";
import type { KnownApp } from "../../words/known-app.ts";
import { thereNowText } from "../../words/version-text.ts";
import { findApp } from "../model/app-list.ts";
import { describeCounter } from "../model/counter-grid.ts";
import type { EditorState } from "../model/editor-state.ts";

/**
 * That an app is known to be other by now than the edits on it were made on, for which the screens have a sign, with the
 * values there of these counters, or of all that differ. Undefined where nothing newer is known.
 */
export function newerText(
  { list }: EditorState,
  app: KnownApp,
  counters?: readonly CounterName[],
): string | undefined {
  const latest = findApp(list, app.id);
  if (latest === undefined || isAsRead(app, latest)) return undefined;
  const differing = counterNames.filter((name) => latest.installSummary[name] !== app.installSummary[name]);
  const values = (counters ?? differing).map(
    (name) => `${describeCounter(name).label.toLowerCase()} ${formatCount(latest.installSummary[name])}`,
  );
  const what = capitalized(thereNowText(app.etag, latest.etag));
  return values.length === 0 ? `${what}.` : `${what}: ${values.join(", ")}.`;
}
