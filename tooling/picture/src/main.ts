// node --conditions=@install-summary/source src/main.ts FOLDER: the editor at work on the sample tenant, as SVGs: editor.svg,
// conflict.svg and history.svg. The same program gives the same editor.svg; the other two show the time at which they were made.
import { createFacade, openReportFile } from "@install-summary/facade";
import { openTerminal } from "@tooling/terminal";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { buildEditor } from "@tooling/launch/build-editor";
import { screenSvg } from "./screen-svg.ts";
import { editorProgram, sampleTenant } from "@tooling/launch/project";

const right = "\u001B[C";
const down = "\u001B[B";
const escape = "\u001B";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: main.ts FOLDER");

await buildEditor();
await using sample = await openReportFile(sampleTenant);
const facade = await createFacade({
  // The screen shows the port.
  settings: { port: 8420 },
  prepare: async (unopened) => {
    await unopened.importReport(Readable.toWeb(sample.createReadStream({ autoClose: false })));
  },
});
const data = await mkdtemp(join(tmpdir(), "install-summary-picture-"));
const run = promisify(execFile);
const environment = {
  PATH: process.env["PATH"] ?? "",
  LANG: "C.UTF-8",
  INSTALL_SUMMARY_URL: `${facade.url}/beta`,
  INSTALL_SUMMARY_TOKEN: await facade.issueToken(),
};
const editor = openTerminal({
  command: process.execPath,
  args: [editorProgram],
  columns: 98,
  rows: 27,
  env: {
    ...environment,
    XDG_DATA_HOME: data,
    LOCALAPPDATA: data,
  },
});
try {
  await editor.shows("200 apps · by failed");
  editor.type("/payroll\r");
  await editor.shows("Contoso · Android · version 1");
  editor.type(right);
  await editor.shows("Devices on which installing the app failed.");
  editor.type("8\r");
  await editor.shows("1 staged");
  // Back to the whole list; up, down and up again, so that apps stand above and below; to one more counter.
  editor.type(escape);
  await editor.shows("→ edit");
  editor.type(escape);
  await editor.shows("200 apps · by failed");
  editor.type(`${"k".repeat(8)}${"j".repeat(16)}${"k".repeat(8)}${right}${down}${down}${down}${right}`);
  await editor.shows("install the app and none that failed.");
  editor.type("-2");
  await editor.shows("stage and down");
  await keep(folder, "editor");
  // Someone else is faster, and leaves a history.
  editor.type("\r");
  await editor.shows("272 → 270 ●");
  await change("Ada Byron", "failed=18", "users.pending=275");
  await change("Ada Byron", "installed=2082", "failed=14");
  await editor.shows("version 3");
  editor.type("R");
  await editor.shows("Someone else");
  await keep(folder, "conflict");
  editor.type("m\r");
  await editor.shows("y send 1");
  editor.type("y");
  await editor.shows("1 sent");
  editor.type("h");
  await editor.shows("Taking");
  await editor.shows("30 days");
  await keep(folder, "history");
} finally {
  await editor.close();
  await facade.close();
  await rm(data, { recursive: true, force: true });
}

async function keep(into: string, name: string): Promise<void> {
  await writeFile(join(into, `${name}.svg`), screenSvg(editor.emulator, "Install Summary"));
  process.stdout.write(`${editor.screen()}\n\n`);
}

/** Another person changes the same app, with the command. */
async function change(user: string, ...counters: readonly string[]): Promise<void> {
  const env = { ...environment, INSTALL_SUMMARY_TOKEN: await facade.issueToken({ user }) };
  await run(process.execPath, [editorProgram, "set", "06a792e9", ...counters, "--yes"], { env });
}
