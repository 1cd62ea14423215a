import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { createInstallSummaryClient, type InstallSummaryClient } from "@install-summary/core/client";
import { exampleSummary } from "@install-summary/core/contract";
import { createFacade, openReportFile } from "@install-summary/facade";
import { editorProgram, sampleTenant } from "@tooling/launch/project";
import { openTerminal, type Terminal } from "@tooling/terminal";
import { expect, onTestFinished, test } from "vitest";
import { holdChanges, type ChangeHolder } from "../src/hold-changes.ts";

const right = "\u001B[C";
const enter = "\r";
const payroll = exampleSummary.id;

interface Place {
  readonly client: InstallSummaryClient;
  readonly way: ChangeHolder;
  /** Starts an editor, which finds the drafts of those before it. */
  start(...args: readonly string[]): Terminal;
  /** The names of all drafts on disk. */
  drafts(): Promise<readonly string[]>;
}

async function openPlace(through: Parameters<typeof holdChanges>[1] = {}): Promise<Place> {
  await using sample = await openReportFile(sampleTenant);
  const facade = await createFacade({
    settings: { port: 0 },
    prepare: async (unopened) => {
      await unopened.importReport(Readable.toWeb(sample.createReadStream({ autoClose: false })));
    },
  });
  onTestFinished(() => facade.close());
  const way = await holdChanges(facade.url, through);
  onTestFinished(() => way[Symbol.asyncDispose]());
  const data = await mkdtemp(join(tmpdir(), "install-summary-drafts-"));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const token = await facade.issueToken();
  return {
    client: createInstallSummaryClient({ baseUrl: `${facade.url}/beta`, token: () => token }),
    way,
    start(...args) {
      const env = {
        PATH: process.env["PATH"],
        LANG: "C.UTF-8",
        XDG_DATA_HOME: data,
        HOME: data,
        LOCALAPPDATA: data,
        INSTALL_SUMMARY_URL: `${way.url}/beta`,
        INSTALL_SUMMARY_TOKEN: token,
      };
      const editor = openTerminal({ command: process.execPath, args: [editorProgram, ...args], env });
      onTestFinished(() => editor.close());
      return editor;
    },
    async drafts() {
      const names = await readdir(data, { recursive: true });
      return names.filter((name) => name.endsWith(".json") && !name.includes("sessions"));
    },
  };
}

/** Adds to failed devices of the first app that a filter finds, and opens the review. */
async function review(editor: Terminal, filter: string, typed: string): Promise<void> {
  await editor.shows(/of 200|200 apps/);
  editor.type(`/${filter}${enter}`);
  await editor.shows("1 of 200");
  editor.type(right);
  await editor.shows("Devices on which installing the app");
  editor.type(`${typed}${enter}`);
  await editor.shows("1 staged");
  editor.type("s");
  await editor.shows("Send 1 change to 1 app?");
}

async function kill(editor: Terminal): Promise<void> {
  editor.signal("SIGKILL");
  await editor.ended;
}

/** Brings back the one draft, and sends it again where reading says that it was not applied. */
async function finish(editor: Terminal, beforeSending?: () => Promise<void>): Promise<void> {
  await editor.shows("nothing was lost");
  editor.type(enter);
  await editor.shows(/Applied: version|Not applied so far/);
  if (editor.screen().includes("Not applied so far")) {
    await beforeSending?.();
    editor.type("s");
    await editor.shows("Send 1 change to 1 app?");
    editor.type("y");
    await editor.shows(/2 +failed devices|was applied|values are there/);
  }
  editor.type("q");
  expect(await editor.ended).toMatchObject({ exitCode: 0 });
}

test.each<[string, "request" | "response", "never" | "while no editor runs" | "before it is sent again"]>([
  ["its request has left, and is lost", "request", "never"],
  ["its request has left, and arrives while no editor runs", "request", "while no editor runs"],
  ["its request has left, and arrives after the next editor has read", "request", "before it is sent again"],
  ["it was applied, and the response is on its way", "response", "never"],
])(
  "killed when %s: the next start settles it, and the edit counts exactly once",
  async (_, moment, arrives) => {
    const place = await openPlace();
    const { client, way } = place;
    const before = await client.get(payroll);
    const editor = place.start();
    await review(editor, "payroll", "+100");
    const held = way.hold(moment);
    editor.type("y");
    const release = await held;
    await kill(editor);
    expect(await place.drafts()).toHaveLength(1);

    if (arrives === "while no editor runs") await release();
    await finish(place.start(), arrives === "before it is sent again" ? release : undefined);

    const after = await client.get(payroll);
    expect(after.summary.failedDeviceCount).toBe(before.summary.failedDeviceCount + 100);
    expect(after.etag).toBe('W/"2"');
    expect(await place.drafts()).toEqual([]);
  },
);

