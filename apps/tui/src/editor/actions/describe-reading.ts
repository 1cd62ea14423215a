import type { CounterName } from "@install-summary/core";
import { appIdentity } from "../../words/app-identity.ts";
import { capitalized } from "../../words/capitalized.ts";
import { failureText } from "../../words/failure-text.ts";
import type { KnownApp } from "../../words/known-app.ts";
import {
  holderText,
  otherNowText,
  readAgainText,
  unchangedText,
  versionText,
} from "../../words/version-text.ts";
import { currentApp, findApp } from "../model/app-list.ts";
import { describeCounter } from "../model/counter-grid.ts";
import { editedCounters } from "../model/edit.ts";
import type { EditorState, Notice } from "../model/editor-state.ts";
import type { ReadingNews, ToldReading } from "../model/reading-news.ts";
import { metBy } from "../model/settle-staged.ts";
import type { Judgement } from "./judge-pending.ts";

// What is known comes first and the name last: what is cut of a long message is its end.

/**
 * What reading an app has told about its pending change, once the edits that are left are based on it; undefined where that is
 * nothing. `met` are the counters that others have given the wanted values: they are staged no more, whatever the verdict.
 */
export function verdictReading(
  state: EditorState,
  { verdict, unread }: Pick<Judgement, "verdict" | "unread">,
  app: KnownApp,
  met: readonly CounterName[] = [],
): ToldReading | undefined {
  const holder = holderText(app.etag);
  const there = otherNowText(app.etag);
  const name = appIdentity(app);
  const metSentence = capitalized(metText(state, app, met));
  const told = (news: ReadingNews, text: string, tone: Notice["tone"] = "plain"): ToldReading => ({
    app,
    news,
    alone: { text, tone },
  });
  switch (verdict) {
    case "applied":
    case "valuesThere": {
      const known =
        verdict === "applied"
          ? `Applied: ${holder} has your change.`
          : `Counts as applied: ${holder} has your values, though they may be someone else's.`;
      const undo = `${undoKey(state, app)} copies the undo command. (${name})`;
      return met.length > 0
        ? told(`${verdict}Partly`, `${known} ${metSentence} ${undo}`)
        : told(verdict, `${known} ${undo}`);
    }
    case "changedSince": {
      const first = "Applied, but its counters were changed since";
      return met.length > 0
        ? told("changedSincePartly", `${first}. ${metSentence} (${name})`)
        : told(verdict, `${first}: ${there}. (${name})`);
    }
    case "ruledOut": {
      const first = "Not applied: another change came first.";
      return met.length > 0
        ? told("ruledOutPartly", `${first} ${metSentence} (${name})`, "wrong")
        : told(verdict, `${first} Your edits are kept; ${there}. (${name})`, "wrong");
    }
    case "thereAlready":
      return told(verdict, thereAlreadyText(app));
    case "notApplied":
      return told(
        verdict,
        `Not applied so far: ${unchangedText(app.etag)}. s sends the same again. (${name})`,
      );
    case "unknown": {
      const why =
        unread === undefined
          ? `${holder} has an equal change of your account. In the list, D drops yours.`
          : `the change log could not be read. R asks it again. ${failureText(unread, "app")}`;
      return told(verdict, `It is not known whether this was applied: ${why} (${name})`, "wrong");
    }
    case "overtaken": {
      const it = met.length > 0 ? "what of it is not there already" : "it";
      const text = `${capitalized(there)}. Your change may have been applied before that; ${it} is kept as the values that were sent. (${name})`;
      return told(verdict, text, "wrong");
    }
    case "none":
    case "onItsWay":
      return undefined;
  }
}

/** The key that copies the undo command. In the review an app whose change was applied has no line any more. */
function undoKey({ screen, list }: EditorState, { id }: KnownApp): string {
  if (screen.name === "review") return "In the list, c on this app";
  return currentApp(list)?.id === id ? "c" : "c on this app";
}

function thereAlreadyText(app: KnownApp): string {
  const as = app.etag === undefined ? "" : `, as ${versionText(app.etag)}`;
  return `The values are there already${as}: nothing is left to send. (${appIdentity(app)})`;
}

/** Which edits are staged no more, as a version has their values already. */
function metText({ staging }: EditorState, { id, etag }: KnownApp, met: readonly CounterName[]): string {
  const kept = staging.apps.has(id) ? "; your other edits are kept" : "";
  return `${holderText(etag)} has your ${countersText(met)} already${kept}.`;
}

function countersText(counters: readonly CounterName[]): string {
  const [first] = counters;
  const label = first === undefined ? "values" : describeCounter(first).label.toLowerCase();
  return counters.length > 1 ? `${label} and ${counters.length - 1} more` : label;
}

/** What a person is told of an app that was read: what was known of it `before`, and what is known `after` that. */
export function describeReading(before: EditorState, after: EditorState, app: KnownApp): ToldReading {
  const staged = before.staging.apps.get(app.id);
  const known = staged?.app ?? findApp(before.list, app.id);
  const isKept = after.staging.apps.has(app.id);
  const told = (news: ReadingNews, text: string): ToldReading => ({
    app,
    news,
    alone: { text, tone: "plain" },
  });
  if (staged !== undefined && !isKept) return told("thereAlready", thereAlreadyText(app));
  const changed = editedCounters(app.installSummary).filter(
    (name) => known !== undefined && known.installSummary[name] !== app.installSummary[name],
  );
  const read = readAgainText(app.etag);
  const name = `(${appIdentity(app)})`;
  const met = staged === undefined ? [] : metBy(app, staged);
  const overtaken = after.staging.apps.get(app.id)?.overtaken;
  const isOpen = overtaken !== undefined && editedCounters(overtaken.edits).length > 0;
  const stillOpen = isOpen ? verdictReading(after, { verdict: "overtaken" }, app, met) : undefined;
  if (stillOpen !== undefined) return stillOpen;
  if (met.length > 0) return told("partly", `Read again: ${metText(after, app, met)} ${name}`);
  if (changed.length === 0) return told("unchanged", `${read}, unchanged. ${name}`);
  const what = `${read}; ${countersText(changed)} changed.`;
  return isKept ? told("moved", `${what} Your edits are kept. ${name}`) : told("changed", `${what} ${name}`);
}

/** Others have made edits too that were typed while the app was read: they stay until the person asks again. */
export function typedSinceReading(app: KnownApp): ToldReading {
  const text = `Read again: ${holderText(app.etag)} has what you typed meanwhile. All edits of this app stay as they are until R reads once more. (${appIdentity(app)})`;
  return { app, news: "typedSince", alone: { text, tone: "plain" } };
}
