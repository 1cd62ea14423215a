import { capitalized } from "../../../words/capitalized.ts";
import type { InstallSummary, ReadSummary } from "@install-summary/core";
import { hasSameValues, isAsRead, isOldReading } from "../../../changes/as-read.ts";
import { changedBy, type Who } from "../../../words/changed-by.ts";
import { exactTime } from "../../../words/clock-time.ts";
import { failureAdvice } from "../../../words/failure-advice.ts";
import { failureSentences, failureText } from "../../../words/failure-text.ts";
import { unmarkedText } from "../../../words/unmarked-text.ts";
import {
  holderText,
  otherNowText,
  readAgainText,
  thereNowText,
  unchangedText,
  versionText,
} from "../../../words/version-text.ts";
import type { Failure } from "../../../server/failure.ts";
import type { TokenSource } from "../../../server/sign-in.ts";
import { whoChanged } from "../../model/changers.ts";
import { editedCounters } from "../../model/edit.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { wasSent, type SendItem } from "../../model/sending.ts";
import { itemMove } from "../../model/shown-moves.ts";
import { comparedCounters, conflictLines, settledLines } from "./compare-lines.ts";
import type { Glyphs } from "../glyphs.ts";
import type { Line } from "../line.ts";

/** What to say about one app's change: what happened, what the server said, and what to do. */
export interface Account {
  readonly happened: readonly string[];
  readonly toDo?: string;
  /** Whose sentences are said below, where the tables of a small screen leave room for them. */
  readonly said?: readonly Failure[];
  readonly failures?: readonly Failure[];
  /** The counters beside each other, as they were, are, and should become. */
  readonly table?: readonly Line[];
}

/** What became of an app's change, what the server said, and what to do now. */
export function accountOf(
  item: SendItem,
  { staging, screen, tokenSource, changers, now }: EditorState,
  glyphs: Glyphs,
  width: number,
): Account {
  const { app, patch, status } = item;
  const edits = staging.apps.get(app.id)?.edits;
  const who = whoChanged(changers, [itemMove(item)]);
  const isRecorded = status.kind === "sent" && status.isRecorded === true;
  const settled = (there: InstallSummary): readonly Line[] =>
    settledLines(comparedCounters(app.installSummary, there, patch), isRecorded, glyphs, width);
  switch (status.kind) {
    case "sent": {
      const { failures } = status;
      if (status.how === "there already") {
        const isCertain = failures.some(({ notApplied }) => notApplied === true) || failures.every(isRefusal);
        const certain = changedBy(who, "this app");
        const there = isCertain
          ? `${capitalized(certain)}: these values are there, and nothing is left to send.`
          : "These values are there, by this change or another one: nothing is left to send.";
        return { happened: [`${failureSentences(failures)} ${there}`], failures };
      }
      if (status.how === "acknowledged") return { happened: [] };
      if (status.how === "changed since") {
        const sentences = failures.length === 0 ? "" : `${failureSentences(failures)} `;
        const isWhole = editedCounters(patch).every((name) => status.summary[name] !== patch[name]);
        const same = isWhole ? "the same counters" : "some of the same counters";
        const what = `${sentences}The change was applied. Since then ${changedBy(who, same, { count: 2 })}: ${otherNowText(status.etag)}.`;
        return isWhole
          ? { happened: [what], failures }
          : { happened: [what], toDo: "u takes back what is left of it.", failures };
      }
      const found = isRecorded ? ": the change was applied." : countsText;
      return {
        happened: [`${sentText(item, now)}${failureSentences(failures)} Reading it again shows${found}`],
        table: settled(status.summary),
        toDo: `${foundText(item, status)} Nothing is left to send.`,
        failures,
      };
    }
    case "conflict":
      return {
        happened: [conflictText(item, status.current, who, status.failures)],
        table:
          status.current === undefined
            ? []
            : conflictLines(
                comparedCounters(app.installSummary, status.current.installSummary, patch, edits),
                glyphs,
                width,
              ),
        toDo: "Everything stays staged. R reads it again; then s shows what would be sent.",
        said: status.failures,
        failures: status.failures,
      };
    case "overtaken":
      return {
        happened: [
          sentText(item, now) + failureSentences(status.failures),
          `${conflictText(item, status.current, who, status.failures)} Your change may have been applied before that.`,
        ],
        table: settled(status.current.installSummary),
        toDo: "Kept as the values that were sent, so that no amount counts twice. R reads it again; then s shows what would be sent.",
        failures: status.failures,
      };
    case "notApplied":
      return {
        happened: [
          sentText(item, now) + failureSentences(status.failures),
          `Read again: ${unchangedText(app.etag)}, so the change was not applied so far.`,
        ],
        table: settled(app.installSummary),
        toDo: sendAgainText(item),
        failures: status.failures,
      };
    case "unknown": {
      if (status.mayBeMissing === true)
        return {
          happened: [
            sentText(item, now) + failureSentences(status.failures),
            "It may have been applied: its values are there, but the log has them by an equal change of your account, perhaps another program's.",
          ],
          toDo: "The history shows what was made when. In the list, D drops these edits; what is missing is typed again.",
          failures: status.failures,
        };
      const { unread } = status;
      const what = unread?.what === "log" ? "The change log could not be read" : "Reading it again failed";
      const read =
        unread === undefined
          ? "It may have been applied, and was not read again."
          : `It may have been applied. ${what}: ${failureText(unread.failure, "app")}`;
      return {
        happened: [sentText(item, now) + failureSentences(status.failures), read],
        toDo: `R asks again what became of it. ${sendAgainText(item)}`,
        failures: status.failures,
      };
    }
    case "refused":
      return refusedAccount(
        status.failures,
        screen.name === "results" && screen.sending.hasNewToken === true ? "untried" : tokenSource,
      );
    case "readAgain":
      return { happened: [`${readAgainText(status.etag)}. s shows what would be sent.`] };
    case "stopped":
      if (status.unmarked !== undefined) {
        return {
          happened: [`${capitalized(unmarkedText(status.unmarked))}.`],
          toDo: "Still staged. s shows it again, and y sends it all the same.",
        };
      }
      return stoppedAccount(item, status.failures);
    case "queued":
    case "running":
    case "waiting":
    case "comparing":
      return stoppedAccount(item, []);
  }
}

