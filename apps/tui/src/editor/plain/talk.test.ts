import { applyPatch } from "@install-summary/core";
import { expect, test } from "vitest";
import { converse, keyNamed, type Conversation } from "../../../test/converse.ts";
import { responded, timedOut } from "../../../test/failures.ts";
import { loggedChange } from "../../../test/logged-change.ts";
import { awkwardNames, listedApp } from "../../../test/sample-apps.ts";
import type { FoundDraft } from "../../changes/drafts/draft.ts";
import { unicodeGlyphs } from "../view/glyphs.ts";
import { newsSince } from "./answer.ts";
import { greeting } from "./greeting.ts";
import { renewalText } from "../../words/failure-advice.ts";
import { spoken } from "./spoken.ts";
import { firstPages } from "./reply.ts";
import type { KnownApp } from "../../words/known-app.ts";

// Whole conversations, in transcripts/NAME.txt. `vitest -u` writes them anew; read what changed.

const google = listedApp(0, "Google 給与計算システム 2.2");
const apps = [
  google,
  listedApp(1, "Workday", { failedDeviceCount: 341 }),
  listedApp(2, "Workday", { failedDeviceCount: 96 }),
  listedApp(3, awkwardNames[6], { failedDeviceCount: 1 }),
];

function acknowledge({ editor }: Conversation, etag: string): void {
  for (const effect of editor.effects()) {
    if (effect.kind !== "sendPatch") continue;
    const { appId, patch } = effect;
    const app = editor.state().list.apps.find(({ id }) => id === appId) ?? google;
    editor.happen({ kind: "patchAcknowledged", appId, summary: applyPatch(app.installSummary, patch), etag });
  }
}

test("a person finds an app, edits it, reviews, sends, and takes it back", async () => {
  const person = converse(apps);
  person.say("google 給", "failed 8", "users pending -2", "failed x", "failed", "review", "send");
  person.hear("yes", () => acknowledge(person, 'W/"8"'));
  person.say("undo", "no", "back", "quit");
  expect(person.editor.effects().some(({ kind }) => kind === "quit")).toBe(true);
  await expect(person.transcript()).toMatchFileSnapshot("transcripts/edit.txt");
});

test("over twenty apps a wrong number says what asks again, and that does", () => {
  const person = converse(Array.from({ length: 21 }, (_, index) => listedApp(index, `Tool ${index + 100}`)));
  for (let index = 0; index < 21; index += 1) person.say(`Tool ${index + 100}`, "failed 8", "back");
  person.say("send", "yes", "24");
  expect(person.transcript()).toMatch(/> 24\nNot sent: 24 is not 21\. send asks again\./);
  person.say("send", "yes", "21");
  expect(person.editor.effects().filter(({ kind }) => kind === "sendPatch")).not.toEqual([]);
});

test("a list without apps says why, and what shows all again", () => {
  const person = converse(apps);
  const without = converse([listedApp(5, "Healthy", { failedDeviceCount: 0, failedUserCount: 0 })]);
  without.say("failures", "failures", "xyz");
  expect(without.transcript()).toContain("> failures\n1 app, by failed.");
  expect(without.transcript()).toContain("No app has failures. failures shows all 1.");
  expect(without.transcript()).toContain('Nothing matches "xyz". back shows all 1.');
  person.say("failures", "xyz");
  expect(person.transcript()).toContain('No app with failures matches "xyz". failures looks among all 4.');
  const empty = converse([]);
  empty.say("xyz");
  expect(empty.transcript()).toContain("> xyz\nThe list has no apps.");
});

test.each(["INSTALL_SUMMARY_TOKEN", "INSTALL_SUMMARY_TOKEN_FILE", "INSTALL_SUMMARY_TOKEN_COMMAND"] as const)(
  "what renews a token of %s needs no key",
  (source) => {
    expect(spoken(`${renewalText(source)} R tries again.`)).not.toMatch(keyNamed);
  },
);

