import { render, useApp, type SuspendTerminal } from "ink";
import { useEffect, useSyncExternalStore } from "react";
import { Keyboard } from "./ink/keyboard.tsx";
import { withMarkedPastes } from "./ink/marked-pastes.ts";
import { ThemeContext, type Theme } from "./ink/theme.ts";
import type { EditorStore } from "./editor-store.ts";
import { Editor } from "./ink/screens/editor-screen.tsx";
import { openSession, type EditorOptions, type EditorSession } from "./start-session.ts";
import { copyToClipboard, setAutowrap, suspendProcess } from "./terminal-control.ts";
import { glyphsFor } from "./view/glyphs.ts";

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
  const theme: Theme = { glyphs, colours: (env["NO_COLOR"] ?? "") === "" };
  const screen = render(
    <ThemeContext value={theme}>
      <App store={store} onReady={(suspend) => (suspendTerminal = suspend)} />
    </ThemeContext>,
    {
      stdin: withMarkedPastes(stdin),
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
    setAutowrap(stdout, true);
    screen.unmount();
    await screen.waitUntilExit().catch(() => {});
    const rows = await session.close();
    stdout.off("resize", resized);
    for (const row of rows) stdout.write(`${row}\n`);
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
