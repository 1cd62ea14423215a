import { applyPatch, diff, type InstallSummaryPatch } from "@install-summary/core";
import type { ChangeRecord, ListedChange } from "@install-summary/core/client";
import { parseETagVersion } from "@install-summary/core/text";
import type { Effect } from "../src/editor/model/effect.ts";
import type { Happening } from "../src/editor/model/event.ts";
import type { EditorDriver } from "./editor-driver.ts";
import { responded, timedOut, unreachable } from "./failures.ts";
import type { Failure } from "../src/server/failure.ts";
import { loggedChange } from "./logged-change.ts";
import { listedApp } from "./sample-apps.ts";
import type { KnownApp } from "../src/words/known-app.ts";

/**
 * What the server says to a change: a status, or nothing. `twice` is a gateway that sends the change twice by itself, and
 * passes on what the second one met.
 */
export type Said = 200 | 401 | 403 | 408 | 429 | 500 | 502 | 503 | 504 | "twice" | "nothing" | "unreachable";

/** What the editor was told: also a 412, whether or not the server has looked up that nothing was applied. */
export type Told = Exclude<Said, "twice"> | "412" | "412, looked up";

/** What the server does with a change: it applies it at once, never, or when it arrives late. */
export type Does = "applies" | "ignores" | "delays";

/**
 * How the server responds to a reading: as the app is now, also where its log cannot be read, or as it was when that was
 * asked for.
 */
export type HowRead = "now" | "withoutLog" | "asAsked" | "fails";

type Change = Extract<Effect, { readonly kind: "sendPatch" }>;
type Request = Extract<Effect, { readonly kind: "sendPatch" | "readApp" | "loadPages" | "readHistory" }>;

/** A server with one app, which responds to an editor's requests as a story says. Installed devices count from 0. */
export interface StoryServer {
  /** The installed devices. */
  readonly value: () => number;
  /** How many millions of them the editor's changes have added, or taken back. */
  readonly counted: () => number;
  /** The app as it is now. */
  readonly app: () => KnownApp;
  /** Whether a change is on its way, so that nothing tells yet what becomes of it. */
  readonly isSending: () => boolean;
  /** Whether the editor has ended. */
  readonly hasQuit: () => boolean;
  /** Another editor takes the place of one that has ended. What was on its way may still arrive. */
  readonly connect: (next: EditorDriver) => void;
  /** All changes that it was sent, repeated ones too. */
  readonly changes: () => readonly Change[];
  /** Handles the oldest open change now. Its response comes later. */
  readonly handleChange: () => void;
  /** Responds to the oldest open change; what it does counts where the change was not handled before. What it says about a change that does not fit the version is 412. */
  readonly respondToChange: (does: Does, said: Said) => Told | undefined;
  /** Responds to an open reading, the oldest or the newest. */
  readonly respondToReading: (which: "oldest" | "newest", how: HowRead) => void;
  /** Whether the editor was told, with a reading, that the log rules this change out. */
  readonly wasRuledOut: (change: Change) => boolean;
  /** A change that was delayed arrives now. */
  readonly arrive: () => void;
  /** Tells the editor of changes as they are made: of the next one, of all, or of the last one alone, as after a gap. */
  readonly tellLive: (which: "next" | "all" | "last") => void;
  /** Someone else adds so many. */
  readonly add: (count: number) => void;
}

interface Open {
  readonly request: Request;
  readonly asAsked: KnownApp;
  /** What the server has made of a change already: the app after it, or that it did not fit. */
  handled?: KnownApp | "refused";
}

/** The app that the story is about, before anything happened. */
export const storyApp: KnownApp = listedApp(0, "Story", { installedDeviceCount: 0 }, 'W/"1"');

/** How many devices the edits of a story add. */
export const million = 1_000_000;