test("a token that is typed where one is asked for is not said back, and not looked for", () => {
  const person = converse(apps);
  person.editor.press("t");
  expect(person.editor.state().question).toMatchObject({ kind: "token" });
  expect(person.hear("eyJhbGciOiJub25lIn0.e30.")[0]).toBe("The token stays as it was.");
  expect(person.transcript().match(/eyJ/g)).toHaveLength(1);
  expect(person.editor.state().question).toBeUndefined();
});

test("apps that others add are told with the list, and again reads them", () => {
  const person = converse(apps);
  person.hear("workday", () => {
    const changes = [loggedChange({ appId: "00000000-0000-4000-8000-00000000ffff", version: 1 })];
    person.editor.happen({ kind: "followed", followed: { kind: "changes", changes, areNew: true } });
  });
  person.say("bulk");
  expect(person.transcript()).toContain("1 new app is not in the list yet: again reads it.");
  person.editor.effects();
  person.say("again");
  expect(person.editor.effects()).toMatchObject([{ kind: "loadPages" }]);
});

test("a wrong line says why, and loses nothing", async () => {
  const person = converse(apps);
  person.say("failed 8", "yes", "3", "failed 8", "failed -9999", "failed 1.5", "faild 9", "drop 1", "t");
  person.say("list", "9", "review", "drop 7", "undo 2", "{oops", "y", "no");
  expect(person.editor.state().staging.apps.size).toBe(1);
  expect(person.editor.effects().filter(({ kind }) => kind === "sendPatch")).toEqual([]);
  await expect(person.transcript()).toMatchFileSnapshot("transcripts/wrong-lines.txt");
});

test("a mistaken test in a filter says why it is none", () => {
  const person = converse(apps);
  person.say("workday faild>9");
  expect(person.transcript()).toContain(
    "\nfaild>9 is searched for as text. No counter is called faild. Did you mean failed?\n",
  );
  expect(person.transcript().match(/Did you mean/g)).toHaveLength(1);
});

test("an unfinished test in a filter says that it leaves nothing out", () => {
  const person = converse(apps);
  person.say("failed>");
  expect(person.transcript()).toContain("\nfailed> leaves nothing out: its value is incomplete.\n");
});

test("a word beside a question closes it with a sentence, and is done; a line that is empty, or send again, asks again", () => {
  const person = converse(apps);
  person.say("google", "failed 8");
  const review = person.hear("review");
  expect(person.hear("review")).toEqual(review);
  const question = "Send 1 change to 1 app on 127.0.0.1:8420? Type yes.";
  expect(person.hear("send")).toEqual([question]);
  expect(person.hear("send")).toEqual([question]);
  expect(person.hear("")).toEqual([...review, question]);
  expect(person.hear("review")).toEqual(["Nothing was sent.", ...review]);
  expect(person.hear("yes")).toEqual(["Nothing was asked. send asks whether to send."]);
  person.say("send");
  expect(person.hear("back")).toEqual(["Nothing was sent."]);
  expect(person.editor.state().screen.name).toBe("review");
  person.say("copy");
  expect(person.hear("failed 9")[0]).toBe("Nothing was copied.");
  person.say("drop");
  expect(person.hear("no")).toEqual(["Nothing was dropped."]);
  person.say("drop");
  expect(person.hear("failed")).toEqual(["Nothing was dropped.", "Failed devices: 16, staged 9."]);
  expect(person.editor.effects()).toEqual([]);
});

test("yes sends what was asked about, and nothing once that is another version or another number", () => {
  const person = converse(apps);
  person.say("google", "failed 8", "send");
  person.editor.effects();
  const installSummary = { ...google.installSummary, pendingInstallUserCount: 5 };
  person.editor.read("refresh", { ...google, installSummary, etag: 'W/"9"' });
  expect(person.hear("yes").slice(-4)).toEqual([
    "Nothing was sent: this has just changed.",
    "Google 給与計算システム 2.2, Windows (00000000), based on version 9:",
    "1. failed devices 16 to 8.",
    "Type send, drop 1, json, or back.",
  ]);
  expect(person.editor.effects()).toEqual([]);
  person.say("send", "yes");
  expect(person.editor.effects()).toMatchObject([{ kind: "sendPatch", ifMatch: 'W/"9"' }]);
});

