import { describe, expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, type EditorDriver } from "../../test/editor-driver.ts";
import { responded, timedOut, unreachable } from "../../test/failures.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import { exactTime } from "../words/clock-time.ts";
import type { Failure } from "../server/failure.ts";

// A change that was sent and that no response confirmed. The stories 1a to 1d, 6 and 8 have counted edits twice, or told
// what was not so: an editor that forgets that a change was sent takes its own change for one of someone else.

/** When the driver's clock starts, and so when the first change is sent. */
const sentAt = 1_000_000;
const name = "Mozilla Firefox ESR";
const app = (failedDeviceCount: number, version: number): ReturnType<typeof listedApp> =>
  listedApp(0, name, { failedDeviceCount }, `W/"${version}"`);

/** The editor with +100 on 499 failed devices of version 4, sent. */
function sent(): EditorDriver {
  const editor = driveEditor([app(499, 4), listedApp(1, "Other")]);
  editor.press("right", "+", "1", "0", "0", "enter", "s", "y");
  expect(editor.effects().at(-1)).toMatchObject({
    kind: "sendPatch",
    patch: { failedDeviceCount: 599 },
    ifMatch: 'W/"4"',
  });
  return editor;
}

/** The same in the list, its outcome open. */
function open(): EditorDriver {
  const editor = sent();
  fails(editor, timedOut);
  editor.press("escape", "escape");
  return editor;
}

function fails(editor: EditorDriver, failure: Failure): void {
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure });
}

/** The screen as one text, its rows joined, so that sentences are whole. */
function screen(editor: EditorDriver): string {
  return drawEditor(editor.state())
    .map((row) => row.trim())
    .join(" ");
}

/** What the last `sendPatch` carried, without a `client-request-id`. */
function lastPatch(editor: EditorDriver): unknown {
  return editor.effects().findLast(({ kind }) => kind === "sendPatch");
}

function expectFound(editor: EditorDriver, version: number): void {
  expect(editor.state().staging.apps.size).toBe(0);
  expect(screen(editor)).toContain("1 sent");
  expect(screen(editor)).toContain(
    "Reading it again shows your values: the change counts as applied, though they may be someone else's.",
  );
  editor.press("c");
  expect(editor.effects().at(-1)).toMatchObject({
    kind: "copy",
    text: `install-summary set ${sampleId(0)} failed=499 --if-match 'W/"${version}"'`,
  });
  editor.press("escape", "s");
  expect(editor.state().notice?.text).toContain("Nothing is staged.");
}

