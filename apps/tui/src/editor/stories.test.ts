import { parseETagVersion } from "@install-summary/core/text";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { draftPlace, driveEditor, usual, type EditorDriver } from "../../test/editor-driver.ts";
import {
  createStoryServer,
  isOpenEnded,
  million,
  storyApp,
  type Does,
  type HowRead,
  type Said,
  type StoryServer,
  type Told,
} from "../../test/story-server.ts";
import type { Draft } from "../changes/drafts/draft.ts";
import { parseDraft } from "../changes/drafts/draft-text.ts";
import { findApp, type AppList } from "./model/app-list.ts";
import type { EditorState } from "./model/editor-state.ts";
import { moveBase } from "./model/settle-staged.ts";
import type { Staging } from "./model/staging.ts";
import type { SendItem } from "./model/sending.ts";

// Whole stories of gateways, keys and lost responses, in any order. Own edits add a million, those of someone else add
// one or a million, so the millions that are not theirs say how often the own edits count. They count exactly once where
// the editor says sent, not at all where it says not sent, and at most once where it says that it may have been applied. A
// change is repeated exactly as it was sent, and what the editor knows of the app never becomes older.
//
// An editor that quits, or is killed at any moment of a send, leaves on disk what was staged and what it had sent. The next
// one brings that back, or throws it away: what was on its way may still arrive, and is not counted twice either.
//
// A gateway may send a change twice, so that the editor sees the 412 of the second one although the first was applied. A
// server that records whose requests it applies recognises that, at any moment, and its log tells what became of a change
// of which no response came, also where someone else has made the same values. Before one that does not, the change
// counts once all the same, where the app is read before someone else changes the same counter: see `rebaseRefused`.

type Step =
  | { readonly kind: "keys"; readonly keys: readonly string[] }
  | { readonly kind: "edit"; readonly how: "add" | "set" }
  | { readonly kind: "wait"; readonly seconds: number }
  | { readonly kind: "handle" }
  | { readonly kind: "respond"; readonly does: Does; readonly said: Said }
  | { readonly kind: "read"; readonly which: "oldest" | "newest"; readonly how: HowRead }
  | { readonly kind: "arrive" }
  /** The editor is killed; with `sending` right after it wrote down that it sends, and before anything has left. */
  | { readonly kind: "kill"; readonly sending: boolean }
  | { readonly kind: "live"; readonly which: "next" | "all" | "last" }
  | { readonly kind: "others"; readonly add: number };

const phrases: readonly (readonly string[])[] = [
  ["escape"],
  ["R"],
  ["s", "y"],
  ["escape", "escape", "s", "y"],
  ["escape", "escape", "R"],
  ["s", "R"],
  ["m", "enter"],
  ["t", "enter"],
  ["M", "enter", "y"],
  ["u"],
  ["ctrl-r"],
  ["escape", "escape", "D", "y"],
  ["escape", "right", "x"],
  ["q", "escape"],
  ["q", "y"],
  ["ctrl-c", "ctrl-c"],
  ["ctrl-c", "y"],
  ["s", " "],
  ["c", "escape"],
  ["?", "escape"],
  ["escape", "escape", "h"],
  ["u", "y"],
  ["h", "down", "u"],
  ["right", "+"],
];

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...phrases).map((keys) => ({ kind: "keys" as const, keys })) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("edit" as const),
      how: fc.constantFrom<("add" | "set")[]>("add", "set"),
    }),
  },
  { weight: 4, arbitrary: fc.nat(20).map((seconds) => ({ kind: "wait" as const, seconds })) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("respond" as const),
      does: fc.constantFrom<Does[]>("applies", "applies", "ignores", "delays"),
      said: fc.constantFrom<Said[]>(
        200,
        401,
        403,
        408,
        429,
        500,
        502,
        503,
        503,
        504,
        "twice",
        "twice",
        "nothing",
        "nothing",
        "unreachable",
      ),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("read" as const),
      which: fc.constantFrom<("oldest" | "newest")[]>("oldest", "newest"),
      how: fc.constantFrom<HowRead[]>("now", "now", "withoutLog", "asAsked", "fails"),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "handle" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "arrive" as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("live" as const),
      which: fc.constantFrom<("next" | "all" | "last")[]>("next", "all", "last"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.boolean().map((sending) => ({ kind: "kill" as const, sending })),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("others" as const), add: fc.constantFrom(1, 1, million) }),
  },
);