test("what is about the list is done from an open app too", () => {
  const person = converse(apps);
  person.say("google");
  expect(person.hear("o")[0]).toBe("Sorted by failed, the highest first.");
  person.say("back", "google");
  expect(person.hear("failures")[0]).toMatch(/^1 app with failures matches/);
});

test("someone else was faster", async () => {
  const person = converse(apps);
  const [, workday = google] = apps;
  person.say("workday", "1", "failed 300", "send");
  person.hear("yes", () => {
    const failure = responded(412, { message: "The resource has changed since it was read." });
    person.editor.happen({ kind: "patchFailed", appId: workday.id, failure });
    const theirs = { ...workday.installSummary, failedDeviceCount: 340 };
    person.editor.read("look", { ...workday, installSummary: theirs, etag: 'W/"9"' });
  });
  expect(person.editor.state().staging.apps.size).toBe(1);
  person.hear("again", () => {
    const theirs = { ...workday.installSummary, failedDeviceCount: 340 };
    person.editor.read("refresh", { ...workday, installSummary: theirs, etag: 'W/"9"' });
  });
  person.say("", "mine 7", "mine 1", "enter", "send");
  person.editor.effects();
  person.hear("yes", () => acknowledge(person, 'W/"10"'));
  expect(person.editor.state().staging.apps.size).toBe(0);
  await expect(person.transcript()).toMatchFileSnapshot("transcripts/conflict.txt");
});

test("what is refused stays staged, and drop takes it out", async () => {
  const person = converse(apps);
  const [, workday = google] = apps;
  person.say("workday", "more", "1", "not applicable +5", "s", "json", "send");
  person.hear("yes", () => {
    const failure = responded(403, { message: "Not allowed to write.", requestId: "77ab-02" });
    person.editor.happen({ kind: "patchFailed", appId: workday.id, failure });
  });
  person.say("back", "drop", "yes", "undo");
  await expect(person.transcript()).toMatchFileSnapshot("transcripts/refused.txt");
});

test("what may have been applied is told as not confirmed, and drop gives it up there", () => {
  const person = converse(apps);
  const [, workday = google] = apps;
  person.say("workday", "1", "failed +5", "send");
  person.hear("yes", () => {
    person.editor.happen({ kind: "patchFailed", appId: workday.id, failure: timedOut });
    person.editor.wait(1);
    const equal = { ...workday.installSummary, failedDeviceCount: 346 };
    person.editor.read("look", { ...workday, installSummary: equal, etag: 'W/"9"' }, { record: "mayBeOwn" });
  });
  expect(person.transcript()).toContain("0 sent, 1 not confirmed. 1 edit still staged.");
  expect(person.transcript()).toContain("drop drops these edits");
  person.say("drop");
  expect(person.transcript()).toContain("was sent and may have been applied. Give it up?");
  person.say("yes");
  expect(person.editor.state().staging.apps.size).toBe(0);
});

test("help and what is copied are said where the person is, who goes on there", async () => {
  const person = converse(apps);
  person.say(
    "google 給",
    "failed 8",
    "users pending 270",
    "review",
    "json",
    "drop 1",
    "help",
    "undo",
    "redo",
  );
  person.say(
    "copy",
    "json",
    "copy",
    "curl",
    "copy",
    "PowerShell",
    "undo all",
    "drop 1",
    "help",
    "undo",
    "quit",
  );
  await expect(person.transcript()).toMatchFileSnapshot("transcripts/reading.txt");
});

