import { expect, test } from "vitest";
import { converseWith, type Conversation } from "../../../test/converse.ts";
import { driveEditor, driveEmptyEditor, usual, type EditorDriver } from "../../../test/editor-driver.ts";
import { responded, timedOut } from "../../../test/failures.ts";
import { loggedChange } from "../../../test/logged-change.ts";
import { listedApp } from "../../../test/sample-apps.ts";
import type { FoundDraft } from "../../changes/drafts/draft.ts";
import type { Failure } from "../../server/failure.ts";
import { thereNowText, versionFact } from "../../words/version-text.ts";
import { isNumberAsked } from "./asked-number.ts";
import { plainHelp } from "./help-lines.ts";
import { words } from "./parse-line.ts";

const first = listedApp(0, "Payroll");
const other = listedApp(1, "Workday", { failedDeviceCount: 341 });
const apps = [first, other];
const many = Array.from({ length: 22 }, (_, index) => listedApp(index, `Tool ${index + 100}`));

/** All that can be typed: each word, each with a number, keys that messages name, and what is no command. */
const texts =
  "|1|9|12|16|22|failed|failed 8|failed 16|failed x|revert failed|x failed|drop 1|drop 9|undo 1|undo 9|mine 1|theirs 1|mine|theirs|undo all|" +
  "history all|copy|curl|failures|next|previous|space|enter|esc|exit|tab|payroll|xyz|find yes|é|{oops|1 2 3|" +
  's|y|n|N|R|u|U|c|C|D|d|e|f|h|H|i|o|m|t|M|T|x|A|r|p|j|k|g|G|+|-|−|/|:|?|q|escape|{"failedDeviceCount":8}';
const lines = [...words, ...texts.split("|")];

function failed(failure: Failure): (person: Conversation) => void {
  return (person) => {
    person.say("payroll", "failed 8", "send", "yes");
    person.editor.happen({ kind: "patchFailed", appId: first.id, failure });
    person.say("");
  };
}

function sent(person: Conversation, ids: readonly string[]): void {
  for (const appId of ids)
    person.editor.happen({ kind: "patchAcknowledged", appId, summary: first.installSummary, etag: 'W/"8"' });
}

function readHistory(count: number): (person: Conversation) => void {
  return (person) => {
    const generation = person.editor.state().history?.generation ?? 0;
    const changes = Array.from({ length: count }, (_, index) => loggedChange({ version: 30 - index }));
    person.editor.happen({ kind: "historyRead", generation, changes, hasMore: false });
  };
}

const draft: FoundDraft = {
  key: "one",
  savedAt: 1,
  draft: {
    app: first,
    readAt: 1,
    leftOut: false,
    wasOvertaken: false,
    contested: {},
    pending: undefined,
    edits: { failedDeviceCount: 8 },
  },
};

function findDraft({ editor }: Conversation): void {
  editor.happen({ kind: "draftsFound", drafts: [draft], newer: [], broken: [] });
}

function conflict(person: Conversation): void {
  person.say("payroll", "failed 8");
  const installSummary = { ...first.installSummary, failedDeviceCount: 12 };
  person.editor.read("refresh", { ...first, installSummary, etag: 'W/"9"' });
  person.say("review", "enter");
}

/** Others set failed devices and are seen to do so. */
function seeChange({ editor }: Conversation, version: number, before: number, after: number): void {
  const change = loggedChange({
    appId: first.id,
    version,
    before: { failedDeviceCount: before },
    after: { failedDeviceCount: after },
  });
  const followed = { kind: "changes", changes: [change], areNew: true } as const;
  editor.happen({ kind: "followed", followed });
}

type Arrange = (person: Conversation) => void;

