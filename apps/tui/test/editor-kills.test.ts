import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Terminal } from "@tooling/terminal";
import { expect, test } from "vitest";
import type { Intervention, RecordedRequest } from "./contract-server.ts";
import { keys, useEditorFixture } from "./editor-fixture.ts";
import { program } from "./run-program.ts";
import { sampleId } from "./sample-apps.ts";
import { until } from "./until.ts";

// The editor is killed at each moment of a send; the server, or a disk that does not go on, decides when that is.

const fixture = useEditorFixture();
const google = sampleId(0);
const holdFiles = fileURLToPath(new URL("hold-files.ts", import.meta.url));

interface Moment {
  readonly when: string;
  /** What the server does with the change, and with a reading of the app. */
  readonly patch?: Intervention;
  readonly reading?: Intervention;
  /** Where the disk does not go on. */
  readonly holdAt?: "written" | "in place" | "removed";
  /** What tells that the moment has come, beside the disk. */
  readonly hasCome?: () => boolean;
  /** What the next editor says of the draft before it asks. */
  readonly found: RegExp;
  /** How many times the change has reached the server when the editor is killed. */
  readonly sent: 0 | 1;
}

const notSent = /1 line +version 1 still/;
const notApplied = /sent \d\d:\d\d, not applied +○/;
const applied = /sent \d\d:\d\d, values there +\?/;

const moments: readonly Moment[] = [
  { when: "while the draft is written as sent", holdAt: "written", found: notSent, sent: 0 },
  { when: "before the request leaves", holdAt: "in place", found: notApplied, sent: 0 },
  {
    when: "while the server holds the request",
    patch: "hang",
    hasCome: () => patches().length === 1,
    found: notApplied,
    sent: 1,
  },
  {
    when: "while the response of an applied change is on its way",
    patch: "hangAfter",
    hasCome: () => version() === 2,
    found: applied,
    sent: 1,
  },
  { when: "after the response, before the draft is removed", holdAt: "removed", found: applied, sent: 1 },
  {
    when: "while a lost response of an applied change is settled",
    patch: "breakAfter",
    reading: "hang",
    hasCome: () => readings().length === 1,
    found: applied,
    sent: 1,
  },
  {
    when: "while a lost request is settled",
    patch: "breakBefore",
    reading: "hang",
    hasCome: () => readings().length === 1,
    found: notApplied,
    sent: 1,
  },
];

test.each(moments)("killed $when: nothing is lost, and it counts once", async (moment) => {
  await killAt(moment);
  expect(patches()).toHaveLength(moment.sent);
  const next = fixture.start();
  await next.shows(moment.found);
  expect(patches()).toHaveLength(moment.sent);
  await bringBackAndFinish(next, moment.found);
  expect(fixture.server.current(google)).toMatchObject({ version: 2, summary: { failedDeviceCount: 441 } });
  expect(patches()).toHaveLength(moment.sent + (moment.found === applied ? 0 : 1));
  expect(await drafts()).toEqual([]);
});

test.each([
  ["while its drafts are looked at", false],
  ["while a draft that it has brought back is settled", true],
])("the next editor is killed too, %s: the one after it settles the change", async (_when, isBroughtBack) => {
  await killAt({ ...itemOf("hangAfter"), patch: "hangAfter" });
  // An editor that looks has read nothing yet; one that has brought a draft back could not tell from what it read.
  fixture.server.intervene((request) => (isReading(request) ? "hang" : undefined));
  const second = fixture.start();
  await second.shows(/sent \d\d:\d\d, reading … +\?/);
  await until(() => readings().length === 1);
  if (isBroughtBack) {
    second.type(keys.enter);
    await second.shows("1 was sent: that is read first.");
    await until(() => readings().length === 2);
  }
  await kill(second);
  expect(await drafts()).toHaveLength(1);
  fixture.server.intervene(() => undefined);
  const third = fixture.start();
  await third.shows(applied);
  await bringBackAndFinish(third, applied);
  expect(fixture.server.current(google)).toMatchObject({ version: 2, summary: { failedDeviceCount: 441 } });
  expect(patches()).toHaveLength(1);
  expect(await drafts()).toEqual([]);
});