describe("a change that was applied is found, and its amount is not counted again", () => {
  test("1a: 503 that was applied, then Esc, then R", () => {
    const editor = sent();
    fails(editor, responded(503, { message: "Service is down.", requestId: "0d51", retryAfter: 1 }));
    expect(screen(editor)).toContain("the server responded 503, sent again in 1 s");
    editor.press("escape");
    expect(screen(editor)).toContain("1 not confirmed");
    expect(screen(editor)).toContain("The server responded 503: Service is down.");
    expect(screen(editor)).toContain("It may have been applied, and was not read again.");
    expect(screen(editor)).toContain("request-id 0d51");
    expect(screen(editor)).not.toMatch(/not sent|[Ss]topped before|nothing lost/);
    editor.press("R");
    editor.read("refresh", app(599, 5));
    expectFound(editor, 5);
  });

  test("1b: no response, reading fails four times, then R", () => {
    const editor = sent();
    fails(editor, timedOut);
    for (const seconds of [1, 2, 4, 8]) {
      editor.wait(seconds);
      const failure = responded(500, { message: "Proxy says 500" });
      editor.happen({ kind: "readFailed", purpose: "look", appId: sampleId(0), failure });
    }
    expect(screen(editor)).toContain("may have been applied, edits wait");
    expect(screen(editor)).toContain("Reading it again failed: The server failed (500): Proxy says 500.");
    editor.press("R");
    editor.read("refresh", app(599, 5));
    expectFound(editor, 5);
  });

  test("1c: a slow server applies it after reading showed the old version, then R", () => {
    const editor = sent();
    fails(editor, timedOut);
    editor.wait(1);
    editor.read("look", app(499, 4));
    expect(screen(editor)).toContain("not applied so far, edits wait");
    editor.press("R");
    editor.read("refresh", app(599, 5));
    expectFound(editor, 5);
  });

  test("1c: or s and y: the same patch under the same version, whose 412 is looked up", () => {
    const editor = sent();
    fails(editor, timedOut);
    editor.wait(1);
    editor.read("look", app(499, 4));
    editor.press("s");
    expect(screen(editor)).toContain(
      `sent at ${exactTime(sentAt, sentAt)}, may have been applied: sent again as it was`,
    );
    editor.press("y");
    expect(lastPatch(editor)).toEqual({
      kind: "sendPatch",
      origin: "editor",
      appId: sampleId(0),
      patch: { failedDeviceCount: 599 },
      ifMatch: 'W/"4"',
      clientRequestId: "5e551011-0000-4000-8000-000000000001",
    });
    fails(editor, responded(412, { message: "It has changed." }));
    editor.wait(1);
    editor.read("look", app(599, 5));
    expectFound(editor, 5);
  });

  test("1d: Esc while it is being read again, then R", () => {
    const editor = sent();
    fails(editor, timedOut);
    editor.wait(1);
    editor.press("escape");
    editor.happen({ kind: "readFailed", purpose: "look", appId: sampleId(0), failure: timedOut });
    expect(screen(editor)).toContain("may have been applied, edits wait");
    expect(screen(editor)).toContain("Reading it again failed: No response came in time.");
    editor.press("R");
    editor.read("refresh", app(599, 5));
    expectFound(editor, 5);
  });

  test("Seen 1: 503 that was applied, sent again by itself, and refused with 412", () => {
    const editor = sent();
    fails(editor, responded(503, { message: "Service is down." }));
    editor.wait(1);
    fails(editor, responded(412, { message: "It has changed." }));
    editor.wait(1);
    editor.read("look", app(599, 5));
    expect(screen(editor)).toContain("The server responded 503: Service is down. The server responded 412");
    expectFound(editor, 5);
  });

  test("503 to the end is not refused, but looked up", () => {
    const editor = sent();
    for (let tries = 0; tries < 5; tries += 1) {
      fails(editor, responded(503));
      editor.wait(30);
    }
    expect(editor.effects().at(-1)).toMatchObject({ kind: "readApp", purpose: "look" });
    editor.read("look", app(599, 5));
    expectFound(editor, 5);
  });

  test("in the list: where the person is on another app, the message says where c copies the undo command", () => {
    const editor = sent();
    fails(editor, timedOut);
    editor.press("escape", "escape", "escape", "end", "R");
    const { generation } = editor.state().list;
    editor.happen({ kind: "pageLoaded", generation, apps: [app(599, 5), listedApp(1, "Other")], count: 2 });
    editor.read("refresh", app(599, 5), { record: "applied" });
    expect(editor.state().notice?.text).toContain("c on this app copies the undo command. (");
  });

  test("in the review, which has no line of it any more: the message says where c copies the undo command", () => {
    const editor = sent();
    fails(editor, timedOut);
    editor.press("escape", "escape", "escape", "s", "R");
    editor.read("refresh", app(599, 5), { record: "applied" });
    expect(editor.state().screen.name).toBe("review");
    const text = "Applied: version 5 has your change. In the list, c on this app copies the undo command. (";
    expect(editor.state().notice?.text).toContain(text);
  });

  test("in the list: R settles it before any base moves, and c copies the undo command", () => {
    const editor = sent();
    fails(editor, timedOut);
    editor.press("escape", "escape", "escape", "R");
    const { generation } = editor.state().list;
    editor.happen({ kind: "pageLoaded", generation, apps: [app(599, 5), listedApp(1, "Other")], count: 2 });
    // The values of a page may be someone else's: the app is read alone, and the log is asked.
    expect(editor.state().staging.apps.size).toBe(1);
    expect(editor.effects().at(-1)).toMatchObject({
      kind: "readApp",
      purpose: "newer",
      sent: { ifMatch: 'W/"4"' },
    });
    editor.read("newer", app(599, 5), { record: "applied" });
    expect(editor.state().staging.apps.size).toBe(0);
    editor.happen({ kind: "listLoaded", generation });
    expect(screen(editor)).toContain("Applied: version 5 has your change. c copies the undo command.");
    editor.press("c");
    expect(editor.effects().at(-1)).toMatchObject({
      kind: "copy",
      text: `install-summary set ${sampleId(0)} failed=499 --if-match 'W/"5"'`,
    });
  });
});

