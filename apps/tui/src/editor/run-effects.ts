import type { InstallSummaryClient, SentChange } from "@install-summary/core/client";
import type { DraftKeeper } from "../changes/drafts/draft-keeper.ts";
import { createAppCompactor } from "./compact-app.ts";
import { listPages } from "./list-pages.ts";
import { createLogFollower } from "./log-follower.ts";
import { releaseGarbage } from "./release-garbage.ts";
import { failureOf } from "../server/failure.ts";
import type { SignIn } from "../server/sign-in.ts";
import { readChangesPage } from "../changes/change-log.ts";
import { readRecent } from "../changes/recent.ts";
import { createTrendReader } from "../changes/read-trend.ts";
import type {
  Effect,
  ReadAppEffect,
  ReadHistoryEffect,
  SendPatchEffect,
  UseTokenEffect,
} from "./model/effect.ts";
import type { Happening, RecentReading } from "./model/event.ts";
import type { LogAnswer } from "./model/log-answer.ts";

/** What the editor asks of a server. */
export type EditorClient = Pick<
  InstallSummaryClient,
  "pages" | "getApp" | "sendOnce" | "changes" | "findChange"
>;

/** What effects work on. */
export interface World {
  readonly client: EditorClient;
  readonly signIn: Pick<SignIn, "replace">;
  /** Ends what is on its way when the editor ends. */
  readonly signal: AbortSignal;
  readonly report: (happening: Happening) => void;
  readonly terminal: TerminalActions;
  readonly drafts: DraftKeeper;
}

/** What the editor does to the terminal beside drawing on it. */
export interface TerminalActions {
  copy(text: string): void;
  /** Gives the terminal back to the shell until the person returns. */
  suspend(): void;
  redraw(): void;
  quit(exitCode: number): void;
}

/** How many changes are looked at to say who made them. */
const maxChangers = 100;
/** From so many apps on, reading them leaves much behind. */
const longList = 20_000;

/** Creates the function that runs effects. What comes of one is reported as an event, never thrown. */
export function createEffectRunner({
  client,
  signIn,
  signal,
  report,
  terminal,
  drafts,
}: World): (effect: Effect) => void {
  let loading = new AbortController();
  const follower = createLogFollower(client, signal, (told) => report({ kind: "followed", followed: told }));
  const readTrend = createTrendReader(client, signal);

  return (effect) => {
    switch (effect.kind) {
      case "loadPages":
        loading.abort();
        loading = new AbortController();
        void loadPages(effect.generation, AbortSignal.any([signal, loading.signal]));
        return;
      case "readApp":
        void readApp(effect);
        return;
      case "sendPatch":
        void sendPatch(effect);
        return;
      case "readHistory":
        void readHistory(effect);
        return;
      case "readChangers":
        void readChangers(effect.key, effect.appId);
        return;
      case "follow":
        follower.begin();
        return;
      case "readRecent":
        void readLatest(effect);
        return;
      case "readTrend":
        void showTrend(effect.appId, effect.now);
        return;
      case "findDrafts":
        drafts.find();
        return;
      case "claimDrafts":
        drafts.claim(effect.keys);
        return;
      case "discardDrafts":
        drafts.discard(effect.keys);
        return;
      case "saveDraft":
        drafts.save(effect.appId, effect.draft);
        return;
      case "useToken":
        useToken(effect);
        return;
      case "copy":
        terminal.copy(effect.text);
        return;
      case "suspend":
        terminal.suspend();
        return;
      case "redraw":
        terminal.redraw();
        return;
      case "quit":
        terminal.quit(effect.exitCode);
    }
  };

  function useToken({ token, replaced }: UseTokenEffect): void {
    try {
      signIn.replace(token);
      follower.begin();
    } catch (error) {
      report({ kind: "tokenRefused", source: replaced, failure: failureOf(error) });
    }
  }

  async function loadPages(generation: number, stop: AbortSignal): Promise<void> {
    // The apps of the first page come twice in a long list, and so can one whose name changes while pages are read.
    const seen = new Set<string>();
    const compact = createAppCompactor();
    try {
      for await (const { apps, count } of listPages(client, stop)) {
        const fresh = apps.filter(({ id }) => !seen.has(id));
        for (const { id } of fresh) seen.add(id);
        report({ kind: "pageLoaded", generation, apps: fresh.map(compact), count });
      }
      report({ kind: "listLoaded", generation });
      follower.serverResponded();
      if (seen.size >= longList) releaseGarbage();
    } catch (error) {
      if (!stop.aborted) report({ kind: "listFailed", generation, failure: failureOf(error) });
    }
  }

  async function readApp(effect: ReadAppEffect): Promise<void> {
    const { appId, purpose, askedAt, edits, sent } = effect;
    try {
      const app = await client.getApp(appId, { signal });
      follower.serverResponded();
      const isMoved = sent !== undefined && sent.ifMatch !== app.etag;
      const answer = isMoved ? await askLog(appId, sent) : {};
      report({ kind: "appRead", purpose, askedAt, edits, app, ...answer });
    } catch (error) {
      report({ kind: "readFailed", purpose, appId, failure: failureOf(error) });
    }
  }

  async function askLog(appId: string, sent: SentChange): Promise<LogAnswer> {
    try {
      return { record: await client.findChange(appId, sent, { signal }) };
    } catch (error) {
      return { unread: failureOf(error) };
    }
  }

  async function readHistory({ generation, appId, after, top }: ReadHistoryEffect): Promise<void> {
    try {
      const page = await readChangesPage(client, { appId, after, top, signal });
      report({ kind: "historyRead", generation, ...page });
      follower.serverResponded();
    } catch (error) {
      report({ kind: "historyFailed", generation, failure: failureOf(error) });
    }
  }

  async function readChangers(key: string, appId: string): Promise<void> {
    try {
      const { changes } = await readChangesPage(client, { appId, top: maxChangers, signal });
      report({ kind: "changersRead", key, changes });
    } catch {
      report({ kind: "changersFailed", key });
    }
  }

  async function readLatest({ purpose, sort }: RecentReading): Promise<void> {
    try {
      report({ kind: "recentRead", recent: await readRecent(client, signal), purpose, sort });
    } catch (error) {
      report({ kind: "recentFailed", failure: failureOf(error) });
    }
  }

  async function showTrend(appId: string, now: number): Promise<void> {
    try {
      report({ kind: "trendRead", appId, trend: await readTrend(appId, now) });
    } catch (error) {
      report({ kind: "trendFailed", appId, failure: failureOf(error) });
    }
  }

  async function sendPatch(effect: SendPatchEffect): Promise<void> {
    const { appId, patch, ifMatch, clientRequestId, origin, isUnmarkedKnown } = effect;
    const guard = ifMatch === undefined ? {} : { ifMatch };
    // If this program ends before a response comes, the next start knows that it was sent.
    const unmarked = await drafts.marked(appId);
    if (signal.aborted) return;
    if (unmarked !== undefined && isUnmarkedKnown !== true) {
      report({ kind: "patchHeld", appId, reason: unmarked });
      return;
    }
    try {
      // What a failure means is decided where the person sees it, so the client sends once and no more.
      const options = { ...guard, signal, clientRequestId, origin };
      const { summary, etag } = await client.sendOnce(appId, patch, options);
      report({ kind: "patchAcknowledged", appId, summary, etag });
      follower.serverResponded();
    } catch (error) {
      report({ kind: "patchFailed", appId, failure: failureOf(error) });
    }
  }
}