const press = (...keys: readonly string[]): Step => ({ kind: "keys", keys });
const edit: Step = { kind: "edit", how: "add" };
const send = press("s", "y");
const respond = (does: Does, said: Said): Step => ({ kind: "respond", does, said });
const read = (which: "oldest" | "newest", how: "now" | "asAsked" | "fails"): Step => ({
  kind: "read",
  which,
  how,
});
const addOne: Step = { kind: "others", add: 1 };
const addSame: Step = { kind: "others", add: million };
const kill: Step = { kind: "kill", sending: false };
const home = press("escape", "escape", "escape");
const fails: readonly Step[] = [1, 2, 4, 8].flatMap((seconds) => [
  { kind: "wait", seconds },
  read("oldest", "fails"),
]);

const live: Step = { kind: "live", which: "all" };
const history = press("escape", "escape", "h");

// What has to come in a row comes as one more often than by chance.
const chains: readonly (readonly Step[])[] = [
  // A change is taken back from the history, and from the results, while others change the app and are seen.
  [
    home,
    edit,
    send,
    respond("applies", 200),
    history,
    read("newest", "now"),
    press("u", "y"),
    respond("applies", 200),
  ],
  [home, edit, send, respond("applies", 200), press("u"), addOne, live, press("y"), respond("applies", 200)],
  [
    home,
    edit,
    send,
    respond("applies", "nothing"),
    live,
    press("u", "y"),
    respond("applies", "nothing"),
    live,
  ],
  // Its response is lost, and the change is seen as it was made, alone or after that of someone else.
  [home, edit, send, respond("applies", "nothing"), ...fails, live],
  [home, edit, addOne, live, send, respond("applies", 503), ...fails, addOne, live],
  // Its response is lost, nothing can be read, and then the person reads it again.
  [respond("applies", "nothing"), ...fails, press("R"), read("newest", "now")],
  [respond("applies", 500), ...fails, home, press("R"), read("oldest", "now"), read("oldest", "now")],
  [respond("ignores", 503), press("escape"), press("R"), read("newest", "now")],
  // A gateway says 412 to what it has applied, and the app can be read at once, or only when the person asks.
  [home, edit, send, respond("applies", "twice"), read("newest", "now")],
  [home, edit, send, respond("applies", "twice"), read("newest", "fails"), press("R")],
  [home, edit, send, respond("applies", "twice"), addOne, read("newest", "now")],
  // Someone else adds the same, before it arrives, between both arrivals, and after that.
  [home, edit, addSame, send, respond("applies", 200), read("newest", "now"), press("R")],
  [home, edit, send, { kind: "handle" }, addSame, respond("applies", "twice"), read("newest", "now")],
  [home, edit, send, respond("ignores", 503), addSame, { kind: "wait", seconds: 9 }, respond("applies", 200)],
  // It is handled, and its response comes much later.
  [home, edit, send, { kind: "handle" }, addOne, { kind: "wait", seconds: 9 }, respond("applies", 200)],
  [home, edit, send, { kind: "handle" }, press("escape"), respond("applies", 504), addOne],
  // The person quits while nothing is certain, and types the same again.
  [home, edit, send, respond("delays", "nothing"), press("q", "y"), edit, send, { kind: "arrive" }],
  [home, edit, send, { kind: "handle" }, press("ctrl-c", "ctrl-c", "y"), edit, send],
  // It is killed while it sends: before the request has left, on its way, and after it was applied.
  [home, edit, { kind: "kill", sending: true }, read("newest", "now"), send, respond("applies", 200)],
  [home, edit, send, kill, { kind: "arrive" }, read("newest", "now"), send],
  [home, edit, send, kill, read("newest", "now"), send, respond("applies", 200), { kind: "arrive" }],
  [
    home,
    edit,
    send,
    respond("applies", "nothing"),
    kill,
    addOne,
    read("newest", "now"),
    press("R", "s", "y"),
  ],
  [
    home,
    edit,
    send,
    { kind: "handle" },
    kill,
    read("newest", "fails"),
    send,
    press("R"),
    read("newest", "now"),
  ],
  [home, edit, send, { kind: "handle" }, kill, kill, addSame, read("newest", "now"), send],
  // What was asked for before a change arrives after it was acknowledged.
  [
    home,
    press("R"),
    edit,
    send,
    respond("applies", 200),
    read("oldest", "asAsked"),
    read("oldest", "asAsked"),
  ],
  [home, press("R"), press("right", "R", "escape"), read("newest", "now"), read("oldest", "asAsked")],
  // An edit is made on what the editor shows, and its response is lost.
  [home, edit, send, respond("applies", 408), { kind: "wait", seconds: 1 }, read("newest", "now")],
  [home, edit, send, respond("applies", "nothing"), { kind: "wait", seconds: 1 }, read("newest", "now")],
];

