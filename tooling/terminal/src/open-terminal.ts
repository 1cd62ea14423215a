import { spawn } from "@lydell/node-pty";
import { UnicodeGraphemesAddon } from "@xterm/addon-unicode-graphemes";
import xterm, { type Terminal as Emulator } from "@xterm/headless";
import { codePointWidths } from "./code-point-widths.ts";
import { ownHome } from "./own-home.ts";

/** Which program runs in the terminal, where, and how large that is. */
export interface TerminalOptions {
  readonly command: string;
  readonly args?: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  readonly folder?: string;
  /** Whether signs of several code points, such as flags, are drawn as one: by default they are. */
  readonly joinsSigns?: boolean;
  /**
   * The whole environment of the program; by default that of this process. Where it names no home but that of the person
   * who runs the tests, the program has an empty one.
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** How a program ended: its exit code, or the number of the signal that ended it. */
export interface Ending {
  readonly exitCode: number;
  readonly signal: number;
}

/** A program in a pseudo-terminal of its own, and what a person in front of it would see. */
export interface Terminal {
  readonly pid: number;
  /** The rows of the screen, without the blanks at their ends. */
  screen(): string;
  /** Resolves once the screen shows the text; fails with the screen after that many seconds. @default 30 */
  shows(text: string | RegExp, seconds?: number): Promise<void>;
  /** Resolves once the screen no longer shows the text. */
  hides(text: string | RegExp, seconds?: number): Promise<void>;
  /** Types keys as the terminal sends them: `"\r"` for Enter, `"\u001B"` for Esc. */
  type(keys: string): void;
  resize(columns: number, rows: number): void;
  signal(name: NodeJS.Signals): void;
  /** Resolves when the program has ended and all that it wrote is on the screen. */
  readonly ended: Promise<Ending>;
  /** Resolves when the program writes next. */
  nextOutput(): Promise<void>;
  /** Everything that the program has written, escape sequences included. */
  written(): string;
  /** The cells behind the screen, for what text does not tell: colours, the cursor, the alternate screen. */
  readonly emulator: Emulator;
  /** Ends the program if it still runs. */
  close(): Promise<void>;
}

/** Starts a program in a pseudo-terminal whose screen is kept by a terminal emulator without a window. */
export function openTerminal(options: TerminalOptions): Terminal {
  const {
    command,
    args = [],
    columns = 80,
    rows = 24,
    folder,
    joinsSigns = true,
    env = process.env,
  } = options;
  const emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1_000 });
  if (joinsSigns) emulator.loadAddon(new UnicodeGraphemesAddon());
  else {
    emulator.unicode.register(codePointWidths);
    emulator.unicode.activeVersion = codePointWidths.version;
  }
  const housed = ownHome(env);
  const program = spawn(command, [...args], {
    name: "xterm-256color",
    cols: columns,
    rows,
    env: { ...definedOf(housed.env), TERM: "xterm-256color" },
    ...(folder === undefined ? {} : { cwd: folder }),
  });
  let written = "";
  let running = true;
  program.onData((data) => {
    written += data;
    emulator.write(data);
  });
  // Programs ask the terminal things, such as where the cursor is, and wait for the answer.
  emulator.onData((answer) => {
    if (running) program.write(answer);
  });
  const ended = new Promise<Ending>((resolve) => {
    program.onExit(({ exitCode, signal = 0 }) => {
      running = false;
      housed.remove();
      emulator.write("", () => resolve({ exitCode, signal }));
    });
  });
  const screen = (): string => readScreen(emulator);
  const until = (holds: () => boolean, what: string, seconds: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const settle = (): boolean => {
        if (!holds()) return false;
        clearTimeout(timer);
        parsed.dispose();
        resolve();
        return true;
      };
      const parsed = emulator.onWriteParsed(settle);
      const give = (reason: string) => (): void => {
        if (settle()) return;
        clearTimeout(timer);
        parsed.dispose();
        reject(new Error(`${reason} the terminal did not ${what}. It shows:\n${screen()}`));
      };
      const timer = setTimeout(give(`After ${seconds} s`), seconds * 1_000);
      if (!settle()) void ended.then(give("When the program had ended,"));
    });
  return {
    pid: program.pid,
    screen,
    shows: (text, seconds = 30) => until(() => contains(screen(), text), `show ${String(text)}`, seconds),
    hides: (text, seconds = 30) => until(() => !contains(screen(), text), `hide ${String(text)}`, seconds),
    type: (keys) => program.write(keys),
    resize(nextColumns, nextRows) {
      emulator.resize(nextColumns, nextRows);
      program.resize(nextColumns, nextRows);
    },
    signal: (name) => program.kill(name),
    ended,
    nextOutput: () =>
      new Promise((resolve) => {
        const listening = program.onData(() => {
          listening.dispose();
          resolve();
        });
      }),
    written: () => written,
    emulator,
    async close() {
      if (running) program.kill("SIGKILL");
      await ended;
    },
  };
}

/** The pseudo-terminal would hand on a variable without a value as the word undefined. */
function definedOf(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function readScreen({ buffer, rows }: Emulator): string {
  const { active } = buffer;
  return Array.from(
    { length: rows },
    (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? "",
  )
    .join("\n")
    .trimEnd();
}

function contains(screen: string, text: string | RegExp): boolean {
  return typeof text === "string" ? screen.includes(text) : text.test(screen);
}