/** Where a person can be, and what leads there. */
const states: Readonly<Record<string, { readonly start?: () => EditorDriver; readonly arrange?: Arrange }>> =
  {
    "the list": {},
    "a filter that finds nothing": { arrange: ({ say }) => say("xyz") },
    "a list without apps": { start: () => driveEditor([]) },
    "a list that is not read yet": { start: () => driveEmptyEditor() },
    "a list that cannot be read": {
      start() {
        const editor = driveEmptyEditor();
        const { generation } = editor.state().list;
        editor.happen({ kind: "listFailed", generation, failure: responded(401) });
        return editor;
      },
    },
    "an expired token": {
      arrange({ say, editor }) {
        say("payroll", "failed 8", "list", "again");
        const { generation } = editor.state().list;
        editor.happen({ kind: "listFailed", generation, failure: responded(401) });
      },
    },
    "an open app": { arrange: ({ say }) => say("payroll") },
    "an open app with an edit": { arrange: ({ say }) => say("payroll", "failed 8") },
    "an open app that others have changed": {
      arrange(person) {
        person.say("payroll", "failed 8");
        seeChange(person, 8, 16, 30);
      },
    },
    "the review of an app that others have changed": {
      arrange(person) {
        person.say("payroll", "failed 8", "review");
        seeChange(person, 8, 16, 30);
      },
    },
    "a conflict that others have changed again": {
      arrange(person) {
        conflict(person);
        seeChange(person, 10, 12, 30);
      },
    },
    "a number typed in a conflict that others have changed again": {
      arrange(person) {
        conflict(person);
        seeChange(person, 10, 12, 30);
        person.say("e");
      },
    },
    "read-only": {
      start: () => driveEditor(apps, usual, { isReadOnly: true }),
      arrange: ({ say }) => say("payroll"),
    },
    "the review": { arrange: ({ say }) => say("payroll", "failed 8", "review") },
    "the review of two": {
      arrange: ({ say }) => say("payroll", "failed 8", "workday", "failed 7", "review"),
    },
    "the review without an app": { arrange: ({ say }) => say("payroll", "failed 8", "review", "space") },
    "a review whose last line a reading has taken": {
      arrange({ say, editor }) {
        say("payroll", "failed 8", "review");
        const installSummary = { ...first.installSummary, failedDeviceCount: 8 };
        editor.read("refresh", { ...first, installSummary, etag: 'W/"9"' });
      },
    },
    "a number typed again": { arrange: ({ say }) => say("payroll", "failed 8", "review", "e") },
    "the question of send": { arrange: ({ say }) => say("payroll", "failed 8", "send") },
    "the question of how many": {
      start: () => driveEditor(many),
      arrange({ say }) {
        for (const index of many.keys()) say(`tool ${index + 100}`, "failed 8");
        say("review", "send", "yes");
      },
    },
    "the question of drop": { arrange: ({ say }) => say("payroll", "failed 8", "drop") },
    "the question of copy": { arrange: ({ say }) => say("payroll", "failed 8", "copy") },
    "the question of quit": {
      arrange({ say, editor }) {
        say("payroll", "failed 8");
        editor.happen({ kind: "draftsFailed", reason: "the disk is full" });
        say("quit");
      },
    },
    "the results": {
      arrange(person) {
        person.say("payroll", "failed 8", "send");
        person.hear("yes", () => sent(person, [first.id]));
      },
    },
    "the results of two": {
      arrange(person) {
        person.say("payroll", "failed 8", "workday", "failed 7", "send");
        person.hear("yes", () => sent(person, [first.id, other.id]));
      },
    },
    "a refused change": { arrange: failed(responded(403)) },
    "a change that others have overtaken": { arrange: failed(responded(412)) },
    "a change without a response": { arrange: failed(timedOut) },
    "a conflict": { arrange: conflict },
    "a number typed in a conflict": {
      arrange(person) {
        conflict(person);
        person.say("e");
      },
    },
    "what to sort by": { arrange: ({ say }) => say("list", "o") },
    "a history": {
      arrange(person) {
        person.say("payroll");
        person.hear("history", () => readHistory(25)(person));
      },
    },
    "the history of all": {
      arrange: (person) => void person.hear("history all", () => readHistory(25)(person)),
    },
    "a history without changes": {
      arrange(person) {
        person.say("payroll");
        person.hear("history", () => readHistory(0)(person));
      },
    },
    "a history that is not read": { arrange: ({ say }) => say("payroll", "history") },
    "a server without a log": {
      arrange(person) {
        person.editor.happen({ kind: "followed", followed: { kind: "link", link: "missing" } });
        person.say("payroll", "history");
      },
    },
    "found drafts": { arrange: (person) => void person.hear("", () => findDraft(person)) },
    "the question of a draft": {
      arrange(person) {
        person.hear("", () => findDraft(person));
        person.say("drop 1");
      },
    },
  };