describe("what the server said is shown, whatever reading finds", () => {
  test("8, Seen 2: a 500 that was not applied", () => {
    const editor = sent();
    fails(editor, responded(500, { message: "disk quota exceeded on node 7", requestId: "abc-123" }));
    editor.wait(1);
    editor.read("look", app(499, 4));
    expect(screen(editor)).toContain("The server responded 500: disk quota exceeded on node 7.");
    expect(screen(editor)).toContain("version 4 is unchanged, so the change was not applied so far.");
    expect(screen(editor)).toContain("request-id abc-123");
  });

  test("5: with the time when it was sent first, whatever reading finds and also when it is sent again", () => {
    const found = [
      ["the change counts as applied", app(599, 5)],
      ["not applied so far", app(499, 4)],
      ["may have been applied before that", app(650, 6)],
    ] as const;
    for (const [words, now] of found) {
      const editor = sent();
      editor.wait(5);
      fails(editor, timedOut);
      editor.wait(1);
      editor.read("look", now);
      expect(screen(editor)).toContain(`Sent at ${exactTime(sentAt, sentAt)}. No response came in time.`);
      expect(screen(editor)).toContain(words);
    }
    const editor = open();
    editor.wait(60);
    editor.press("s", "y", "escape");
    fails(editor, timedOut);
    expect(screen(editor)).toContain(`Sent at ${exactTime(sentAt, sentAt)}. No response came in time.`);
    expect(editor.state().staging.apps.get(sampleId(0))?.pending).toMatchObject({ sentAt });
  });

  test("429, then Esc: it was sent, the server's words and request-id are shown, and it was not applied", () => {
    const quota = { message: "Quota of tenant 7 is used up", requestId: "q-7", retryAfter: 20 };
    for (const isEscFirst of [false, true]) {
      const editor = sent();
      if (isEscFirst) editor.press("escape");
      fails(editor, responded(429, quota));
      if (!isEscFirst) editor.press("escape");
      expect(screen(editor)).toContain("1 not applied");
      expect(screen(editor)).toContain("The server responded 429: Quota of tenant 7 is used up.");
      expect(screen(editor)).toContain("The change was sent, and not applied.");
      expect(screen(editor)).toContain("Stopped before it was sent again. Still staged; s sends it again.");
      expect(screen(editor)).toContain("request-id q-7");
      expect(screen(editor)).not.toMatch(/not sent(?! again)/);
      expect(editor.state().staging.apps.get(sampleId(0))?.pending).toBeUndefined();
    }
  });

  test.each([
    [undefined, "may have been applied, edits wait"],
    [true, "The change was sent, and not applied."],
  ])("a 412 after which nothing was read, sent again, 429, then Esc; looked up: %s", (notApplied, words) => {
    for (const isEscFirst of [false, true]) {
      const editor = sent();
      fails(editor, responded(412, { message: "It has changed.", ...(notApplied && { notApplied }) }));
      editor.happen({ kind: "readFailed", purpose: "look", appId: sampleId(0), failure: unreachable });
      editor.press("s", "y");
      if (isEscFirst) editor.press("escape");
      fails(editor, responded(429, { message: "Quota of tenant 7 is used up", retryAfter: 20 }));
      if (!isEscFirst) editor.press("escape");
      expect(screen(editor)).toContain("It has changed.");
      expect(screen(editor)).toContain(words);
      expect(screen(editor).includes("not applied")).toBe(notApplied === true);
      expect(editor.state().staging.apps.get(sampleId(0))?.pending).toBeDefined();
      editor.press("R");
      editor.read("refresh", app(499, 4));
      expect(editor.state().staging.apps.get(sampleId(0))?.pending).toBeUndefined();
      expect(editor.state().staging.apps.get(sampleId(0))?.edits).toEqual({
        failedDeviceCount: { add: 100 },
      });
    }
  });

  test("429 to the end, or before a refusal: both are shown", () => {
    const quota = { message: "Quota of tenant 7 is used up", requestId: "q-7" };
    const editor = sent();
    fails(editor, responded(429, quota));
    editor.wait(30);
    fails(editor, unreachable);
    expect(screen(editor)).toContain("1 not applied");
    expect(screen(editor)).toContain(
      "The server responded 429: Quota of tenant 7 is used up. The server cannot",
    );
    expect(screen(editor)).toContain("request-id q-7");
    expect(screen(editor)).not.toMatch(/not sent(?! again)/);

    const busy = sent();
    for (let tries = 0; tries < 5; tries += 1) {
      fails(busy, responded(429, quota));
      busy.wait(30);
    }
    expect(screen(busy)).toContain(
      "The server asks to wait (429): Quota of tenant 7 is used up. Still staged;",
    );
  });

  test.each([
    ["a newer version", app(650, 5), "This app has changed: version 5 is there now"],
    ["the same version", app(499, 4), "refused the change with 412, although version 4 is still the current"],
    [
      "its own values",
      app(599, 5),
      "These values are there, by this change or another one: nothing is left to send.",
    ],
  ])("412 with its own sentence, and %s there: sentence and request-id are shown", (_what, now, happened) => {
    const editor = sent();
    fails(editor, responded(429, { message: "Wait a moment.", requestId: "q-7" }));
    editor.wait(30);
    fails(editor, responded(412, { message: "Blocked by change freeze F-77", requestId: "f-77" }));
    editor.read("look", now);
    const shown = screen(editor);
    expect(shown).toContain(happened);
    expect(shown).toContain("The server responded 429: Wait a moment.");
    expect(shown).toContain("The server responded 412: Blocked by change freeze F-77.");
    expect(shown).toContain("request-id q-7");
    expect(shown).toContain("request-id f-77");
  });

  test.each([
    ['W/"5"', "Version 5 is there now, as the server's 412 says, but reading still gives version 4: a cache"],
    ['W/"4"', "refused the change with 412, although version 4 is still the current"],
  ])("a 412 that names %s, and version 4 is read", (currentETag, told) => {
    const editor = sent();
    fails(editor, responded(412, { currentETag }));
    editor.read("look", app(499, 4));
    expect(screen(editor)).toContain(told);
  });

  test("a 412 that the server has looked up is certain: an amount stays staged beside the same of someone else", () => {
    const editor = sent();
    fails(editor, responded(412, { message: "It has changed.", notApplied: true }));
    editor.read("look", app(599, 5));
    expect(screen(editor)).toContain("This app has changed: version 5 is there now");
    expect(screen(editor)).toMatch(/499 +599 +\+100 +recounted/);
    editor.press("R");
    editor.read("refresh", app(599, 5));
    editor.press("s");
    expect(screen(editor)).toMatch(/Failed devices +599 → +699 +by \+100/);
  });

  test.each([
    [
      "has another change: the amount stays staged",
      "notApplied",
      1,
      "This app has changed: version 5 is there now",
    ],
    [
      "leaves it open: its values are there, and no amount is added to them",
      undefined,
      0,
      "though they may be",
    ],
  ] as const)(
    "a 412 after a 503 may be about another id than the first request came with: the log is asked, and %s",
    (_what, record, staged, told) => {
      const editor = sent();
      fails(editor, responded(503));
      editor.wait(30);
      fails(editor, responded(412, { message: "It has changed.", notApplied: true }));
      editor.wait(30);
      expect(editor.effects().at(-1)).toMatchObject({
        kind: "readApp",
        purpose: "look",
        sent: { ifMatch: 'W/"4"', patch: { failedDeviceCount: 599 } },
      });
      editor.read("look", app(599, 5), record === undefined ? {} : { record });
      expect(editor.state().staging.apps.size).toBe(staged);
      expect(screen(editor)).toContain(told);
    },
  );

  test("an acknowledged change whose values someone else has changed since has nothing to undo", () => {
    const editor = sent();
    const { installSummary: summary, etag } = app(600, 6);
    editor.happen({ kind: "patchAcknowledged", appId: sampleId(0), summary, etag });
    expect(screen(editor)).toContain("The change was applied. Since then the same counters have changed: ");
    expect(screen(editor)).not.toContain("Undo");
    expect(editor.state().staging.apps.size).toBe(0);
    expect(editor.state().list.apps[0]).toMatchObject({ etag: 'W/"6"' });
  });

  test("8: a connection that was refused: nothing was sent, and nothing is read", () => {
    const editor = sent();
    fails(editor, unreachable);
    expect(editor.effects()).toEqual([]);
    expect(screen(editor)).toContain("1 not sent");
    expect(screen(editor)).toContain(
      "The server cannot be reached: nothing listens there (ECONNREFUSED). Still staged;",
    );
    editor.press("escape", "right", "7");
    expect(editor.state().screen.name).toBe("entry");
  });
});

