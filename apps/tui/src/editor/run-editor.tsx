import { render, useApp, type SuspendTerminal } from "ink";
import { setTimeout } from "node:timers/promises";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { Keyboard } from "./ink/keyboard.tsx";
import { withMarkedPastes } from "./ink/marked-pastes.ts";
import { ThemeContext } from "./ink/theme.ts";
import { askWidths } from "./ask-widths.ts";
import type { EditorStore } from "./editor-store.ts";
import { Editor } from "./ink/screens/editor-screen.tsx";
import { openSession, type EditorOptions, type EditorSession } from "./start-session.ts";
import { copyToClipboard, setAutowrap, suspendProcess } from "./terminal-control.ts";
import { glyphsDrawn, glyphsFor } from "./view/glyphs.ts";

/**
 * Runs the editor until the person quits, and gives the exit code. The terminal is as it was then, also after an
 * error, which is thrown only once it can be read.
 */
export async function runEditor(options: EditorOptions & { readonly isSpoken?: boolean }): Promise<number> {
  const { env, stdin, stdout, isSpoken = false } = options;
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
    left = left.then(leave).catch(session.fail);
  };
  const glyphs = glyphsFor(env);
  const session: EditorSession = openSession(options, {
    size: sizeOf(stdout),
    glyphs,
    terminal: {
      copy: (text) => copyToClipboard(stdout, text, env),
      suspend: () => leaveFor(suspendProcess),
      redraw: () => leaveFor(() => {}),
    },
  });
  const { store } = session;

  // Before Ink listens, so that it never draws the old layout on the new size.
  const resized = (): void => store.dispatch({ kind: "resized", size: sizeOf(stdout) });
  stdout.on("resize", resized);
  setAutowrap(stdout, false);
  const asks = !isSpoken && glyphs.joining !== undefined;
  const quiet = asks ? askWidths(stdin, stdout, (drawing) => store.show(glyphsDrawn(drawing))) : undefined;
  const colours = (env["NO_COLOR"] ?? "") === "";
  const screen = render(
    <App store={store} colours={colours} onReady={(suspend) => (suspendTerminal = suspend)} />,
    {
      stdin: withMarkedPastes(quiet?.input ?? stdin),
      stdout,
      // A screen reader follows what is added at the end of the output.
      alternateScreen: !isSpoken,
      incrementalRendering: !isSpoken,
      isScreenReaderEnabled: isSpoken,
      interactive: true,
      exitOnCtrlC: false,
    },
  );
  screen.waitUntilExit().catch(session.fail);
  session.start();
  try {
    return await session.ended;
  } finally {
    store.close();
    // What the terminal still reports is not for the shell.
    await Promise.race([quiet?.settled, setTimeout(lastReports)]);
    setAutowrap(stdout, true);
    screen.unmount();
    await screen.waitUntilExit().catch(() => {});
    const rows = await session.close();
    stdout.off("resize", resized);
    for (const row of rows) stdout.write(`${row}\n`);
  }
}

/** How long the end waits for reports that are on their way, in milliseconds. */
const lastReports = 100;

function App({
  store,
  colours,
  onReady,
}: {
  readonly store: EditorStore;
  readonly colours: boolean;
  readonly onReady: (suspendTerminal: SuspendTerminal) => void;
}): React.ReactNode {
  const state = useSyncExternalStore(store.subscribe, store.state);
  const glyphs = useSyncExternalStore(store.subscribe, store.glyphs);
  const theme = useMemo(() => ({ glyphs, colours }), [glyphs, colours]);
  const { suspendTerminal } = useApp();
  useEffect(() => onReady(suspendTerminal), [onReady, suspendTerminal]);
  return (
    <ThemeContext value={theme}>
      <Keyboard dispatch={store.dispatch} />
      <Editor state={state} />
    </ThemeContext>
  );
}

function sizeOf({ columns, rows }: NodeJS.WriteStream): { readonly columns: number; readonly rows: number } {
  return { columns, rows };
}
