import { render, useApp, type SuspendTerminal } from "ink";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { EditorStore } from "./editor-store.ts";
import { withFirstRead } from "./ink/first-read.ts";
import { Keyboard } from "./ink/keyboard.tsx";
import { Editor } from "./ink/screens/editor-screen.tsx";
import { ThemeContext } from "./ink/theme.ts";
import { withWholePastes } from "./ink/whole-pastes.ts";

/** Where the state and the signs to draw come from, and keys go to. */
export type DrawnStore = Pick<EditorStore, "state" | "glyphs" | "subscribe" | "dispatch">;

/** What is drawn, and where. */
export interface DrawingOptions {
  readonly store: DrawnStore;
  readonly stdin: NodeJS.ReadStream;
  /** Whether something was typed already. */
  readonly isTyped?: boolean;
  readonly stdout: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
  /** A screen reader follows what is added at the end of the output. */
  readonly isSpoken: boolean;
}

/** The editor on the screen. */
export interface EditorScreen {
  /** Rejects with an error in drawing. */
  readonly ended: Promise<unknown>;
  /** Gives the terminal back while a task runs, and draws anew after that. */
  leave(task: () => void): Promise<void> | undefined;
  /** Leaves the terminal as it was. */
  close(): Promise<void>;
}

/** Draws the editor, now and after each change, and hands it what is typed. */
export function drawEditor({
  store,
  stdin,
  isTyped = false,
  stdout,
  env,
  isSpoken,
}: DrawingOptions): EditorScreen {
  let suspendTerminal: SuspendTerminal | undefined;
  let isAhead = false;
  const input = withFirstRead(stdin, isTyped, (isFirst) => (isAhead = isFirst));
  const press = (key: string): void => store.dispatch({ kind: "key", key, isAhead });
  const paste = (text: string): void => store.dispatch({ kind: "paste", text });
  const colours = (env["NO_COLOR"] ?? "") === "";
  const screen = render(
    <App
      store={store}
      press={press}
      paste={paste}
      colours={colours}
      onReady={(suspend) => (suspendTerminal = suspend)}
    />,
    {
      stdin: withWholePastes(input, (kind) => store.dispatch({ kind })),
      stdout,
      alternateScreen: !isSpoken,
      incrementalRendering: !isSpoken,
      isScreenReaderEnabled: isSpoken,
      interactive: true,
      exitOnCtrlC: false,
    },
  );
  return {
    ended: screen.waitUntilExit(),
    leave: (task) => suspendTerminal?.(task),
    async close() {
      screen.unmount();
      await screen.waitUntilExit().catch(() => {});
    },
  };
}

function App({
  store,
  press,
  paste,
  colours,
  onReady,
}: {
  readonly store: DrawnStore;
  readonly press: (key: string) => void;
  readonly paste: (text: string) => void;
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
      <Keyboard press={press} paste={paste} />
      <Editor state={state} />
    </ThemeContext>
  );
}
