import { applyPatch, type InstallSummaryPatch } from "@install-summary/core";
import type { ListedChange } from "@install-summary/core/client";
import * as fc from "fast-check";
import { initialState, type EditorState } from "../src/editor/model/editor-state.ts";
import type { Effect } from "../src/editor/model/effect.ts";
import type { EditorEvent, Happening } from "../src/editor/model/event.ts";
import { reduce } from "../src/editor/reduce.ts";
import { dueAhead } from "../src/editor/type-ahead.ts";
import { graphemes } from "../src/text/width.ts";
import { bareSettings } from "./command-place.ts";
import { responded, timedOut } from "./failures.ts";
import { loggedChange } from "./logged-change.ts";
import { awkwardNames, listedApp, sampleId } from "./sample-apps.ts";
import type { KnownApp } from "../src/words/known-app.ts";

/**
 * A step of a run: a key, a paste, a resize, time, or what a server answers to whatever is asked of it, sooner, later
 * or never.
 */
export type Step =
  | { readonly kind: "do"; readonly happening: Happening }
  | { readonly kind: "wait"; readonly seconds: number }
  | { readonly kind: "answer"; readonly which: number; readonly how: Answer };

type Answer = "good" | "changed" | "lost" | "busy" | "refused" | "forbidden" | "unreachable";

const apps = awkwardNames.slice(0, 6).map((name, index) => listedApp(index, name));

const keys = [
  ...graphemes("0123456789+-.jkgGnNufoDxscyedR? /qrmtphHU:👩‍💻"),
  ..."up down left right pageDown home end enter tab shift-tab escape backspace delete".split(" "),
  ..."ctrl-r ctrl-u ctrl-w ctrl-c ctrl-l".split(" "),
];
// What leads to a send has to be hit in a row, so it comes as one more often than by chance.
const phrases = [
  ["right", "8", "enter"],
  ["right", "+", "5", "tab", "escape", "down"],
  ["escape", "s", "y"],
  ["escape", "escape", "right", "7", "enter", "escape", "s", "y"],
];
const key = (name: string): Step => ({ kind: "do", happening: { kind: "key", key: name } });
const failure = timedOut;
/** The next version of an app, or one after a gap. */
function strayChange(index: number): ListedChange {
  return loggedChange({
    appId: sampleId(index),
    version: 8 + (index % 2),
    cursor: `stray ${index}`,
    before: { installedDeviceCount: 2080 },
    after: { installedDeviceCount: 2081 },
  });
}
const stray: readonly Happening[] = [
  {
    kind: "appRead",
    purpose: "look",
    app: listedApp(0, "Late", { failedDeviceCount: 3 }, 'W/"9"'),
    askedAt: 0,
  },
  {
    kind: "appRead",
    purpose: "refresh",
    app: listedApp(1, "Late", { failedDeviceCount: 8 }, 'W/"9"'),
    askedAt: 0,
  },
  { kind: "readFailed", purpose: "look", appId: sampleId(2), failure },
  { kind: "readFailed", purpose: "refresh", appId: sampleId(99), failure },
  { kind: "patchFailed", appId: sampleId(1), failure },
  { kind: "patchAcknowledged", appId: sampleId(99), summary: listedApp(99).installSummary, etag: undefined },
  { kind: "listFailed", generation: 0, failure },
  { kind: "pageLoaded", generation: 0, apps, count: 3 },
  { kind: "listLoaded", generation: 77 },
  { kind: "historyRead", generation: 0, changes: [loggedChange()], hasMore: true },
  { kind: "historyFailed", generation: 1, failure },
  { kind: "trendRead", appId: sampleId(1), trend: { changes: [loggedChange()], knownSince: 0 } },
  { kind: "trendFailed", appId: sampleId(99), failure },
  { kind: "readFailed", purpose: "newer", appId: sampleId(2), failure },
  { kind: "followed", followed: { kind: "link", link: "lost" } },
  { kind: "followed", followed: { kind: "link", link: "live" } },
  { kind: "followed", followed: { kind: "gap" } },
  ...[0, 1, 2, 3].map((index): Happening => ({
    kind: "followed",
    followed: { kind: "changes", changes: [strayChange(index)], areNew: true },
  })),
];

const step: fc.Arbitrary<readonly Step[]> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...keys).map((name) => [key(name)]) },
  { weight: 5, arbitrary: fc.constantFrom(...phrases).map((names) => names.map(key)) },
  {
    weight: 8,
    arbitrary: fc
      .record({
        which: fc.nat(5),
        how: fc.constantFrom<Answer>(
          "good",
          "good",
          "changed",
          "lost",
          "busy",
          "refused",
          "forbidden",
          "unreachable",
        ),
      })
      .map((answer): readonly Step[] => [{ kind: "answer", ...answer }]),
  },
  { weight: 2, arbitrary: fc.nat(9).map((seconds): readonly Step[] => [{ kind: "wait", seconds }]) },
  {
    weight: 1,
    arbitrary: fc
      .record({ columns: fc.integer({ min: 20, max: 240 }), rows: fc.integer({ min: 6, max: 80 }) })
      .map((size): readonly Step[] => [{ kind: "do", happening: { kind: "resized", size } }]),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("7", "1 2 3 4 5 6 7 8 9 10", '{"failedUserCount":1,"failedDeviceCount":2}', "junk, junk")
      .map((text): readonly Step[] => [{ kind: "do", happening: { kind: "paste", text } }]),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...stray).map((happening): readonly Step[] => [{ kind: "do", happening }]),
  },
);
const listRead: Step = { kind: "answer", which: 0, how: "good" };
// Long ones: most of what matters takes a dozen steps to come about.
/** Runs of the editor. */
export const runs: fc.Arbitrary<readonly Step[]> = fc
  .tuple(fc.boolean(), fc.array(step, { minLength: 40, maxLength: 150, size: "max" }))
  .map(([atOnce, steps]) => [...(atOnce ? [listRead] : []), ...steps.flat()]);