describe("until it is certain what became of it, its edits wait", () => {
  test.each([
    ["a digit", ["right", "7"]],
    ["x", ["right", "x"]],
    ["Enter", ["right", "enter"]],
    ["u", ["u"]],
    ["dropping the line", ["s", "d"]],
    ["editing the line again", ["s", "e"]],
  ])("%s is refused, and says why", (_what, keys) => {
    const editor = open();
    const { staging } = editor.state();
    editor.press(...keys);
    expect(editor.state().staging).toEqual(staging);
    expect(editor.state().notice?.text).toContain("its edits wait");
  });

  test("a paste is refused too, and other apps are edited as ever", () => {
    const editor = open();
    editor.press("right");
    editor.happen({ kind: "paste", text: "1 2 3 4 5 6 7 8 9 10" });
    expect(editor.state().notice?.text).toContain("its edits wait");
    editor.press("escape", "down", "right", "7", "enter");
    expect(editor.state().staging.apps.get(sampleId(1))?.edits).toEqual({ failedDeviceCount: 7 });
  });

  test("D gives it up, and never says that it was not sent", () => {
    const editor = open();
    editor.press("D");
    expect(screen(editor)).toContain(
      `The change of ${name} · Windows (00000000) was sent and may have been applied. Give it up?`,
    );
    editor.press("y");
    expect(editor.state().staging.apps.size).toBe(0);
    expect(screen(editor)).toContain("The change was sent, and may still have been applied.");
    editor.press("u", "ctrl-r");
    expect(editor.state().staging.apps.size).toBe(0);
  });

  test("quitting says that it may be applied", () => {
    const editor = open();
    editor.press("s", "y", "q");
    expect(screen(editor)).toContain("Sending is not finished. 1 change sent and not confirmed");
    editor.happen({ kind: "draftsFailed", reason: "the disk is full" });
    expect(screen(editor)).toContain("it may be applied. Quit anyway? It loses 1 staged change.");
    editor.press("escape");
    editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(403) });
    editor.wait(1);
    editor.read("look", app(499, 4));
    editor.press("q");
    expect(screen(editor)).toContain("1 change sent and not confirmed: it may be applied. Quit and lose");
  });

  test("a refusal of the next send is not the end: 403 is looked up, and the edits still wait", () => {
    const editor = open();
    editor.press("s", "y");
    fails(editor, responded(403, { message: "No scope." }));
    editor.wait(1);
    editor.read("look", app(499, 4));
    expect(screen(editor)).toContain("No response came in time. The server responded 403: No scope.");
    expect(editor.state().staging.apps.get(sampleId(0))?.pending).toBeDefined();
  });

  test("what was asked for before it was sent says nothing about it and is read once more", () => {
    const editor = driveEditor([app(499, 4), listedApp(1, "Other")]);
    editor.press("right", "+", "1", "0", "0", "enter");
    const askedAt = editor.state().eventCount;
    editor.press("s", "y");
    fails(editor, timedOut);
    editor.press("escape", "escape");
    const { staging } = editor.state();
    editor.effects();
    editor.read("refresh", app(499, 4), { askedAt });
    expect(editor.state().staging).toBe(staging);
    expect(screen(editor)).not.toContain("Not applied");
    expect(editor.effects()).toMatchObject([{ kind: "readApp", purpose: "refresh", appId: sampleId(0) }]);
  });
});