test("the history is said, and one of its changes is taken back", async () => {
  const person = converse(apps);
  person.say("google");
  person.hear("history", () => {
    const before = { failedDeviceCount: 18 };
    const after = { failedDeviceCount: 16 };
    const time = new Date(2026, 10, 26, 10, 14).toISOString();
    const changes = [
      loggedChange({ appId: google.id, version: 7, before, after, changedAt: time, actor: "Ada Byron" }),
    ];
    person.editor.happen({ kind: "historyRead", generation: 1, changes, hasMore: false });
  });
  person.say("undo 1", "help");
  await expect(person.transcript()).toMatchFileSnapshot("transcripts/history.txt");
});

test("without an open app no word acts on an app that nobody has chosen", () => {
  const person = converse(apps);
  const { editor } = person;
  const refused = "No app is open: type its name first.";
  const said = (line: string): string => {
    const before = person.transcript().length;
    person.say(line);
    return person.transcript().slice(before).split("\n").slice(1).join("\n").trim();
  };
  for (const word of [
    "history",
    "h",
    "json",
    "copy",
    "c",
    "drop",
    "D",
    "failed 5",
    "revert failed",
    "x failed",
  ])
    expect([word, said(word)]).toEqual([word, refused]);
  expect(editor.state().screen.name).toBe("list");
  expect(editor.effects()).toEqual([]);

  // Of one app that was closed nothing is left open.
  person.say("google", "failed 8", "list");
  expect(said("history")).toBe(refused);

  // Several apps in the review, in a history and in the results.
  person.say("app 1.0", "failed 8", "review");
  expect(said("")).toMatch(/Type send, drop 1, or back\.$/);
  for (const word of ["json", "copy"]) expect([word, said(word)]).toEqual([word, refused]);
  expect(said("space")).toMatch(/: left out, stays staged\.\n/);
  person.say("space", "back", "list", "send");
  person.hear("yes", () => acknowledge(person, 'W/"8"'));
  expect(editor.state().screen.name).toBe("results");
  expect(said("history")).toBe(refused);
  expect(said("undo")).toBe("Several apps were sent: undo all stages what takes all of it back.");
  expect(said("undo all")).toContain("Staged: what takes the sent changes back.");
  person.hear("history all", () => {});
  person.say("list");
  person.hear("history all", () => {
    const generation = editor.state().history?.generation ?? 0;
    editor.happen({ kind: "historyRead", generation, changes: [loggedChange({})], hasMore: false });
  });
  expect(said("")).toMatch(/^History of all apps\.\n1\. /);
  expect(said("history")).toBe(refused);
  expect(said("undo")).toBe("Type the number of the change too, such as undo 1.");
});

test("next and previous open apps with staged edits, from the list too", () => {
  const person = converse(apps);
  person.say("google", "failed 8", "app 1.0", "failed 8", "list", "next");
  expect(person.editor.state().screen.name).toBe("counters");
  expect(person.transcript()).toMatch(/> next\nGoogle .*\. 1 edit staged\./);
  person.say("list", "previous");
  expect(person.transcript()).toMatch(/> previous\nEvil.*\. 1 edit staged\./);
});

test("an empty history is named, and says why it is empty", () => {
  const person = converse(apps);
  person.say("google");
  person.hear("history", () => {
    person.editor.happen({ kind: "historyRead", generation: 1, changes: [], hasMore: false });
  });
  expect(person.transcript()).toMatch(
    /> history\nHistory of Google .*, Windows \(00000000\), version 7 now\.\nThe log has no change of this app\. /,
  );
});