/** One event with what was before and after it. */
export interface Moment {
  readonly before: EditorState;
  readonly event: EditorEvent;
  readonly after: EditorState;
  readonly effects: readonly Effect[];
}

/** Plays a run against a server that keeps what it acknowledged, and looks at every moment of it. */
export function play(steps: readonly Step[], look: (moment: Moment) => void): EditorState {
  const server = new Map<string, KnownApp>(apps.map((app) => [app.id, app]));
  let now = 1_000_000;
  let version = 7;
  let state = initialState(
    {
      baseUrl: "http://127.0.0.1:8420/beta",
      authorityFile: undefined,
      settings: bareSettings,
      isReadOnly: false,
      program: "install-summary",
      shell: "posix",
      facadeProgram: "install-summary-facade",
      startCall: undefined,
      sessionId: sampleId(0),
      tokenSource: "INSTALL_SUMMARY_TOKEN",
    },
    { columns: 80, rows: 24 },
    { now, uptime: now },
  );
  let asked: readonly Effect[] = [{ kind: "loadPages", generation: 1 }];

  const happen = (happening: Happening): void => {
    const event = { ...happening, now, uptime: now };
    const { state: after, effects } = reduce(state, event);
    look({ before: state, event, after, effects });
    state = after;
    asked = [...asked, ...effects];
    for (const due of dueAhead(state)) happen(due);
  };
  const answer = (effect: Effect, how: Answer): void => {
    if (effect.kind === "loadPages") {
      const { generation } = effect;
      if (how === "unreachable" || how === "lost") return happen({ kind: "listFailed", generation, failure });
      happen({ kind: "pageLoaded", generation, apps: [...server.values()], count: server.size });
      return happen({ kind: "listLoaded", generation });
    }
    if (effect.kind === "readApp") {
      const { purpose, appId, askedAt } = effect;
      const app = server.get(appId);
      if (how === "unreachable" || app === undefined)
        return happen({ kind: "readFailed", purpose, appId, failure });
      return happen({ kind: "appRead", purpose, app, askedAt });
    }
    if (effect.kind === "readHistory") {
      const { generation } = effect;
      if (how === "unreachable") return happen({ kind: "historyFailed", generation, failure });
      const changes = [9, 8].map((number) =>
        loggedChange({ version: number, appId: effect.appId ?? sampleId(0) }),
      );
      return happen({ kind: "historyRead", generation, changes, hasMore: how === "good" });
    }
    if (effect.kind !== "sendPatch") return undefined;
    const { appId, patch, ifMatch } = effect;
    const app = server.get(appId) ?? listedApp(99);
    if (how === "changed") server.set(appId, { ...app, etag: `W/"${(version += 1)}"` });
    const current = server.get(appId) ?? app;
    if (how === "unreachable") return happen({ kind: "patchFailed", appId, failure });
    if (how === "busy") return happen({ kind: "patchFailed", appId, failure: responded(429) });
    if (how === "refused") return happen({ kind: "patchFailed", appId, failure: responded(400) });
    if (how === "forbidden") return happen({ kind: "patchFailed", appId, failure: responded(403) });
    if (ifMatch !== current.etag) return happen({ kind: "patchFailed", appId, failure: responded(412) });
    const applied = patched(current, patch, `W/"${(version += 1)}"`);
    server.set(appId, applied);
    if (how === "lost") return happen({ kind: "patchFailed", appId, failure });
    return happen({ kind: "patchAcknowledged", appId, summary: applied.installSummary, etag: applied.etag });
  };

  for (const next of steps) {
    if (next.kind === "do") happen(next.happening);
    if (next.kind === "wait") {
      now += next.seconds * 1000;
      happen({ kind: "ticked" });
    }
    if (next.kind === "answer") {
      const answered = ["loadPages", "readApp", "sendPatch", "readHistory"];
      const open = asked.filter((effect) => answered.includes(effect.kind));
      const effect = open[next.which % Math.max(1, open.length)];
      if (effect === undefined) continue;
      asked = asked.filter((other) => other !== effect);
      answer(effect, next.how);
    }
  }
  return state;
}

function patched(app: KnownApp, patch: InstallSummaryPatch, etag: string): KnownApp {
  return { ...app, etag, installSummary: applyPatch(app.installSummary, patch) };
}