const someSteps: fc.Arbitrary<readonly Step[]> = fc.oneof(
  { weight: 5, arbitrary: step.map((one) => [one]) },
  { weight: 2, arbitrary: fc.constantFrom(...chains) },
);

// Most of what matters begins with an edit that is sent.
const stories = fc
  .array(someSteps, { minLength: 3, maxLength: 30, size: "max" })
  .map((steps): readonly Step[] => [edit, send, ...steps.flat()]);

test("a reading that was asked for before a change was acknowledged is not believed when it arrives after it", () => {
  const story = [
    press("R"),
    edit,
    send,
    respond("applies", 200),
    read("oldest", "asAsked"),
    read("oldest", "asAsked"),
    home,
    edit,
    send,
    respond("applies", 408),
    { kind: "wait", seconds: 1 },
    read("newest", "now"),
  ] as const;
  for (const records of [true, false]) expect(problemsIn(story, records)).toEqual([]);
});

test("a change that a gateway applied and refused with 412 is not counted again, also where reading fails first", () => {
  const lie = respond("applies", "twice");
  const beginnings: readonly (readonly Step[])[] = [
    [edit, send, lie, read("newest", "now"), home, press("s", "y"), respond("applies", 200)],
    [edit, send, lie, read("newest", "fails"), press("R"), read("newest", "now"), press("s", "y")],
    [edit, send, lie, read("newest", "fails"), home, press("R"), read("newest", "now"), press("s", "y")],
    [
      edit,
      send,
      lie,
      read("newest", "fails"),
      press("s", "y"),
      respond("applies", 200),
      read("newest", "now"),
    ],
    [
      edit,
      send,
      lie,
      read("newest", "fails"),
      press("s", "y"),
      respond("ignores", 401),
      press("R"),
      read("newest", "now"),
    ],
  ];
  const after = [respond("applies", 200), read("newest", "now"), press("s", "y"), respond("applies", 200)];
  for (const records of [true, false]) {
    for (const story of beginnings) expect(problemsIn([...story, ...after], records)).toEqual([]);
  }
});

test("what takes a change back and was applied before someone else's change is told before it is sent again", () => {
  const lost = [respond("applies", "nothing"), ...fails, press("R"), read("newest", "now")];
  const doubled = [respond("applies", "twice")];
  for (const first of [lost, doubled]) {
    const until = [edit, send, ...first, press("u"), send, { kind: "handle" } as const, kill, addSame];
    for (const end of [200, "nothing"] as const) {
      const story = [...until, read("newest", "now"), send, respond("applies", end)];
      for (const records of [true, false]) expect(problemsIn(story, records)).toEqual([]);
    }
  }
});

test("what takes a change back, told before someone else's million and sent after it, takes that off knowingly", () => {
  const lost = respond("applies", "nothing");
  const first = [edit, send, press("escape"), lost, live, press("u", "y"), lost, kill];
  const others = [addOne, { kind: "live", which: "next" } as const, addSame];
  const readings = [1, 2, 3].map(() => read("oldest", "now"));
  const story = [...first, ...others, ...readings, press("m"), send, respond("applies", 200)];
  for (const records of [true, false]) expect(problemsIn(story, records)).toEqual([]);
});

/** By hand, `STORIES=20000` tells more. */
const runs = Number(process.env["STORIES"] ?? 500);