function stoppedAccount(item: SendItem, failures: readonly Failure[]): Account {
  const anew = wasSent(item) ? " again" : "";
  return {
    happened:
      failures.length === 0 ? [] : [`${failureSentences(failures)} The change was sent, and not applied.`],
    toDo: `Stopped before it was sent${anew}. Still staged; s sends it${anew}.`,
    failures,
  };
}

/** Whether a failure says that the change was not applied; a 412 may come from a gateway that sent it twice. */
function isRefusal(failure: Failure): boolean {
  return failure.class === "refused" && failure.status !== 412;
}

/** Values alone do not tell whose they are, and where they are there nothing is left to send. */
const countsText = " your values: the change counts as applied, though they may be someone else's.";

/** What reading an app found where its change was applied. */
function foundText({ app, patch }: SendItem, { summary, etag }: ReadSummary): string {
  const others = comparedCounters(app.installSummary, summary, patch).filter(
    ({ mine }) => mine === undefined,
  );
  const rest = others.length === 0 ? "nothing else differs" : "other counters were changed too";
  return `${capitalized(holderText(etag))} has your values; ${rest}.`;
}

/** When the change was sent first, for the server's log and for people who compare it with what others did. */
function sentText({ sentAt }: SendItem, now: number): string {
  return sentAt === undefined ? "" : `Sent at ${exactTime(sentAt, now)}. `;
}

/** The last failure with what to do about it, after what earlier ones said. */
function refusedAccount(failures: readonly Failure[], source: TokenSource | "untried"): Account {
  const last = failures.at(-1);
  if (last === undefined) return { happened: [] };
  const earlier = failures.filter(({ sentence }) => sentence !== last.sentence);
  return {
    happened: [`${failureSentences(earlier)} ${failureText(last, "send")}`.trim()],
    toDo: failureAdvice(last, "send", source),
    failures,
  };
}

/** Why sending the same again is safe, and until when its edits wait. */
function sendAgainText({ app }: SendItem): string {
  return app.etag === undefined
    ? "Its edits wait. s sends the same again."
    : "Its edits wait. s sends the same again, under the same version: it counts once, even if the first request still arrives.";
}

function conflictText(
  { app, patch }: SendItem,
  current: SendItem["app"] | undefined,
  who: Who,
  failures: readonly Failure[],
): string {
  const told = failures.at(-1)?.currentETag;
  if (current === undefined) {
    const old =
      app.etag === undefined
        ? "the app may have changed"
        : `${versionText(app.etag)} may no longer be the current one`;
    return `The server refused the change with 412: ${old}. The app could not be read.`;
  }
  if (current.etag !== undefined && isAsRead(app, current)) {
    const mine = versionText(current.etag);
    return told !== undefined && isOldReading(told, current.etag)
      ? `${capitalized(versionText(told))} is there now, as the server's 412 says, but reading still gives ${mine}: a cache on the way gives old responses. It has to let go of them before this can be sent.`
      : `The server refused the change with 412, although ${mine} is still the current one.`;
  }
  if (current.etag === undefined && isAsRead(app, current)) {
    return "The server refused the change with 412, although the app has the values that were read.";
  }
  const changed = capitalized(changedBy(who, "this app"));
  const head =
    current.etag !== undefined && current.etag === app.etag
      ? `${capitalized(thereNowText(app.etag, current.etag))} than these edits were made on, as in a store that began anew.`
      : `${changed}: ${otherNowText(current.etag)}, these edits are on ${basisText(app.etag)}.`;
  if (hasSameValues(app.installSummary, current.installSummary)) {
    return `${head} Its values are those of ${basisText(app.etag)}.`;
  }
  const isApart = editedCounters(patch).every(
    (name) => current.installSummary[name] === app.installSummary[name],
  );
  return isApart ? `${head} Only other counters differ.` : head;
}

/** What edits were made on. */
function basisText(etag: string | undefined): string {
  return etag === undefined ? "what was read before" : versionText(etag);
}
