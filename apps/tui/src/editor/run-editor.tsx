import { ownSignsFor } from "@install-summary/command-line/text";
import { exitCodes } from "@install-summary/command-line/errors";
import { randomUUID } from "node:crypto";
import { render, useApp, type SuspendTerminal } from "ink";
import { useEffect, useSyncExternalStore } from "react";
import type { SignIn } from "../server/sign-in.ts";
import { tenantOf } from "../server/token-tenant.ts";
import { draftsFolder } from "../changes/drafts/data-folder.ts";
import { openDraftFolder } from "../changes/drafts/draft-folder.ts";
import { createDraftKeeper } from "../changes/drafts/draft-keeper.ts";
import { programCall } from "@install-summary/command-line";
import { Keyboard } from "./ink/keyboard.tsx";
import { withMarkedPastes } from "./ink/marked-pastes.ts";
import { ThemeContext, type Theme } from "./ink/theme.ts";
import { createEditorStore, type EditorStore } from "./editor-store.ts";
import { createEffectRunner, type EditorClient } from "./run-effects.ts";
import { Editor } from "./ink/screens/editor-screen.tsx";
import { initialState } from "./model/editor-state.ts";
import { copyToClipboard, setAutowrap, suspendProcess } from "./terminal-control.ts";
import { keptLines } from "./view/kept-lines.ts";
import { unconfirmedLines } from "./view/unconfirmed-lines.ts";
import { glyphsFor } from "./view/glyphs.ts";

/** What the editor works on. */
export interface EditorOptions {
  readonly client: EditorClient;
  readonly signIn: SignIn;
  /** The base URL that the client has, to show. */
  readonly baseUrl: string;
  /** The file of an authority that the client was told to trust, for the commands that are shown. */
  readonly authorityFile: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
}

/** Signals that end the editor, and the exit codes that shells give them. */
const endings = {
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
  SIGHUP: exitCodes.hangup,
} as const;

/**
 * Runs the editor until the person quits, and gives the exit code. The terminal is as it was then, also after an
 * error, which is thrown only once it can be read.
 */
export async function runEditor({
  client,
  signIn,
  baseUrl,
  authorityFile,
  env,
  stdin,
  stdout,
}: EditorOptions): Promise<number> {
  const end = Promise.withResolvers<number>();
  const stop = new AbortController();
  let suspendTerminal: SuspendTerminal | undefined;
  let left: Promise<unknown> = Promise.resolve();
  // One after the other, since Ink cannot leave twice: the keys for it may come in one read.
  const leaveFor = (task: () => void): void => {
    const leave = (): Promise<void> | undefined =>
      suspendTerminal?.(() => {
        setAutowrap(stdout, true);
        task();
        setAutowrap(stdout, false);
      });
    left = left.then(leave).catch(end.reject);
  };

  const sessionId = randomUUID();
  const drafts = createDraftKeeper(
    async () => {
      const place = { url: baseUrl.replace(/\/$/, ""), tenant: tenantOf(await signIn.token()) };
      return openDraftFolder(await draftsFolder(), place, sessionId);
    },
    (news) => store.dispatch(news),
  );
  const run = createEffectRunner({
    client,
    signIn,
    signal: stop.signal,
    drafts,
    report: (happening) => store.dispatch(happening),
    terminal: {
      copy: (text) => copyToClipboard(stdout, text),
      suspend: () => leaveFor(suspendProcess),
      redraw: () => leaveFor(() => {}),
      quit: (exitCode) => end.resolve(exitCode),
    },
  });
  const place = {
    baseUrl,
    authorityFile,
    program: programCall(env, "install-summary"),
    facadeProgram: programCall(env, "install-summary-facade"),
    sessionId,
    tokenSource: signIn.source,
  };
  const first = initialState(place, sizeOf(stdout), Date.now());
  const glyphs = glyphsFor(env);
  const store: EditorStore = createEditorStore(first, run, glyphs);

  // Before Ink listens, so that it never draws the old layout on the new size.
  const resized = (): void => store.dispatch({ kind: "resized", size: sizeOf(stdout) });
  stdout.on("resize", resized);
  const undoListeners = onEndings(end.resolve, end.reject);
  setAutowrap(stdout, false);
  const theme: Theme = { glyphs, colours: (env["NO_COLOR"] ?? "") === "" };
  const screen = render(
    <ThemeContext value={theme}>
      <App store={store} onReady={(suspend) => (suspendTerminal = suspend)} />
    </ThemeContext>,
    {
      stdin: withMarkedPastes(stdin),
      stdout,
      alternateScreen: true,
      incrementalRendering: true,
      interactive: true,
      exitOnCtrlC: false,
    },
  );
  screen.waitUntilExit().catch(end.reject);
  run({ kind: "loadPages", generation: first.list.generation });
  run({ kind: "follow" });
  try {
    return await end.promise;
  } finally {
    store.close();
    stop.abort();
    setAutowrap(stdout, true);
    screen.unmount();
    await screen.waitUntilExit().catch(() => {});
    const unwritten = await drafts.close();
    stdout.off("resize", resized);
    undoListeners();
    // A signal asks no question: what may have been applied is told all the same.
    const signs = ownSignsFor(env);
    const rows = [...unconfirmedLines(store.state()), ...keptLines(store.state(), unwritten)];
    for (const row of rows) stdout.write(`${signs(row)}\n`);
  }
}

function App({
  store,
  onReady,
}: {
  readonly store: EditorStore;
  readonly onReady: (suspendTerminal: SuspendTerminal) => void;
}): React.ReactNode {
  const state = useSyncExternalStore(store.subscribe, store.state);
  const { suspendTerminal } = useApp();
  useEffect(() => onReady(suspendTerminal), [onReady, suspendTerminal]);
  return (
    <>
      <Keyboard dispatch={store.dispatch} />
      <Editor state={state} />
    </>
  );
}

function sizeOf({ columns, rows }: NodeJS.WriteStream): { readonly columns: number; readonly rows: number } {
  return { columns, rows };
}

/** Listens for what ends the editor from outside; gives what stops listening. */
function onEndings(ended: (exitCode: number) => void, failed: (error: unknown) => void): () => void {
  const listeners = Object.entries(endings).map(
    ([signal, exitCode]) => [signal, () => ended(exitCode)] as const,
  );
  for (const [signal, listener] of listeners) process.on(signal, listener);
  process.on("uncaughtException", failed);
  process.on("unhandledRejection", failed);
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
    process.off("uncaughtException", failed);
    process.off("unhandledRejection", failed);
  };
}
