import { execFile } from "node:child_process";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { createInstallSummaryClient, type InstallSummaryClient } from "@install-summary/core/client";
import { createFacade, type Facade } from "@install-summary/facade";
import { editorProgram } from "@tooling/launch/project";
import { openTerminal, type Terminal } from "@tooling/terminal";
import { expect, onTestFinished, test } from "vitest";

// History, undo and live changes of the editor and the commands, before a real facade.

const run = promisify(execFile);
const payroll = "11111111-1111-4111-8111-111111111111";
const outlook = "22222222-2222-4222-8222-222222222222";
const report = [
  "ApplicationId,DisplayName,Platform,InstalledDeviceCount,FailedDeviceCount,PendingInstallDeviceCount," +
    "NotApplicableDeviceCount,NotInstalledDeviceCount,InstalledUserCount,FailedUserCount,PendingInstallUserCount," +
    "NotApplicableUserCount,NotInstalledUserCount",
  `${payroll},Contoso Payroll,Android,2080,41,48,272,72,2176,8,272,184,68`,
  `${outlook},Outlook,iOS,900,7,8,9,10,800,6,7,8,9`,
  "",
].join("\n");

interface Open {
  readonly facade: Facade;
  /** Someone else. */
  readonly ada: InstallSummaryClient;
  readonly env: Readonly<Record<string, string>>;
}

async function open(): Promise<Open> {
  const facade = await createFacade();
  onTestFinished(() => facade.close());
  await facade.importReport(Readable.from([Buffer.from(report)]));
  const [token, adas] = await Promise.all([
    facade.issueToken({ user: "ben" }),
    facade.issueToken({ user: "Ada Byron" }),
  ]);
  const ada = createInstallSummaryClient({ baseUrl: `${facade.url}/beta`, token: () => adas });
  const env = {
    PATH: process.env["PATH"] ?? "",
    LANG: "C.UTF-8",
    TZ: "UTC",
    INSTALL_SUMMARY_URL: `${facade.url}/beta`,
    INSTALL_SUMMARY_TOKEN: token,
  };
  return { facade, ada, env };
}

async function openEditor({ env }: Open): Promise<Terminal> {
  const editor = openTerminal({
    command: process.execPath,
    args: [editorProgram],
    env,
    columns: 100,
    rows: 30,
  });
  onTestFinished(() => editor.close());
  await editor.shows("2 apps · by failed");
  // From here on it follows what is changed.
  await editor.shows("· live");
  return editor;
}

async function failedOf({ ada }: Open, appId = payroll): Promise<number> {
  return (await ada.get(appId)).summary.failedDeviceCount;
}

test("a person takes a change of someone else back from the history, and then takes that back", async () => {
  const place = await open();
  const editor = await openEditor(place);
  await place.ada.update(payroll, { failedDeviceCount: 8 });

  // The change comes by itself, and moves no row.
  await editor.shows(/live · Contoso Payroll.*failed devices 41 → 8 by Ada Byron/);
  await editor.shows(/▸ +Contoso Payroll +Andr +8 /);
  editor.type("h");
  await editor.shows(/Ada Byron +api +failed d +41 → +8 +−33 +1 → 2/);
  await editor.shows(/Taking \d\d:\d\d back would stage/);
  await editor.shows(/failed devices 8 → 41 +still as the change left it/);
  editor.type("u");
  await editor.shows("takes back version 2");
  expect(await failedOf(place)).toBe(8);
  editor.type("y");
  await editor.shows("1 sent");
  expect(await failedOf(place)).toBe(41);
  editor.type("u");
  await editor.shows("takes back version 3");
  editor.type("y");
  await editor.shows(/✓ Contoso Payroll · Android .*3 → 4/);
  expect(await failedOf(place)).toBe(8);
  const origins: string[] = [];
  for await (const { origin } of place.ada.changes({ appId: payroll })) origins.push(origin);
  expect(origins).toEqual(["import", "api", "undo", "undo"]);
});

test("what others change meanwhile moves edits that it leaves alone, and marks the others", async () => {
  const place = await open();
  const editor = await openEditor(place);
  editor.type("\u001b[C5\r");
  await editor.shows("1 staged");
  await place.ada.update(payroll, { pendingInstallUserCount: 270 });
  await editor.shows(/version 2 +● not sent/);
  await place.ada.update(payroll, { failedDeviceCount: 40 });
  await editor.shows("version 3 is there now");
  // What was typed stays.
  await editor.shows("41 → 5");
  editor.type("sy");
  await editor.shows("R reads them again");
  expect(await failedOf(place)).toBe(40);
});

test("history and undo as commands tell and take back what set has changed", async () => {
  const place = await open();
  const command = async (...args: readonly string[]): Promise<string> =>
    (await run(process.execPath, [editorProgram, ...args], { env: place.env })).stdout;
  await command("set", payroll, "failed=8", "--yes");
  expect(await command("history", "payroll", "--query", "[0].origin")).toBe("command\n");
  await command("undo", "payroll", "--yes");
  expect(await failedOf(place)).toBe(41);
  const changes: unknown = JSON.parse(await command("history", "payroll", "-o", "json"));
  expect(changes).toMatchObject([
    {
      version: 3,
      origin: "undo",
      mine: true,
      before: { failedDeviceCount: 8 },
      after: { failedDeviceCount: 41 },
    },
    { version: 2, origin: "command", mine: true },
    { version: 1, origin: "import", before: {} },
  ]);
  await place.ada.update(payroll, { failedDeviceCount: 40 });
  await expect(command("undo", "payroll", "3")).rejects.toMatchObject({ code: 5 });
  expect(await failedOf(place)).toBe(40);
});