test("a page of the list that was asked for before a change was acknowledged leaves its app as it is", () => {
  const editor = sent();
  editor.press("R");
  const { installSummary, etag } = app(599, 5);
  const { generation } = editor.state().list;
  editor.happen({ kind: "patchAcknowledged", appId: sampleId(0), summary: installSummary, etag });
  editor.press("escape", "escape", "R");
  const reading = editor.state().list.generation;
  expect(reading).toBe(generation + 1);
  editor.press("right", "9", "enter", "s", "y");
  const next = app(9, 6);
  editor.happen({
    kind: "patchAcknowledged",
    appId: sampleId(0),
    summary: next.installSummary,
    etag: next.etag,
  });
  editor.happen({
    kind: "pageLoaded",
    generation: reading,
    apps: [app(599, 5), listedApp(1, "Other")],
    count: 2,
  });
  editor.happen({ kind: "listLoaded", generation: reading });
  expect(editor.state().list.apps[0]).toMatchObject({ etag: 'W/"6"' });
});

test("other values on another version: the amount is kept as the value that was sent, so it cannot count twice", () => {
  const editor = sent();
  fails(editor, timedOut);
  editor.wait(1);
  editor.read("look", app(650, 6));
  expect(screen(editor)).toContain("may have been applied, then changed");
  expect(screen(editor)).toMatch(/≠ Failed devices +499 +599 +650 +neither/);
  expect(editor.state().staging.apps.get(sampleId(0))?.edits).toEqual({ failedDeviceCount: 599 });
  editor.press("R");
  editor.read("refresh", app(650, 6));
  expect(screen(editor)).toContain("Mine 599 was typed against 499. Theirs is 650.");
  editor.press("escape");
  expect(screen(editor)).toContain("version 6 read, not confirmed");
  editor.press("s", "enter", "m", "enter");
  expect(screen(editor)).toMatch(/Failed devices +650 → +599 +−51/);
});

