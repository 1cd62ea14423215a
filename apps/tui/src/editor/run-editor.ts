import { setTimeout as pause } from "node:timers/promises";
import { askWidths } from "./ask-widths.ts";
import { collectTyped } from "./collect-typed.ts";
import type { EditorScreen } from "./draw-editor.tsx";
import type { EditorStore } from "./editor-store.ts";
import { openSession, type EditorOptions, type EditorSession } from "./start-session.ts";
import { copyToClipboard, setAutowrap, suspendProcess } from "./terminal-control.ts";
import { glyphsDrawn, glyphsFor, glyphsSpoken } from "./view/glyphs.ts";

/** How long the first frame waits for the first page, so that most people see the list at once, in milliseconds. */
const maxFirstWait = 100;

/**
 * Runs the editor until the person quits, and gives the exit code. The terminal is as it was then, also after an
 * error, which is thrown only once it can be read.
 */
export async function runEditor(options: EditorOptions & { readonly isSpoken?: boolean }): Promise<number> {
  const { env, stdin, stdout, isSpoken = false } = options;
  let screen: EditorScreen | undefined;
  let quiet: ReturnType<typeof askWidths> | undefined;
  let left: Promise<unknown> = Promise.resolve();
  // One after the other, since Ink cannot leave twice: the keys for it may come in one read.
  const leaveFor = (task: () => void): void => {
    const leave = (): Promise<void> | undefined =>
      screen?.leave(() => {
        setAutowrap(stdout, true);
        task();
        setAutowrap(stdout, false);
      });
    left = left.then(leave).catch(session.fail);
  };
  const glyphs = isSpoken ? glyphsSpoken(env) : glyphsFor(env);
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
  const typed = collectTyped(stdin);
  try {
    session.read();
    // The server works on the first page while Ink is loaded, which takes longer than all the rest of the start.
    const { drawEditor } = await import("./draw-editor.tsx");
    await Promise.race([firstNews(store), session.ended, pause(maxFirstWait)]);
    setAutowrap(stdout, false);
    const isTyped = await typed.handOn();
    const asks = !isSpoken && glyphs.joining !== undefined;
    quiet = asks ? askWidths(stdin, stdout, (drawn) => store.show(glyphsDrawn(drawn))) : undefined;
    screen = drawEditor({ store, stdin: quiet?.input ?? stdin, isTyped, stdout, env, isSpoken });
    screen.ended.catch(session.fail);
    session.follow();
    return await session.ended;
  } finally {
    store.close();
    // What the terminal still reports is not for the shell.
    await Promise.race([quiet?.settled, pause(lastReports)]);
    setAutowrap(stdout, true);
    await screen?.close();
    // Ink has given the keys back, where it came to that.
    if (screen === undefined) typed.end();
    // Its last row is the last one of the output, and has no end.
    if (isSpoken) stdout.write("\n");
    const rows = await session.close();
    stdout.off("resize", resized);
    for (const row of rows) stdout.write(`${row}\n`);
  }
}

/** How long the end waits for reports that are on their way, in milliseconds. */
const lastReports = 100;

/** Resolves once there is more to show than that the editor connects. */
function firstNews(store: EditorStore): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = store.subscribe(() => {
      if (store.state().link.kind === "connecting") return;
      unsubscribe();
      resolve();
    });
  });
}

function sizeOf({ columns, rows }: NodeJS.WriteStream): { readonly columns: number; readonly rows: number } {
  return { columns, rows };
}
