// node --conditions=@install-summary/source src/main.ts FILE: the editor at work on the sample tenant, as an SVG.
// The same program gives the same picture, so the committed one changes only when the editor does.
import { createFacade, openReportFile } from "@install-summary/facade";
import { openTerminal } from "@tooling/terminal";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buildEditor } from "@tooling/launch/build-editor";
import { screenSvg } from "./screen-svg.ts";
import { editorProgram, sampleTenant } from "@tooling/launch/project";

const right = "\u001B[C";
const down = "\u001B[B";
const escape = "\u001B";

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("usage: main.ts FILE");

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
const editor = openTerminal({
  command: process.execPath,
  args: [editorProgram],
  columns: 98,
  rows: 27,
  env: {
    PATH: process.env["PATH"],
    LANG: "C.UTF-8",
    // What it leaves staged is not a draft of the person who runs it.
    XDG_DATA_HOME: data,
    LOCALAPPDATA: data,
    INSTALL_SUMMARY_URL: `${facade.url}/beta`,
    INSTALL_SUMMARY_TOKEN: await facade.issueToken(),
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
  await writeFile(file, screenSvg(editor.emulator, "Install Summary"));
  process.stdout.write(`${editor.screen()}\n`);
} finally {
  await editor.close();
  await facade.close();
  await rm(data, { recursive: true, force: true });
}
