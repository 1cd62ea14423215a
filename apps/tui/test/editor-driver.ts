import type { DraftPlace } from "../src/changes/drafts/draft.ts";
import { formatDraft } from "../src/changes/drafts/draft-text.ts";
import { smallest, type Size } from "../src/editor/model/layout.ts";
import type { CommandPlace } from "../src/words/command-text.ts";
import { initialState, type EditorState } from "../src/editor/model/editor-state.ts";
import type { Effect } from "../src/editor/model/effect.ts";
import type { AppRead, Happening, ReadPurpose } from "../src/editor/model/event.ts";
import { reduce } from "../src/editor/reduce.ts";
import { dueAhead } from "../src/editor/type-ahead.ts";
import { bareSettings } from "./command-place.ts";
import { graphemes } from "../src/text/width.ts";
import type { KnownApp } from "../src/words/known-app.ts";

/** The usual terminal. */
export const usual: Size = { columns: 80, rows: 24 };
/** The smallest one that the editor fits into. */
export const small: Size = smallest;
/** A roomy one. */
export const large: Size = { columns: 120, rows: 40 };

type Place = Partial<
  CommandPlace & Pick<EditorState, "isReadOnly" | "startCall" | "sessionId" | "tokenSource">
>;

const usualPlace = {
  baseUrl: "http://127.0.0.1:8420/beta",
  authorityFile: undefined,
  settings: bareSettings,
  isReadOnly: false,
  program: "install-summary",
  shell: "posix",
  facadeProgram: "install-summary-facade",
  startCall: undefined,
  sessionId: "5e551011-0000-4000-8000-000000000000",
  tokenSource: "INSTALL_SUMMARY_TOKEN",
} as const;

/** What drafts of these editors belong to. */
export const draftPlace: DraftPlace = { url: usualPlace.baseUrl, tenant: "contoso" };

const ofDrafts: ReadonlySet<Effect["kind"]> = new Set([
  "findDrafts",
  "claimDrafts",
  "discardDrafts",
  "saveDraft",
]);

/** An editor without a terminal and without a server: events go in, state and effects are looked at. */
export interface EditorDriver {
  state(): EditorState;
  /** The effects since they were last asked for, but for those on drafts. */
  effects(): readonly Effect[];
  /** The drafts as the effects have left them on disk: the text of each app's file. */
  disk(): ReadonlyMap<string, string>;
  /** The keys of drafts that were wanted, or thrown away, since they were last asked for. */
  draftKeys(kind: "claimDrafts" | "discardDrafts"): readonly string[];
  /** Presses keys, one after the other. */
  press(...keys: readonly string[]): void;
  /** Types a text, key by key. */
  type(text: string): void;
  happen(happening: Happening): void;
  /** Gives an app as it was read, for the person or to find out what became of a change. */
  read(
    purpose: ReadPurpose,
    app: KnownApp,
    more?: Partial<Pick<AppRead, "askedAt" | "edits" | "record" | "unread">>,
  ): void;
  /** Lets time pass. */
  wait(seconds: number): void;
  /** Sets the clock of the computer, by so many seconds: no time passes by that. */
  setClock(seconds: number): void;
}

/** The editor once the list of these apps has been read. */
export function driveEditor(apps: readonly KnownApp[], size: Size = usual, place: Place = {}): EditorDriver {
  const driver = driveEmptyEditor(size, place);
  const { generation } = driver.state().list;
  driver.happen({ kind: "pageLoaded", generation, apps, count: apps.length });
  driver.happen({ kind: "listLoaded", generation });
  return driver;
}

/** The editor before anything came. */
export function driveEmptyEditor(size: Size = usual, place: Place = {}): EditorDriver {
  let now = 1_000_000;
  let uptime = 5000;
  let state = initialState({ ...usualPlace, ...place }, size, { now, uptime });
  let effects: readonly Effect[] = [];
  let draftKeys: readonly Effect[] = [];
  const disk = new Map<string, string>();
  const happen = (happening: Happening): void => {
    const next = reduce(state, { ...happening, now, uptime });
    state = next.state;
    for (const effect of next.effects) {
      if (effect.kind === "claimDrafts" || effect.kind === "discardDrafts")
        draftKeys = [...draftKeys, effect];
      if (effect.kind !== "saveDraft") continue;
      if (effect.draft === undefined) disk.delete(effect.appId);
      else disk.set(effect.appId, formatDraft(effect.draft, draftPlace, now));
    }
    effects = [...effects, ...next.effects.filter(({ kind }) => !ofDrafts.has(kind))];
    for (const effect of next.effects) {
      if (effect.kind !== "discardDrafts") continue;
      happen({ kind: "draftsDiscarded", keys: effect.keys, gone: [], reason: undefined });
    }
    for (const due of dueAhead(state)) happen(due);
  };
  const press = (...keys: readonly string[]): void => {
    for (const key of keys) happen({ kind: "key", key });
  };
  return {
    state: () => state,
    effects() {
      const seen = effects;
      effects = [];
      return seen;
    },
    disk: () => disk,
    draftKeys(kind) {
      const keys = draftKeys.flatMap((effect) =>
        effect.kind === kind && "keys" in effect ? effect.keys : [],
      );
      draftKeys = [];
      return keys;
    },
    press,
    type: (text) => press(...graphemes(text)),
    happen,
    read: (purpose, app, more) =>
      happen({ kind: "appRead", purpose, app, askedAt: state.eventCount, ...more }),
    wait(seconds) {
      now += seconds * 1000;
      uptime += seconds * 1000;
      happen({ kind: "ticked" });
    },
    setClock(seconds) {
      now += seconds * 1000;
      happen({ kind: "ticked" });
    },
  };
}