test("killed as soon as it says that a change was sent: nothing is sent twice, and nothing is offered as unsent", async () => {
  const place = await openPlace();
  const before = await place.client.get(payroll);
  const editor = place.start();
  await review(editor, "payroll", "+100");
  editor.type("y");
  await editor.shows("1 sent");
  await kill(editor);

  const next = place.start();
  await next.shows(/200 apps|nothing was lost/);
  if (next.screen().includes("draft")) await finish(next);
  const after = await place.client.get(payroll);
  expect(after.summary.failedDeviceCount).toBe(before.summary.failedDeviceCount + 100);
  expect(place.way.count()).toBe(1);
});

/** Someone else adds as many failed devices as the editor. */
async function addSame({ client }: Place): Promise<void> {
  await client.edit(payroll, () => ({ failedDeviceCount: { add: 100 } }));
}

/** Both amounts count, each with a change of its own in the log. */
async function expectBoth({ client }: Place, before: number): Promise<void> {
  const versions: number[] = [];
  const changes = [];
  for await (const change of client.changes({ appId: payroll, top: 10, order: "desc" })) {
    versions.push(change.version);
    changes.push([change.before.failedDeviceCount, change.after.failedDeviceCount]);
    if (change.version === 2) break;
  }
  expect(versions).toEqual([3, 2]);
  expect(changes).toEqual([
    [before + 100, before + 200],
    [before, before + 100],
  ]);
}

test("a change is lost on its way while someone else adds the same: it is not taken for applied, and counts", async () => {
  const place = await openPlace();
  const { summary } = await place.client.get(payroll);
  const editor = place.start();
  await review(editor, "payroll", "+100");
  const held = place.way.hold("loss");
  editor.type("y");
  const lose = await held;
  await addSame(place);
  await lose();
  await editor.shows("1 not applied");
  await editor.shows("The change log has another change in its place");
  editor.type("R");
  await editor.shows("s shows what would be sent");
  editor.type("s");
  await editor.shows("Send 1 change to 1 app?");
  editor.type("y");
  await editor.shows("1 sent");
  editor.type("q");
  expect(await editor.ended).toMatchObject({ exitCode: 0 });
  await expectBoth(place, summary.failedDeviceCount);
  expect(await place.drafts()).toEqual([]);
});

test("a change is lost on its way from the editor in lines while someone else adds the same: it counts too", async () => {
  const place = await openPlace();
  const { summary } = await place.client.get(payroll);
  const editor = place.start("--plain");
  await editor.shows("200 apps");
  editor.type(`payroll${enter}`);
  await editor.shows("Nothing staged.");
  editor.type(`failed +100${enter}`);
  await editor.shows("1 edit staged");
  editor.type(`review${enter}send${enter}`);
  await editor.shows("yes");
  const held = place.way.hold("loss");
  editor.type(`yes${enter}`);
  const lose = await held;
  await addSame(place);
  await lose();
  await editor.shows("0 sent, 1 not. 1 edit still staged.");
  editor.type(`again${enter}review${enter}send${enter}`);
  // What was typed before the question is no reply to it.
  await editor.shows(/based on version 2:[^]*Type yes\./);
  editor.type(`yes${enter}`);
  await editor.shows("Sent. Version 3.");
  editor.type(`quit${enter}`);
  expect(await editor.ended).toMatchObject({ exitCode: 0 });
  await expectBoth(place, summary.failedDeviceCount);
});

test("killed while its change is lost, and someone else adds the same: the next start counts it on theirs", async () => {
  const place = await openPlace();
  const { summary } = await place.client.get(payroll);
  const editor = place.start();
  await review(editor, "payroll", "+100");
  const held = place.way.hold("loss");
  editor.type("y");
  await held;
  await kill(editor);
  await addSame(place);

  const next = place.start();
  await next.shows("version 1, now 2");
  next.type(enter);
  await next.shows("Not applied: another change came first.");
  next.type("s");
  await next.shows("Send 1 change to 1 app?");
  next.type("y");
  await next.shows("1 sent");
  next.type("q");
  expect(await next.ended).toMatchObject({ exitCode: 0 });
  await expectBoth(place, summary.failedDeviceCount);
  expect(await place.drafts()).toEqual([]);
});