test("6: R in the results reads all that need it, and R in the review too", () => {
  const apps = [0, 1, 2].map((index) => listedApp(index, `App ${index}`));
  const editor = driveEditor(apps);
  for (const _ of apps) editor.press("right", "8", "enter", "escape", "down");
  editor.press("s", "y");
  for (const { id } of apps) {
    editor.happen({ kind: "patchFailed", appId: id, failure: responded(412) });
  }
  const newer = apps.map((_app, index) => listedApp(index, `App ${index}`, { failedUserCount: 1 }, 'W/"8"'));
  for (const one of newer.slice(0, 2)) editor.read("look", one);
  editor.happen({ kind: "readFailed", purpose: "look", appId: sampleId(2), failure: timedOut });
  editor.effects();
  editor.press("R");
  expect(editor.effects()).toMatchObject(apps.map(({ id }) => ({ kind: "readApp", appId: id })));
  editor.read("refresh", newer[0] ?? listedApp(0));
  editor.press("s");
  editor.effects();
  editor.press("R");
  expect(editor.effects()).toMatchObject(
    [1, 2].map((index) => ({ kind: "readApp", appId: sampleId(index) })),
  );
});

test("a change whose version has other values now is not sent again as it was", () => {
  const editor = sent();
  fails(editor, timedOut);
  editor.wait(2);
  editor.effects();
  editor.read("look", app(7, 4));
  expect(screen(editor)).toContain(
    "Version 4 has other values now than these edits were made on, as in a store that began anew.",
  );
  expect(editor.effects().filter(({ kind }) => kind === "sendPatch")).toEqual([]);
  expect(editor.state().staging.apps.get(sampleId(0))).toMatchObject({
    edits: { failedDeviceCount: 599 },
    pending: undefined,
    wasOvertaken: true,
  });
});

test("R knows of a change whose outcome is open that its version has other values now", () => {
  const editor = open();
  editor.press("R");
  editor.read("refresh", app(7, 4));
  expect(screen(editor)).toContain("Your change may have been applied before that");
  expect(editor.state().staging.apps.get(sampleId(0))).toMatchObject({
    edits: { failedDeviceCount: 599 },
    contested: { failedDeviceCount: 499 },
    pending: undefined,
  });
});
