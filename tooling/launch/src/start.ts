// pnpm start [--import FILE] [--port PORT] [--data DIR] [--https] [--no-editor]: the facade with a tenant to try, and on a terminal the editor on it.
import { callerFolder } from "@install-summary/command-line";
import { isGraphError } from "@install-summary/core";
import { createFacade, createLog, readSettings, UserError, type Facade } from "@install-summary/facade";
import { BuildError, buildEditor } from "./build-editor.ts";
import { startEditor } from "./editor-process.ts";
import { findExampleApp, firstSteps } from "./first-steps.ts";
import { describeCount, loadApps, openReport, type Loaded } from "./load-apps.ts";
import { logFileOf, openLogFile } from "./log-file.ts";
import { editorProgram } from "./project.ts";
import { parseArguments, type StartArguments } from "./parse-arguments.ts";
import { onStop } from "./on-stop.ts";
import { startCall } from "./start-call.ts";
import { waitForEnter } from "./wait-for-enter.ts";

try {
  const typed = parseArguments(process.argv.slice(2));
  if (typeof typed === "string") process.stdout.write(`${typed}\n`);
  else process.exitCode = await start(typed);
} catch (error) {
  process.exitCode = explain(error);
}

async function start({ importFile, options, editor }: StartArguments): Promise<number> {
  const folder = callerFolder(process.env, process.cwd());
  const settings = readSettings({ options, env: process.env, folder });
  if (settings.tenants.length > 0) throw onlyForTrying();
  await using report = await openReport(folder, importFile);
  const withEditor = editor && process.stdin.isTTY && process.stdout.isTTY;
  if (withEditor) await buildEditor();
  const { data } = settings;
  const log = createLog(settings, withEditor ? openLogFile(data) : process.stderr);
  let loaded: Loaded | undefined;
  const facade = await createFacade({
    settings,
    log,
    async prepare(unopened) {
      loaded = await loadApps(unopened, report, data);
      if (loaded === undefined) return;
      for (const line of [...loaded.rejectedLines, loaded.summary]) process.stderr.write(`${line}\n`);
    },
  });
  try {
    if (!withEditor) return await serve(facade, data);
    for (const line of loaded?.rejectedLines ?? []) log.warn({}, line);
    const rejected = loaded?.rejected ?? 0;
    return rejected === 0 || (await isRead(rejected, data)) ? await edit(facade, data) : 0;
  } finally {
    await facade.close();
  }
}

/** A facade with Entra ID has no tokens for the editor, nor a tenant for the sample. */
function onlyForTrying(): UserError {
  return new UserError(
    "start is for trying things out with development tokens, and tenants of Entra ID are set. " +
      "Unset INSTALL_SUMMARY_TENANTS, or serve with: npx -y pnpm@12 facade serve",
  );
}

/** Waits until the person has read the lines, which the editor would hide; false if they want to end instead. */
async function isRead(rejected: number, data: string): Promise<boolean> {
  // Before the person is asked: a key that comes at once counts.
  const entered = waitForEnter();
  process.stdout.write(
    `${describeCount(rejected)}; the lines above are also in ${logFileOf(data)}.\n` +
      "Press Enter to open the editor, Ctrl-C to end. ",
  );
  return entered;
}

async function edit(facade: Facade, data: string): Promise<number> {
  const editor = startEditor(editorProgram, facade, data, startCall(facade.url, data));
  let isStopped = false;
  const forget = onStop(["SIGINT", "SIGTERM", "SIGHUP"], (signal) => {
    editor.end(isStopped ? "SIGKILL" : signal);
    isStopped = true;
  });
  const code = await editor.ended;
  forget();
  // Ctrl-C ends the editor as well as q does.
  return isStopped || code === 130 ? 0 : code;
}

async function serve(facade: Facade, data: string): Promise<number> {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  const forget = onStop(["SIGINT", "SIGTERM", "SIGHUP"], () => stop());
  process.stdout.write(firstSteps(facade, data, await findExampleApp(facade)));
  await stopped;
  forget();
  return 0;
}

/** Reports what a person can fix in one line; any other error is a bug and shows its stack. */
function explain(error: unknown): number {
  if (error instanceof UserError) return fail(error.message, 2);
  if (isGraphError(error) && error.status < 500) return fail(`The file is refused: ${error.message}`, 6);
  if (error instanceof BuildError) return fail(`The editor could not be built.\n${error.message}`, 1);
  throw error;
}

function fail(message: string, exitCode: number): number {
  process.stderr.write(`start: ${message}\n`);
  return exitCode;
}