/** Starts the server for an editor. One that `records` knows whose requests it has applied. */
export function createStoryServer(
  first: EditorDriver,
  { records }: { readonly records: boolean },
): StoryServer {
  let editor = first;
  let app = storyApp;
  let version = 1;
  let counted = 0;
  const log = new Map<string, Change>();
  /** The change log, and how many of its changes the editor was told of. */
  const changeLog: ListedChange[] = [];
  let toldUntil = 0;
  let hasEnded = false;
  let open: Open[] = [];
  const late: Request[] = [];
  const sent: Change[] = [];
  /** The ids of changes of which the editor was told that the log rules them out. */
  const ruledOut = new Set<string>();

  return {
    value,
    counted: () => counted,
    app: () => app,
    isSending,
    hasQuit,
    connect,
    changes,
    handleChange,
    respondToChange,
    respondToReading,
    wasRuledOut: ({ clientRequestId }) => ruledOut.has(clientRequestId),
    arrive,
    tellLive,
    add,
  };

  function value(): number {
    return app.installSummary.installedDeviceCount;
  }

  function isSending(): boolean {
    collect();
    return open.some(({ request }) => request.kind === "sendPatch");
  }

  function hasQuit(): boolean {
    collect();
    return hasEnded;
  }

  function connect(next: EditorDriver): void {
    for (const { request, handled } of open) {
      if (request.kind === "sendPatch" && handled === undefined) late.push(request);
    }
    open = [];
    // It has read the list when it begins to follow.
    toldUntil = changeLog.length;
    hasEnded = false;
    editor = next;
  }

  function handleChange(): void {
    collect();
    const found = open.find(({ request }) => request.kind === "sendPatch");
    if (found?.request.kind !== "sendPatch" || found.handled !== undefined) return;
    const fits = found.request.ifMatch === app.etag;
    if (fits) commit(found.request);
    found.handled = fits ? app : "refused";
  }

  function changes(): readonly Change[] {
    collect();
    return sent;
  }

  function respondToChange(does: Does, said: Said): Told | undefined {
    collect();
    const index = open.findIndex(({ request }) => request.kind === "sendPatch");
    const [found] = index < 0 ? [] : open.splice(index, 1);
    if (found?.request.kind !== "sendPatch") return undefined;
    const { request, handled } = found;
    if (handled !== undefined) {
      // Without a record nothing tells a doubled change that someone else has followed: see `rebaseRefused`.
      const isFollowed = handled !== "refused" && handled.etag !== app.etag;
      if (said === "twice" && isFollowed && !records) return acknowledge(handled);
      if (said === "twice") return arriveAgain(request);
      if (handled === "refused" && !isOpenEnded(said)) return arriveAgain(request);
      if (handled === "refused" || isOpenEnded(said)) return fail(request, said);
      return acknowledge(handled);
    }
    // A refusal is a promise that nothing was applied.
    if (said === 401 || said === 403 || said === 429 || said === "unreachable") return fail(request, said);
    if (said === "twice") {
      if (request.ifMatch === app.etag) commit(request);
      return arriveAgain(request);
    }
    const fits = request.ifMatch === app.etag;
    if (does === "delays") late.push(request);
    if (does === "applies" && fits) commit(request);
    if (said !== 200) return fail(request, said);
    if (does !== "applies") return fail(request, "nothing");
    return fits ? acknowledge(app) : arriveAgain(request);
  }

  /** A change arrives whose version is gone, also because an earlier arrival of it was applied. */
  function arriveAgain(request: Change): Told {
    // An app that has not changed fits, such as after a patch of values that were there.
    if (request.ifMatch === app.etag) return acknowledge(app);
    if (!records) return fail(request, "412");
    const before = log.get(request.ifMatch ?? "");
    const isSame = before !== undefined && JSON.stringify(before) === JSON.stringify(request);
    return isSame ? acknowledge(app) : fail(request, "412, looked up");
  }

  function acknowledge({ id, installSummary: summary, etag }: KnownApp): Told {
    editor.happen({ kind: "patchAcknowledged", appId: id, summary, etag });
    return 200;
  }

  function respondToReading(which: "oldest" | "newest", how: HowRead): void {
    collect();
    const index = which === "oldest" ? open.findIndex(isReading) : open.findLastIndex(isReading);
    const [found] = index < 0 ? [] : open.splice(index, 1);
    if (found === undefined) return;
    const read = how === "asAsked" ? found.asAsked : app;
    const record = how === "withoutLog" ? undefined : recordOf(found.request, read);
    if (record?.says === "notApplied" && how !== "fails") ruledOut.add(record.clientRequestId);
    for (const happening of readings(found.request, read, changeLog, how === "fails"))
      editor.happen(happening.kind === "appRead" ? { ...happening, record: record?.says } : happening);
  }

  /** What the log says of the change that an app is read for, where another version of it is there. */
  function recordOf(
    request: Request,
    read: KnownApp,
  ): { readonly clientRequestId: string; readonly says: ChangeRecord } | undefined {
    const asked = request.kind === "readApp" ? request.sent : undefined;
    if (asked === undefined || !records || asked.ifMatch === read.etag) return undefined;
    const guard = parseETagVersion(asked.ifMatch) ?? 0;
    const next = changeLog.find(({ version: made }) => made === guard + 1);
    if (next === undefined) return undefined;
    const { clientRequestId } = asked;
    return { clientRequestId, says: next.clientRequestId === clientRequestId ? "applied" : "notApplied" };
  }

  function arrive(): void {
    const request = late.shift();
    if (request?.kind === "sendPatch" && request.ifMatch === app.etag) commit(request);
  }

  function tellLive(which: "next" | "all" | "last"): void {
    const end = which === "next" ? Math.min(toldUntil + 1, changeLog.length) : changeLog.length;
    const start = which === "last" ? Math.max(toldUntil, end - 1) : toldUntil;
    const told = changeLog.slice(start, end);
    toldUntil = end;
    if (told.length > 0)
      editor.happen({ kind: "followed", followed: { kind: "changes", changes: told, areNew: true } });
  }

  function add(count: number): void {
    change({ installedDeviceCount: value() + count });
  }

  function commit(request: Change): void {
    const before = Math.floor(value() / million);
    log.set(app.etag ?? "", request);
    change(request.patch, request);
    // An edit that is kept as a value may lower what someone else has added, or raise it by more than a million.
    const after = Math.floor(value() / million);
    // What takes a change back takes its million off, or gives it again.
    if (after > before || (request.origin === "undo" && after < before)) counted += 1;
  }

  function change(patch: InstallSummaryPatch, request?: Change): void {
    const installSummary = applyPatch(app.installSummary, patch);
    if (installSummary === app.installSummary) return;
    version += 1;
    const mine = request && { mine: true as const, clientRequestId: request.clientRequestId };
    const before = diff(installSummary, app.installSummary);
    const after = diff(app.installSummary, installSummary);
    changeLog.push(loggedChange({ version, before, after, origin: request?.origin ?? "api", ...mine }));
    app = { ...app, installSummary, etag: `W/"${version}"` };
  }

  function fail(request: Change, told: Told): Told {
    editor.happen({ kind: "patchFailed", appId: request.appId, failure: failureOfTold(told) });
    return told;
  }

  /** Takes over what the editor has asked for since. */
  function collect(): void {
    for (const request of editor.effects()) {
      if (request.kind === "sendPatch") sent.push(request);
      if (request.kind === "quit") hasEnded = true;
      if (isRequest(request)) open.push({ request, asAsked: app });
    }
  }
}