test("a history says how many changes more there are, more says them, and reads older ones at the end", () => {
  const person = converse(apps);
  const { editor } = person;
  const changes = Array.from({ length: 130 }, (_, index) => loggedChange({ version: 200 - index }));
  const read = (from: number, to: number): void => {
    const generation = editor.state().history?.generation ?? 0;
    const hasMore = to < changes.length;
    editor.happen({ kind: "historyRead", generation, changes: changes.slice(from, to), hasMore });
  };
  const said = (): string => person.transcript().split("> ").at(-1) ?? "";
  person.hear("history all", () => {
    read(0, 100);
    for (const app of apps) editor.read("newer", { ...app, etag: 'W/"200"' });
  });
  expect(said()).toContain("There are more. Type more to hear them.");
  person.say("more");
  expect(said()).toMatch(/^more\nHistory of all apps\.\n21\. [^]*\n40\. [^]*\nType undo 21 to stage/);
  person.say("undo 21", "back", "more", "more", "more");
  expect(said()).toContain("\n100. ");
  editor.effects();
  person.hear("more", () => {
    expect(editor.effects()).toMatchObject([{ kind: "readHistory", after: "c101" }]);
    const generation = editor.state().history?.generation ?? 0;
    editor.happen({ kind: "historyFailed", generation, failure: responded(500, { message: "Busy." }) });
  });
  expect(said()).toContain("Not read: ");
  person.hear("more", () => read(100, 130));
  expect(said()).toMatch(
    /^more\nHistory of all apps\.\n101\. [^]*\n120\. [^]*\n10 more\. Type more to hear them\./,
  );
  person.say("more");
  expect(said()).not.toContain("Type more");
  person.say("more");
  expect(said()).toBe("more\nThat was the end of the history.\n");
  person.hear("history all", () => read(0, 100));
  person.say("back");
  person.hear("history all", () => read(0, 100));
  expect(said()).toContain("\n1. ");
});

test("drafts that cannot be read are said before anything else", () => {
  const { editor } = converse(apps);
  const broken = ["/data/drafts/one.json", "/data/drafts/two.json"];
  editor.happen({ kind: "draftsFound", drafts: [], newer: ["/data/drafts/new.json"], broken });
  expect(greeting(editor.state(), unicodeGlyphs)).toEqual([
    "Install Summary, 127.0.0.1:8420. 4 apps. Type a name, or help.",
    "1 draft of a newer version of this program is left as it is: /data/drafts/new.json. " +
      "2 drafts that cannot be read are left as they are: /data/drafts/one.json and 1 more.",
  ]);
});

/** A draft of an app, failed devices to 8. */
function draftOf(app: KnownApp, savedAt: number): FoundDraft {
  const known = { app, readAt: 1, leftOut: false, wasOvertaken: false, contested: {}, pending: undefined };
  return { key: app.id, savedAt, draft: { ...known, edits: { failedDeviceCount: 8 } } };
}

test("drafts are said with all their edits, and each is brought back or thrown away by its number", async () => {
  const person = converse(apps);
  const { editor } = person;
  const [first, workday = google, other = google] = apps;
  const made = {
    ...workday,
    etag: 'W/"5"',
    installSummary: { ...workday.installSummary, failedDeviceCount: 1 },
  };
  const drafts = [draftOf(first ?? google, 3), draftOf(made, 2), draftOf(other, 1)];
  person.hear("", () => editor.happen({ kind: "draftsFound", drafts, newer: [], broken: [] }));
  person.say("drop 9", "drop 3", "yes");
  expect(editor.draftKeys("discardDrafts")).toEqual([other.id]);
  person.hear("2", () => {
    const claimed = drafts.flatMap(({ key, draft }) => (key === workday.id ? [draft] : []));
    editor.happen({ kind: "draftsClaimed", drafts: claimed, keys: [workday.id], reason: undefined });
  });
  expect(editor.draftKeys("claimDrafts")).toEqual([workday.id]);
  person.say("no");
  await expect(person.transcript()).toMatchFileSnapshot("transcripts/drafts.txt");
});