test.each([
  ["records whose requests it applies", true],
  ["does not record that", false],
])(
  "an edit counts once where it is sent, never where it is not sent, at most once where it is not certain: the server %s",
  (_which, records) => {
    fc.assert(
      fc.property(stories, (steps) => {
        expect(problemsIn(steps, records)).toEqual([]);
      }),
      { numRuns: runs },
    );
  },
  3_600_000,
);

/** What the editor claims that does not hold, in a story. */
function problemsIn(steps: readonly Step[], records: boolean): readonly string[] {
  let editor = driveEditor([storyApp]);
  const server = createStoryServer(editor, { records });
  const problems: string[] = [];
  let sessions = 1;
  let confirmed = 0;
  let givenUp = 0;
  /** The changes as which the staged edits were sent, of which no response says what became of them. */
  const open = new Set<string>();
  /** Those of which the server has looked up that they were not applied, and cannot be any more. */
  const refused = new Set<string>();
  /** Whether a 412 came for them that may not be true. */
  let isMisled = false;
  /** Whether someone else has added the same, so that equal values say nothing. */
  let hasRival = false;
  /** Whether the log told nothing of a reading, so that values had to do. */
  let hasNoRecord = !records;
  /** Whether the editor has told that what takes a change back may have been applied before others changed the app. */
  let isTold = false;

  for (const [index, one] of steps.flatMap(keyByKey).entries()) {
    const before = editor.state();
    // The limit of what can be told, as said above.
    if (isMisled && one.kind === "others") continue;
    if (one.kind === "others" && one.add === million) hasRival = true;
    if (one.kind === "read" && one.how === "withoutLog") hasNoRecord = true;
    const told = take(editor, server, one);
    const after = editor.state();
    const how = howSent(before, after);
    const sent = JSON.stringify(server.changes().at(-1)) ?? "";
    if (told !== undefined && isOpenEnded(told) && !refused.has(sent)) open.add(sent);
    if (told === "412") isMisled = true;
    if (told === "412, looked up") {
      open.delete(sent);
      refused.add(sent);
    }
    for (const change of server.changes().filter(server.wasRuledOut)) {
      open.delete(JSON.stringify(change));
      refused.add(JSON.stringify(change));
    }
    const isOpen = open.size > 0;
    const hasQuit = server.hasQuit() || one.kind === "kill";
    // Some who start it again do not want what was left.
    const isThrown = hasQuit && index % 4 === 0;
    const isGone = isStaged(before) && (isThrown || (!hasQuit && !isStaged(after)));
    if (how === "acknowledged" || (how === "found" && !(hasNoRecord && hasRival))) confirmed += 1;
    else if (how === "values" || how === "found") givenUp += 1;
    else if (isGone && (isOpen || isMisled || (hasQuit && server.isSending()))) givenUp += 1;
    if (hasQuit && !isThrown && server.isSending()) open.add(sent);
    // What takes a change back sets a value: sent again after someone else's million, it takes another one off, also
    // where that million came after the editor had told that the first try may have been applied.
    if (isOvertaken(before, after)) isTold = true;
    if (hasRival && isTold) {
      givenUp += 1;
      isTold = false;
    }
    // What takes another change back takes the place of edits that were sent and may have been applied.
    if (open.size > 0 && isReplaced(before, after)) {
      givenUp += 1;
      open.clear();
    }
    if (isGone) {
      open.clear();
      isMisled = false;
      isTold = false;
    }

    const counted = server.counted();
    const mayCount = open.size > 0 || isMisled || (!hasQuit && server.isSending());
    const most = confirmed + givenUp + (mayCount ? 1 : 0);
    const at = `${index}: ${JSON.stringify(one)}`;
    if (counted < confirmed) problems.push(`${at}: said sent ${confirmed} times, counts ${counted} times`);
    if (counted > most) problems.push(`${at}: counts ${counted} times, told at most ${most}`);
    const claim = claimOf(after);
    if (versionIn(after) < versionIn(before)) problems.push(`${at}: went back to ${versionIn(after)}`);
    if (repeatsDiffer(server.changes())) problems.push(`${at}: repeated another request under the same id`);
    if (open.size > 0 && claim !== undefined && notSent.has(claim))
      problems.push(`${at}: says ${claim}, was sent`);
    if (after.question?.kind === "quit" && isPending(after) && open.size > 0 && !tellsOpen(after)) {
      problems.push(`${at}: asks to quit without a word of what may be applied`);
    }
    if (!isOnDisk(after, editor)) problems.push(`${at}: on disk is ${JSON.stringify([...editor.disk()])}`);
    if (!hasQuit) continue;
    sessions += 1;
    const left = editor.disk();
    editor = driveEditor([server.app()], usual, { sessionId: sessionId(sessions) });
    server.connect(editor);
    startWith(editor, left, isThrown);
    const moved = isThrown ? after.staging : broughtBack(after.staging, editor.state().list);
    if (!isThrown && !isKept({ staging: moved }, editor.state()))
      problems.push(`${at}: the next editor lacks edits`);
  }
  return problems;
}