function arrived({
  start = () => driveEditor(apps),
  arrange = () => {},
}: (typeof states)[string]): Conversation {
  const person = converseWith(start());
  arrange(person);
  person.editor.effects();
  return person;
}

/** What is said to a question that a line was no reply to. */
const declined =
  /^(?:Nothing was (?:sent|dropped|copied)|Not (?:sent|quit)|No draft was thrown away|No number was typed|The order stays as it was)\b/;

/** Why a reply will not do; undefined for one that does. */
function faultOf(line: string, person: Conversation): string | undefined {
  const { editor } = person;
  const open = editor.state();
  const isAsked = open.question !== undefined || person.transcript().endsWith("Type yes.\n");
  const said = person.hear(line);
  const did = editor.effects();
  if (did.some(({ kind }) => kind === "quit")) return undefined;
  if (said.join("").trim() === "") return "silence";
  const { name } = editor.state().screen;
  const isTold = said.at(-1)?.startsWith("Type a number for ") === true;
  if (name === "filter" || name === "palette" || isNumberAsked(editor.state()) !== isTold)
    return `an entry that is not told: ${said.join("\n")}`;
  const isThrown = editor.draftKeys("discardDrafts").length > 0;
  const after = editor.state();
  const isOther = after.staging !== open.staging || after.list.sort !== open.list.sort;
  const isDone = isThrown || did.length > 0 || isOther;
  const isAskedStill =
    after.question !== undefined ||
    isNumberAsked(after) ||
    after.screen.name === "sort" ||
    said.some((row) => row.endsWith("Type yes."));
  return !isAsked || isDone || isAskedStill || declined.test(said[0] ?? "") ? undefined : said.join("\n");
}

/** What is said with the version, or the failed devices, of an app as it was, and without those that are there now. */
function unsaidOf(line: string, person: Conversation): string | undefined {
  const { editor } = person;
  const base = editor.state().staging.apps.get(first.id)?.app;
  const said = person.hear(line).join("\n");
  const latest = editor.state().list.apps.find(({ id }) => id === first.id);
  const isOld = said.includes(versionFact(base?.etag)) || /(?<!to |such as failed )\b(?:12|16)\b/.test(said);
  const isSaid = said.toLowerCase().includes(thereNowText(base?.etag, latest?.etag));
  return isOld && !isSaid ? said : undefined;
}

test.each(Object.entries(states).filter(([place]) => place.includes("that others have changed")))(
  "%s: what it was is not said without what is there now",
  (_, state) => {
    const unsaid = lines.flatMap((line) => {
      const said = unsaidOf(line, arrived(state));
      return said === undefined ? [] : [[line, said]];
    });
    expect(unsaid).toEqual([]);
  },
);

/** What is said to `help` behind a line, where that is anything but help; undefined where it is said. */
function faultOfHelp(line: string, person: Conversation): string | undefined {
  person.say(line);
  // The next line waits for these.
  const { screen, drafts } = person.editor.state();
  const isAway = screen.name === "sending" || drafts.isClaiming;
  if (isAway || person.editor.effects().some(({ kind }) => kind === "quit")) return undefined;
  const said = person.hear("help");
  return plainHelp.every((row) => said.includes(row)) ? undefined : said.join("\n");
}

test.each(Object.entries(states))("%s: whatever the line, help behind it is help", (_, state) => {
  const faults = lines.flatMap((line) => {
    const fault = faultOfHelp(line, arrived(state));
    return fault === undefined ? [] : [[line, fault]];
  });
  expect(faults).toEqual([]);
});

test.each(Object.entries(states))(
  "%s: each line is told something, and no question goes without a word",
  (_, state) => {
    const faults = lines.flatMap((line) => {
      const fault = faultOf(line, arrived(state));
      return fault === undefined ? [] : [[line, fault]];
    });
    expect(faults).toEqual([]);
  },
);