test("the letters that sort are said, another order is said from its beginning, and failures alone are told", async () => {
  const many = Array.from({ length: 12 }, (_, index) =>
    listedApp(index, `App ${index}`, { failedDeviceCount: index }),
  );
  const person = converse(many);
  person.say("list", "more", "o", "m", "o", "r", "failures", "app 3");
  await expect(person.transcript()).toMatchFileSnapshot("transcripts/sort.txt");
});

/** The numbers that lines begin with. */
function firstNumbers(text: string): readonly string[] {
  return text.match(/^\d+(?=\. )/gm) ?? [];
}

test("more says earlier changes, and a change that cannot be taken back says why, and no more", () => {
  const person = converse(apps);
  const changes = Array.from({ length: 45 }, (_, index) =>
    loggedChange({
      appId: google.id,
      version: 46 - index,
      cursor: `c${index}`,
      before: {},
      after: { failedDeviceCount: index },
    }),
  );
  const said = (line: string, happens = (): void => {}): string => {
    const before = person.transcript().length;
    person.hear(line, happens);
    return person.transcript().slice(before);
  };
  person.say("google");
  const history = said("history", () =>
    person.editor.happen({ kind: "historyRead", generation: 1, changes, hasMore: false }),
  );
  expect(firstNumbers(history)).toHaveLength(20);
  expect(history).toContain(
    "25 more. Type more to hear them.\nType undo 1 to stage what takes a change back",
  );
  expect(firstNumbers(said("more"))[0]).toBe("21");
  const last = said("more");
  expect(firstNumbers(last)).toEqual(["41", "42", "43", "44", "45"]);
  expect(last).toContain("Type undo 41 to stage what takes a change back, or back.");
  expect(said("more")).toContain("That was the end of the history.");
  expect(said("undo 45")).toBe("> undo 45\nThis change created the app: there are no earlier values.\n");
  expect(firstNumbers(said("list"))[0]).toBe("1");
});

test("what happens between two lines is said before the next answer, once", () => {
  const { editor } = converse(apps);
  editor.press("right", "8", "enter");
  const told = editor.state();
  expect(newsSince(told, told, firstPages, unicodeGlyphs)).toEqual([]);
  editor.happen({ kind: "draftsFailed", reason: "the disk is full" });
  expect(newsSince(told, editor.state(), firstPages, unicodeGlyphs)).toEqual([
    "Drafts cannot be kept on this computer: the disk is full. Editing goes on; quit asks.",
  ]);
  expect(newsSince(editor.state(), editor.state(), firstPages, unicodeGlyphs)).toEqual([]);
});

test("drop alone asks about the one app or draft that it can mean, else says what to name", () => {
  const person = converse(apps);
  const [, workday = google] = apps;
  person.say("google", "failed 8", "review");
  const [question] = person.hear("drop");
  expect(question).toContain("Drop all edits of Google 給与計算システム 2.2, Windows (00000000)?");
  person.say("yes");
  expect(person.editor.state().staging.apps.size).toBe(0);
  person.say("google", "failed 8", "workday", "1", "failed 3", "review");
  const unnamed =
    "Type the number of the line too, such as drop 1. For all edits of an app, type its name first, then drop.";
  expect(person.hear("drop")).toEqual([unnamed]);
  expect(person.editor.state().screen.name).toBe("review");
  person.say("google");
  expect(person.hear("drop")[0]).toContain("Drop all edits of Google");
  person.say("no", "history");
  expect(person.hear("drop")).toEqual(["No app is open: type its name first."]);
  const met = converse(apps);
  const two = [draftOf(google, 2), draftOf(workday, 1)];
  met.hear("", () => met.editor.happen({ kind: "draftsFound", drafts: two, newer: [], broken: [] }));
  expect(met.hear("drop")).toEqual(["Type the number of the draft too, such as drop 1."]);
  const alone = converse(apps);
  alone.hear("", () =>
    alone.editor.happen({ kind: "draftsFound", drafts: [draftOf(google, 2)], newer: [], broken: [] }),
  );
  expect(alone.hear("drop")[0]).toContain("Throw the draft of Google");
});