function failureOfTold(told: Told): Failure {
  if (told === "nothing") return timedOut;
  if (told === "unreachable") return unreachable;
  const notApplied = told === "412, looked up" ? true : undefined;
  return responded(typeof told === "number" ? told : 412, { message: "Said.", notApplied });
}

/** Whether what is said leaves open what became of a change. */
export function isOpenEnded(said: Said | Told): boolean {
  return said === "nothing" || said === 408 || (typeof said === "number" && said >= 500);
}

function isRequest(effect: Effect): effect is Request {
  return ["sendPatch", "readApp", "loadPages", "readHistory"].includes(effect.kind);
}

function isReading({ request }: { readonly request: Request }): boolean {
  return request.kind !== "sendPatch";
}

function readings(
  request: Request,
  app: KnownApp,
  log: readonly ListedChange[],
  fails: boolean,
): readonly Happening[] {
  if (request.kind === "readHistory") {
    const { generation } = request;
    if (fails) return [{ kind: "historyFailed", generation, failure: timedOut }];
    return [{ kind: "historyRead", generation, changes: log.toReversed(), hasMore: false }];
  }
  if (request.kind === "loadPages") {
    const { generation } = request;
    if (fails) return [{ kind: "listFailed", generation, failure: timedOut }];
    return [
      { kind: "pageLoaded", generation, apps: [app], count: 1 },
      { kind: "listLoaded", generation },
    ];
  }
  if (request.kind !== "readApp") return [];
  const { purpose, appId, askedAt } = request;
  if (fails) return [{ kind: "readFailed", purpose, appId, failure: timedOut }];
  return [{ kind: "appRead", purpose, app, askedAt }];
}
