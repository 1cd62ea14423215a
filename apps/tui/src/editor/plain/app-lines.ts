import type { CounterScope } from "@install-summary/core";
import { stateLabels } from "@install-summary/core/text";
import { appName } from "../../words/app-name.ts";
import { formatCount } from "../../words/format-count.ts";
import { platformName } from "../../words/platform.ts";
import { versionFact } from "../../words/version-text.ts";
import { counterOf, describeCounter, states } from "../model/counter-grid.ts";
import { editedCounters, editedSummary } from "../model/edit.ts";
import type { EditorState } from "../model/editor-state.ts";
import { editsOf, shownApp } from "../model/shown-app.ts";
import { counted } from "../view/counted.ts";
import { amountText } from "./amount-text.ts";
import { newerText } from "./newer-text.ts";

/**
 * The app that is open: what it is, what is staged for it, and its numbers. Those are the server's as the edits were made on
 * them; where newer ones are known these are said too.
 */
export function appLines(state: EditorState): readonly string[] {
  const app = shownApp(state);
  if (app === undefined) return ["No app is open."];
  const edits = editsOf(state, app.id);
  const names = editedCounters(edits);
  const staged = names.length === 0 ? "Nothing staged." : `${counted(names.length, "edit")} staged.`;
  const after = editedSummary(app.installSummary, edits);
  const contested = state.staging.apps.get(app.id)?.contested ?? {};
  const changes = names.map((name) => {
    const [label, base] = [describeCounter(name).label.toLowerCase(), formatCount(app.installSummary[name])];
    const typedOn = contested[name];
    const open =
      typedOn === undefined
        ? ""
        : ` It was changed from ${formatCount(typedOn)} to ${base} meanwhile: not sent until you decide.`;
    return `Staged: ${label} ${base} to ${formatCount(after[name])}${amountText(edits[name])}.${open}`;
  });
  const values = (scope: CounterScope): string =>
    states
      .map((one) => {
        const count = formatCount(app.installSummary[counterOf(one, scope)]);
        return `${stateLabels[one].label.toLowerCase()} ${count}`;
      })
      .join(", ");
  const newer = newerText(state, app);
  const version = `${newer === undefined ? "" : "based on "}${app.etag === undefined && newer !== undefined ? "older values" : versionFact(app.etag)}`;
  return [
    `${appName(app)}, ${platformName(app)}, ${version}. ${staged}`,
    ...(newer === undefined ? [] : [`${newer} again reads it.`]),
    `Devices: ${values("device")}.`,
    `Users: ${values("user")}.`,
    ...changes,
  ];
}