/** +100 has arrived, its response has not, and someone else has added 7 since. */
async function reviewAndLoseResponse(place: Place, editor: Terminal): Promise<() => Promise<void>> {
  await review(editor, "payroll", "+100");
  const held = place.way.hold("responseLoss");
  editor.type("y");
  const lose = await held;
  await place.client.edit(payroll, () => ({ failedDeviceCount: { add: 7 } }));
  return lose;
}

/** Quits the editor. Gives how many drafts are left, and what the server has. */
async function quit(place: Place, editor: Terminal): Promise<readonly unknown[]> {
  editor.type("q");
  await editor.ended;
  const { summary, etag } = await place.client.get(payroll);
  return [(await place.drafts()).length, etag, summary.failedDeviceCount];
}

test("through a gateway that gives writes alone ids of its own, an applied change is not said to be lost", async () => {
  const place = await openPlace({ replacesIds: true });
  const { summary } = await place.client.get(payroll);
  const editor = place.start();
  await (
    await reviewAndLoseResponse(place, editor)
  )();
  await editor.shows("may have been applied");
  expect(await quit(place, editor)).toEqual([1, 'W/"3"', summary.failedDeviceCount + 107]);
});

test("nor does the next start say so of a draft that was sent through it", async () => {
  const place = await openPlace({ replacesIds: true });
  const { summary } = await place.client.get(payroll);
  const editor = place.start();
  await reviewAndLoseResponse(place, editor);
  await kill(editor);
  const next = place.start();
  await next.shows("was sent, and the app was changed since: it comes back as the values that");
  next.type(enter);
  // The values that were sent are decided about: an amount could count twice.
  await next.shows("m mine  t theirs");
  expect(await quit(place, next)).toEqual([1, 'W/"3"', summary.failedDeviceCount + 107]);
});

test("two editors at once add to the same counter: both amounts count, and each keeps its own draft", async () => {
  const place = await openPlace();
  const before = await place.client.get(payroll);
  const [one, other] = [place.start(), place.start()];
  await review(one, "payroll", "+5");
  await review(other, "payroll", "+3");
  // A draft follows what the screen shows.
  await expect.poll(() => place.drafts()).toHaveLength(2);
  one.type("y");
  await one.shows("1 sent");
  await expect.poll(() => place.drafts()).toHaveLength(1);
  other.type("y");
  await other.shows("You changed this app in another place");
  other.type("q");
  await other.ended;

  const next = place.start();
  await next.shows("version 1, now 2");
  next.type(enter);
  await next.shows("1 draft is staged again");
  // The amount is counted again, on what the other editor has sent.
  await next.shows("21 → 24");
  next.type("s");
  await next.shows("Send 1 change to 1 app?");
  next.type("y");
  await next.shows("1 sent");
  const after = await place.client.get(payroll);
  expect(after.summary.failedDeviceCount).toBe(before.summary.failedDeviceCount + 8);
  for (const editor of [one, next]) {
    editor.type("q");
    expect(await editor.ended).toMatchObject({ exitCode: 0 });
  }
  expect(await place.drafts()).toEqual([]);
});

test("two editors set the same counter: the second is asked, and what it decides is sent after a review", async () => {
  const place = await openPlace();
  const [one, other] = [place.start(), place.start()];
  await review(one, "payroll", "5");
  await review(other, "payroll", "3");
  one.type("y");
  await one.shows("1 sent");
  other.type("y");
  await other.shows("You changed this app in another place");
  other.type("R");
  await other.shows("Mine 3 was typed against 16. Theirs is 5.");
  expect(place.way.count()).toBe(2);
  other.type("e4\r");
  await other.shows("all decided");
  other.type(enter);
  await other.shows("Send 1 change to 1 app?");
  expect(place.way.count()).toBe(2);
  other.type("y");
  await other.shows("1 sent");
  expect((await place.client.get(payroll)).summary.failedDeviceCount).toBe(4);
  await expect.poll(() => place.drafts()).toEqual([]);
});
