import { programCall } from "@install-summary/command-line";
import { exitCodes } from "@install-summary/command-line/errors";
import { randomChangeId } from "@install-summary/core/client";
import { readVariable } from "@install-summary/command-line/variables";
import type { CallSettings } from "../config/call-settings.ts";
import { ownSignsFor } from "@install-summary/command-line/text";
import { draftsFolder } from "../changes/drafts/drafts-folder.ts";
import { openDraftFolder } from "../changes/drafts/draft-folder.ts";
import { createDraftKeeper } from "../changes/drafts/draft-keeper.ts";
import type { SignIn } from "../server/sign-in.ts";
import { shellOf } from "../words/shell-text.ts";
import { tenantOf } from "../server/token-tenant.ts";
import { createEditorStore, timesNow, type EditorStore } from "./editor-store.ts";
import { initialState } from "./model/editor-state.ts";
import type { Happening } from "./model/event.ts";
import type { Size } from "./model/layout.ts";
import { createEffectRunner, type EditorClient, type TerminalActions } from "./run-effects.ts";
import type { Glyphs } from "./view/glyphs.ts";
import { keptLines } from "./view/kept-lines.ts";
import { unconfirmedLines } from "./view/unconfirmed-lines.ts";

/** What the editor works on. */
export interface EditorOptions {
  readonly client: EditorClient;
  readonly signIn: SignIn;
  /** Ends what is on its way when the editor ends, a token that it waits for too. */
  readonly stop: AbortController;
  /** The base URL that the client has, to show. */
  readonly baseUrl: string;
  /** The file of an authority that the client was told to trust, for the commands that are shown. */
  readonly authorityFile: string | undefined;
  /** What the commands that are shown say of the settings. */
  readonly settings: CallSettings;
  /** Whether the client refuses every change. */
  readonly isReadOnly: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
}

/** An editor that runs, however it is shown. */
export interface EditorSession {
  readonly store: EditorStore;
  /** Resolves to the exit code when the person quits, or a signal ends it; rejects with an error that was not caught. */
  readonly ended: Promise<number>;
  readonly fail: (error: unknown) => void;
  /** Begins to read the list. */
  read(): void;
  /** Begins to follow what others change, from a little before now: what they changed since the list was read is told too. */
  follow(): void;
  /** Ends everything, and gives the lines that the shell is told: what was not confirmed, and which drafts are kept. */
  close(): Promise<readonly string[]>;
}

/** How a session is shown, and what it does to the terminal. */
export interface SessionView {
  readonly size: Size;
  readonly glyphs: Glyphs;
  readonly terminal: Omit<TerminalActions, "quit">;
  /** Is told what happens, before the editor is. */
  readonly watch?: (happening: Happening) => void;
}

/** How long a person sees nothing while drafts are put on disk, in milliseconds. */
const patience = 1000;
const waitingForDisk = "Waiting 5 s for the disk: it has not kept all drafts yet.";
/** Signals that end the editor, and the exit codes that shells give them. */
const endings = {
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
  SIGHUP: exitCodes.hangup,
} as const;

/** Makes an editor with its drafts and its server. It listens for what ends it until it is closed. */
export function openSession(
  { client, signIn, stop, baseUrl, authorityFile, settings, isReadOnly, env, stdout }: EditorOptions,
  { size, glyphs, terminal, watch }: SessionView,
): EditorSession {
  const end = Promise.withResolvers<number>();
  const sessionId = randomChangeId();
  const report = (happening: Happening): void => {
    watch?.(happening);
    store.dispatch(happening);
  };
  const drafts = createDraftKeeper(async () => {
    const place = { url: baseUrl.replace(/\/$/, ""), tenant: tenantOf(await signIn.token()) };
    return openDraftFolder(await draftsFolder(), place, sessionId);
  }, report);
  const run = createEffectRunner({
    client,
    signIn,
    signal: stop.signal,
    drafts,
    report,
    terminal: { ...terminal, quit: (exitCode) => end.resolve(exitCode) },
  });
  const place = {
    baseUrl,
    authorityFile,
    settings,
    isReadOnly,
    program: programCall(env, "install-summary"),
    shell: shellOf(env),
    facadeProgram: programCall(env, "install-summary-facade"),
    startCall: readVariable(env, "INSTALL_SUMMARY_START"),
    sessionId,
    tokenSource: signIn.source,
  };
  const first = initialState(place, size, timesNow());
  const store: EditorStore = createEditorStore(first, run, glyphs);
  const undoListeners = onEndings(end.resolve, end.reject);
  return {
    store,
    ended: end.promise,
    fail: end.reject,
    read: () => run({ kind: "loadPages", generation: first.list.generation }),
    follow: () => run({ kind: "follow" }),
    async close() {
      store.close();
      stop.abort();
      const told = setTimeout(() => stdout.write(`${waitingForDisk}\n`), patience);
      const unwritten = await drafts.close();
      clearTimeout(told);
      undoListeners();
      // A signal asks no question: what may have been applied is told all the same.
      const rows = [
        ...unconfirmedLines(store.state()),
        ...keptLines(store.state(), unwritten, drafts.stale()),
      ];
      return rows.map(ownSignsFor(env));
    },
  };
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