/** The editor finds what another one has left, and the person brings it back or throws it away. */
function startWith(editor: EditorDriver, left: ReadonlyMap<string, string>, isThrown: boolean): void {
  const found = [...left].map(([key, text]) => ({ ...readBack(text), key }));
  if (found.length === 0) return;
  editor.happen({ kind: "draftsFound", drafts: found, newer: [], broken: [] });
  if (isThrown) return editor.press("x", "y");
  editor.press("enter");
  const keys = editor.draftKeys("claimDrafts");
  editor.happen({
    kind: "draftsClaimed",
    keys,
    drafts: found.filter(({ key }) => keys.includes(key)).map(({ draft }) => draft),
    reason: undefined,
  });
}

function readBack(text: string): Extract<ReturnType<typeof parseDraft>, { readonly kind: "draft" }> {
  const parsed = parseDraft(text, draftPlace);
  if (parsed.kind !== "draft") throw new Error(`This draft cannot be read: ${text}`);
  return parsed;
}

/** Whether what is on disk, read back, is what is staged. */
function isOnDisk(state: EditorState, editor: EditorDriver): boolean {
  const onDisk = [...editor.disk().values()].map((text) => kept(readBack(text).draft));
  return JSON.stringify(onDisk) === textOfStaged(state);
}

/**
 * What was staged, as the next editor brings it back: it moves onto the version that is there, but for what was sent and is
 * read first.
 */
function broughtBack(staging: Staging, list: AppList): Staging {
  const staged = staging.apps.get(storyApp.id);
  const latest = findApp(list, storyApp.id);
  const isSent = (staged?.pending ?? staged?.overtaken) !== undefined;
  const isMoved = staged !== undefined && !isSent && staged.app.etag !== latest?.etag;
  return latest !== undefined && isMoved ? moveBase(staging, latest, list.readAt) : staging;
}

/** Whether the next editor has what was staged in the one before. */
function isKept(before: Pick<EditorState, "staging">, after: EditorState): boolean {
  return textOfStaged(before) === textOfStaged(after);
}

function textOfStaged({ staging }: Pick<EditorState, "staging">): string {
  return JSON.stringify([...staging.apps.values()].map(kept));
}

/** What a draft keeps, whatever else is known of its app. */
function kept(draft: Draft): unknown {
  const { app, readAt, edits, leftOut, wasOvertaken, overtaken, contested, pending } = draft;
  const { installSummary, etag } = app;
  const sent = [pending, overtaken].map((one) => one && [one.change, one.clientRequestId, one.sentAt]);
  return [installSummary, etag, readAt, edits, leftOut, wasOvertaken, contested, sent, overtaken?.edits];
}

/**
 * How the editor has just learnt that a change was applied: by a response, or by reading; `values` where it was sent as
 * values that may be someone else's too. Undefined where it has not.
 */
function howSent(before: EditorState, after: EditorState): "acknowledged" | "found" | "values" | undefined {
  const staged = before.staging.apps.get(storyApp.id);
  if (staged === undefined || after.staging.apps.has(storyApp.id)) return undefined;
  const isApplied = before.applied.get(storyApp.id) !== after.applied.get(storyApp.id);
  const { screen } = after;
  const status = screen.name === "results" ? screen.sending.items[0]?.status : undefined;
  const how = status?.kind === "sent" ? status.how : undefined;
  if (!isApplied && how !== "changed since") return undefined;
  // What takes a change back sets the value before it, which may be less than a million away.
  if (staged.takesBack !== undefined) return "values";
  if (how === "acknowledged" || how === "changed since") {
    return typeof staged.edits.installedDeviceCount === "number" ? "values" : "acknowledged";
  }
  return "found";
}