test("a request of the killed editor that arrives after the next one has looked counts once", async () => {
  const arrival = Promise.withResolvers<void>();
  await killAt({ ...itemOf("hang"), patch: { until: arrival.promise } });
  const next = fixture.start();
  await next.shows(notApplied);
  next.type(keys.enter);
  await next.shows("Not applied so far: version 1 is unchanged.");
  next.type("s");
  await next.shows("Send 1 change");
  arrival.resolve();
  await until(() => version() === 2);
  next.type("y");
  await next.shows("1 → 2  failed devices 441");
  expect(fixture.server.current(google)).toMatchObject({ version: 2, summary: { failedDeviceCount: 441 } });
  next.type("q");
  expect(await next.ended).toMatchObject({ exitCode: 0 });
  expect(await drafts()).toEqual([]);
});

/** The moment at which the server does this with the change. */
function itemOf(patch: Intervention): Moment {
  const found = moments.find((moment) => moment.patch === patch);
  if (found === undefined) throw new Error(`No moment has the change ${JSON.stringify(patch)}.`);
  return found;
}

/** Edits failed devices of the first app by +100, sends that, and kills the editor at the moment. */
async function killAt({ patch, reading, holdAt, hasCome = () => true }: Moment): Promise<void> {
  const mark = join(fixture.folder(), "held");
  const editor = fixture.start({
    args: [...(holdAt === undefined ? [] : ["--import", holdFiles]), program],
    env: { ...fixture.env(), HOLD_AT: holdAt, HOLD_MARK: mark },
  });
  await editor.shows("13 apps");
  editor.type(`${keys.right}+100${keys.enter}`);
  await editor.shows("review (1)");
  await until(async () => (await drafts()).length === 1);
  fixture.server.intervene((request) => {
    if (request.method === "PATCH") return patch;
    return isReading(request) ? reading : undefined;
  });
  editor.type("s");
  await editor.shows("Send 1 change");
  editor.type("y");
  await until(() => hasCome() && (holdAt === undefined || existsSync(mark)));
  await kill(editor);
  fixture.server.intervene(() => undefined);
}

/** Brings the draft back, sends it where it was not applied, and quits. */
async function bringBackAndFinish(editor: Terminal, found: RegExp): Promise<void> {
  editor.type(keys.enter);
  if (found === applied) {
    await editor.shows("Counts as applied: version 2 has your values");
  } else {
    await editor.shows(found === notSent ? "1 draft is staged again" : "Not applied so far: version 1 is");
    editor.type("s");
    await editor.shows("Send 1 change");
    editor.type("y");
    await editor.shows("1 → 2  failed devices 441");
  }
  editor.type("q");
  expect(await editor.ended).toMatchObject({ exitCode: 0 });
}

async function kill(editor: Terminal): Promise<void> {
  editor.signal("SIGKILL");
  await editor.ended;
}

function patches(): readonly RecordedRequest[] {
  return fixture.server.requests.filter(({ method }) => method === "PATCH");
}

function readings(): readonly RecordedRequest[] {
  return fixture.server.requests.filter(isReading);
}

/** Whether the app is read alone, not with the list. */
function isReading({ method, url }: RecordedRequest): boolean {
  return method === "GET" && url.includes(`mobileApps/${google}`);
}

function version(): number | undefined {
  return fixture.server.current(google)?.version;
}

/** The names of the drafts on disk. */
async function drafts(): Promise<readonly string[]> {
  const folder = join(fixture.folder(), "install-summary", "drafts");
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names.filter((name) => name.endsWith(".json") && !name.startsWith("sessions"));
}
