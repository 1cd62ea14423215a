import { applyPatch } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import type { Effect } from "../src/editor/model/effect.ts";
import type { Happening } from "../src/editor/model/event.ts";
import type { EditorDriver } from "./editor-driver.ts";
import { responded, timedOut, unreachable } from "./failures.ts";
import { listedApp } from "./sample-apps.ts";

/** What the server says to a change: a status, or nothing. */
export type Said = 200 | 401 | 403 | 408 | 429 | 500 | 503 | "nothing" | "unreachable";

/** What the server does with a change: it applies it at once, never, or when it arrives late. */
export type Does = "applies" | "ignores" | "delays";

type Change = Extract<Effect, { readonly kind: "sendPatch" }>;
type Request = Extract<Effect, { readonly kind: "sendPatch" | "readApp" | "loadPages" }>;

/** A server with one app, which responds to an editor's requests as a story says. Installed devices count from 0. */
export interface StoryServer {
  /** The installed devices. */
  readonly value: () => number;
  /** Whether a change is on its way, so that nothing tells yet what becomes of it. */
  readonly isSending: () => boolean;
  /** All changes that it was sent, repeated ones too. */
  readonly changes: () => readonly Change[];
  /** Responds to the oldest open change. What it says about a change that does not fit the version is 412. */
  readonly respondToChange: (does: Does, said: Said) => Said | 412 | undefined;
  /** Responds to an open reading, the oldest or the newest, as it is now or as it was when it was asked for. */
  readonly respondToReading: (which: "oldest" | "newest", how: "now" | "asAsked" | "fails") => void;
  /** A change that was delayed arrives now. */
  readonly arrive: () => void;
  /** Someone else adds one. */
  readonly addOne: () => void;
}

/** The app that the story is about, before anything happened. */
export const storyApp: ListedApp = listedApp(0, "Story", { installedDeviceCount: 0 }, 'W/"1"');

/** Starts the server for an editor. */
export function createStoryServer(editor: EditorDriver): StoryServer {
  let app = storyApp;
  let version = 1;
  const open: { readonly request: Request; readonly asAsked: ListedApp }[] = [];
  const late: Request[] = [];
  const sent: Change[] = [];

  return { value, isSending, changes, respondToChange, respondToReading, arrive, addOne };

  function value(): number {
    return app.installSummary.installedDeviceCount;
  }

  function isSending(): boolean {
    collect();
    return open.some(({ request }) => request.kind === "sendPatch");
  }

  function changes(): readonly Change[] {
    collect();
    return sent;
  }

  function respondToChange(does: Does, said: Said): Said | 412 | undefined {
    collect();
    const index = open.findIndex(({ request }) => request.kind === "sendPatch");
    const [found] = index < 0 ? [] : open.splice(index, 1);
    if (found?.request.kind !== "sendPatch") return undefined;
    const { request } = found;
    const isRefused = said === 401 || said === 403 || said === 429 || said === "unreachable";
    // A refusal is a promise that nothing was applied.
    if (isRefused) return fail(request, said);
    const fits = request.ifMatch === app.etag;
    if (does === "delays") late.push(request);
    if (does === "applies" && fits) commit(request);
    if (said !== 200) return fail(request, said);
    if (does !== "applies") return fail(request, "nothing");
    if (!fits) return fail(request, 412);
    const { installSummary: summary, etag } = app;
    editor.happen({ kind: "patchAcknowledged", appId: app.id, summary, etag });
    return 200;
  }

  function respondToReading(which: "oldest" | "newest", how: "now" | "asAsked" | "fails"): void {
    collect();
    const index = which === "oldest" ? open.findIndex(isReading) : open.findLastIndex(isReading);
    const [found] = index < 0 ? [] : open.splice(index, 1);
    if (found === undefined) return;
    const read = how === "asAsked" ? found.asAsked : app;
    for (const happening of readings(found.request, read, how === "fails")) editor.happen(happening);
  }

  function arrive(): void {
    const request = late.shift();
    if (request?.kind === "sendPatch" && request.ifMatch === app.etag) commit(request);
  }

  function addOne(): void {
    change({ installedDeviceCount: value() + 1 });
  }

  function commit({ patch }: Change): void {
    change(patch);
  }

  function change(patch: Parameters<typeof applyPatch>[1]): void {
    const installSummary = applyPatch(app.installSummary, patch);
    if (installSummary === app.installSummary) return;
    version += 1;
    app = { ...app, installSummary, etag: `W/"${version}"` };
  }

  function fail(request: Change, said: Said | 412): Said | 412 {
    const failure =
      said === "nothing"
        ? timedOut
        : said === "unreachable"
          ? unreachable
          : responded(said, { message: "Said." });
    editor.happen({ kind: "patchFailed", appId: request.appId, failure });
    return said;
  }

  /** Takes over what the editor has asked for since. */
  function collect(): void {
    for (const request of editor.effects()) {
      if (request.kind === "sendPatch") sent.push(request);
      if (request.kind === "sendPatch" || request.kind === "readApp" || request.kind === "loadPages") {
        open.push({ request, asAsked: app });
      }
    }
  }
}

function isReading({ request }: { readonly request: Request }): boolean {
  return request.kind !== "sendPatch";
}

function readings(request: Request, app: ListedApp, fails: boolean): readonly Happening[] {
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
