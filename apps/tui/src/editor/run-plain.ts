import { exitCodes } from "@install-summary/command-line/errors";
import { createInterface } from "node:readline";
import { openSession, type EditorOptions } from "./start-session.ts";
import { isSettled } from "./plain/is-settled.ts";
import { answer, newsSince } from "./plain/answer.ts";
import { greeting } from "./plain/greeting.ts";
import { obey } from "./plain/obey.ts";
import { firstPages, type Talk } from "./plain/reply.ts";
import { waitingLines } from "./plain/waiting-lines.ts";
import { glyphsFor } from "./view/glyphs.ts";

/** Screens are not drawn; their size only decides how far a page goes. */
const size = { columns: 120, rows: 40 };

/** The next line of the input, its end, or the end of the editor. */
type Heard = IteratorResult<string, unknown> | { readonly exit: number };

/**
 * Runs the editor with lines in place of screens until the person quits or the input ends, and gives the exit code. Each
 * line waits for what the one before has asked for, so that it can be a pipe.
 */
export async function runPlain(options: EditorOptions): Promise<number> {
  const { stdin, stdout, env } = options;
  const glyphs = glyphsFor(env);
  let soughtDrafts = false;
  const session = openSession(options, {
    size,
    glyphs,
    // Ctrl-Z is the terminal's own here, and what is copied is said.
    terminal: { copy() {}, suspend() {}, redraw() {} },
    watch({ kind }) {
      soughtDrafts ||= kind === "draftsFound" || kind === "draftsFailed";
    },
  });
  const { store } = session;
  const unread = Promise.withResolvers<number>();
  // As after `head`: to say more is of no use. Drafts are kept, and an error that is one is told at the end.
  stdout.once("error", () => unread.resolve(exitCodes.done));
  const ended = Promise.race([session.ended, unread.promise]).then((exit) => ({ exit }));
  // The loop below sees it; without a loop it is no unhandled rejection.
  ended.catch(() => {});
  const say = (rows: readonly string[]): void => {
    for (const row of rows) stdout.write(`${row}\n`);
  };
  const input = createInterface({ input: stdin, terminal: false });
  const lines = input[Symbol.asyncIterator]();
  let next = lines.next();

  /** Waits until nothing that was asked for is on its way. A person can stop a sending meanwhile. */
  async function settle(): Promise<void> {
    let stopped = false;
    let told = store.state();
    while (!isSettled(store.state(), soughtDrafts)) {
      const changed = Promise.withResolvers<undefined>();
      const unsubscribe = store.subscribe(() => changed.resolve(undefined));
      const canStop: boolean = stdin.isTTY && !stopped && store.state().screen.name === "sending";
      const line: Heard | undefined = await Promise.race([
        changed.promise,
        ended,
        ...(canStop ? [next] : []),
      ]).finally(unsubscribe);
      if (line !== undefined && "exit" in line) return;
      if (line !== undefined && isStop(line)) {
        next = lines.next();
        store.dispatch({ kind: "key", key: "escape" });
      }
      stopped ||= line !== undefined;
      say(waitingLines(told, store.state(), glyphs));
      told = store.state();
    }
  }

  // After Ctrl-Z and fg the person is at the prompt again.
  const prompt = (): void => {
    if (stdin.isTTY) stdout.write("> ");
  };
  process.on("SIGCONT", prompt);

  let talk: Talk = { ...firstPages, asksToSend: false };
  session.read();
  session.follow();
  try {
    await settle();
    say(greeting(store.state(), glyphs));
    let told = store.state();
    for (;;) {
      prompt();
      const line: Heard = await Promise.race([next, ended]);
      if ("exit" in line) return line.exit;
      const before = store.state();
      say(newsSince(told, before, talk, glyphs));
      const reply = obey(store, line.done === true ? "quit" : line.value, talk);
      if (line.done !== true) next = lines.next();
      talk = reply.talk;
      await settle();
      told = store.state();
      say(answer(before, told, reply, glyphs));
      // The input has ended, and with it every reply.
      if (line.done === true && store.state().question !== undefined) return exitCodes.usage;
      // Quitting is an effect, whose end comes in the next turn.
      const quit = await Promise.race([ended, Promise.resolve(undefined)]);
      if (quit !== undefined) return quit.exit;
    }
  } finally {
    process.off("SIGCONT", prompt);
    input.close();
    const rows = await session.close();
    say(rows.length === 0 ? ["Nothing staged. Goodbye."] : rows);
  }
}

function isStop(line: IteratorResult<string, unknown>): boolean {
  return line.done !== true && /^(?:stop|esc|escape|back)$/i.test(line.value.trim());
}