/** Every start of the editor has an id of its own. */
function sessionId(number: number): string {
  return `${String(number).padStart(8, "0")}-0000-4000-8000-000000000000`;
}

const notSent: ReadonlySet<SendItem["status"]["kind"]> = new Set(["stopped", "refused", "conflict"]);

/** What the results say about the app; undefined where they say that an earlier try may have been applied. */
function claimOf({ screen }: EditorState): SendItem["status"]["kind"] | undefined {
  const item = screen.name === "results" ? screen.sending.items[0] : undefined;
  return item?.wasOvertaken === true ? undefined : item?.status.kind;
}

/** The version that the editor knows. */
function versionIn({ list }: EditorState): number {
  return parseETagVersion(list.apps[0]?.etag) ?? 0;
}

function repeatsDiffer(changes: ReturnType<StoryServer["changes"]>): boolean {
  const ids = new Set(changes.map(({ clientRequestId }) => clientRequestId));
  const requests = new Set(changes.map((change) => JSON.stringify(change)));
  return requests.size > ids.size;
}

/** Each key as a step of its own, so that what is said between two keys is judged too. */
function keyByKey(one: Step): readonly Step[] {
  return one.kind === "keys" ? one.keys.map((key) => press(key)) : [one];
}

function isPending({ staging }: EditorState): boolean {
  return staging.apps.get(storyApp.id)?.pending !== undefined;
}

/** Whether the editor has just told that what takes a change back may have been applied before others changed the app. */
function isOvertaken(before: EditorState, after: EditorState): boolean {
  const [was, is] = [before, after].map(({ staging }) => staging.apps.get(storyApp.id));
  const isSettled = was?.pending !== undefined && is?.pending === undefined;
  return isSettled && is?.wasOvertaken === true && is.takesBack !== undefined;
}

/** Whether other edits were staged that take a change back, in the place of those that were staged. */
function isReplaced(before: EditorState, after: EditorState): boolean {
  const [was, is] = [before, after].map(({ staging }) => staging.apps.get(storyApp.id));
  return was !== undefined && is?.takesBack !== undefined && was.takesBack !== is.takesBack;
}

function tellsOpen(state: EditorState): boolean {
  const screen = drawEditor(state)
    .map((row) => row.trim())
    .join(" ");
  return screen.includes("sent and not confirmed: it may be applied.");
}

function isStaged({ staging }: EditorState): boolean {
  return staging.apps.has(storyApp.id);
}

function take(editor: EditorDriver, server: StoryServer, one: Step): Told | undefined {
  switch (one.kind) {
    case "keys":
      editor.press(...one.keys);
      return undefined;
    case "edit":
      editAMillion(editor, one.how);
      return undefined;
    case "handle":
      server.handleChange();
      return undefined;
    case "wait":
      editor.wait(one.seconds);
      return undefined;
    case "respond":
      return server.respondToChange(one.does, one.said);
    case "read":
      server.respondToReading(one.which, one.how);
      return undefined;
    case "arrive":
      server.arrive();
      return undefined;
    case "kill":
      if (!one.sending || editor.state().screen.name !== "list") return undefined;
      editor.press("s", "y");
      // Nothing of it has left.
      editor.effects();
      return undefined;
    case "live":
      server.tellLive(one.which);
      return undefined;
    case "others":
      server.add(one.add);
      return undefined;
  }
}

/** Types a million more than the app has, in one of both ways; nothing where edits are staged already. */
function editAMillion(editor: EditorDriver, how: "add" | "set"): void {
  const { screen, list, staging } = editor.state();
  const shown = list.apps[0]?.installSummary.installedDeviceCount ?? 0;
  if (screen.name !== "list" || staging.apps.size > 0) return;
  editor.press("home", "right", "up", "up", "up", "up");
  editor.type(how === "add" ? `+${million}` : String(shown + million));
  editor.press("enter", "escape");
}
