// pnpm dev: facade and editor from their sources; each starts again when its own change. Logs go to .data/facade.log.
import { callerFolder } from "@install-summary/command-line";
import { readSettings } from "@install-summary/facade";
import { watchBundle } from "@tooling/bundle/watch";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { startEditor, type EditorProcess } from "./editor-process.ts";
import { openLogFile } from "./log-file.ts";
import { onStop } from "./on-stop.ts";
import { developmentBuild, editorSource } from "./project.ts";
import { devCall } from "./start-call.ts";
import { watchFacade } from "./watched-facade.ts";

const editorName = "install-summary";
const folder = callerFolder(process.env, process.cwd());
const { data } = readSettings({ env: process.env, folder });
mkdirSync(data, { recursive: true, mode: 0o700 });

const { promise: ended, resolve: end } = Promise.withResolvers<number>();
let editor: EditorProcess | undefined;
onStop(["SIGINT", "SIGTERM", "SIGHUP"], (signal) => (editor === undefined ? end(0) : editor.end(signal)));

const facade = watchFacade(openLogFile(data));
try {
  process.exitCode = await develop(await facade.url);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await facade.end();
}

async function develop(url: string): Promise<number> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    process.stdout.write(`The facade is on ${url}/beta and starts again when its sources change.\n`);
    return ended;
  }
  let turn = Promise.resolve();
  const bundle = await watchBundle(editorSource, developmentBuild, editorName, (errors) => {
    turn = turn.then(() => replaceEditor(url, errors));
  });
  const code = await ended;
  await bundle.stop();
  return code === 130 ? 0 : code;
}

/** Ends the running editor, and starts the new one or says why it cannot be built. */
async function replaceEditor(url: string, errors: readonly string[]): Promise<void> {
  const old = editor;
  editor = undefined;
  old?.end("SIGTERM");
  await old?.ended;
  if (errors.length > 0) {
    process.stderr.write(`${errors.join("\n")}\nThe editor starts again once this is fixed. Ctrl-C ends.\n`);
    return;
  }
  const started = startEditor(
    join(developmentBuild, `${editorName}.js`),
    { url, authorityFile: authorityOf(url) },
    data,
    devCall(url, data),
  );
  editor = started;
  void started.ended.then((code) => {
    // The end of a replaced editor is not the end of the work.
    if (editor === started) end(code);
  });
}

/** The local authority's file of a facade that serves HTTPS in another process. */
function authorityOf(url: string): string | undefined {
  const file = join(data, "ca.pem");
  return url.startsWith("https:") && existsSync(file) ? file : undefined;
}
