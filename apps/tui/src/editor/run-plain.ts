import { exitCodes } from "@install-summary/command-line/errors";
import { createInterface } from "node:readline";
import { openSession, type EditorOptions } from "./start-session.ts";
import { isSettled } from "./plain/is-settled.ts";
import { answer, asksForYes, newsSince } from "./plain/answer.ts";
import { greeting } from "./plain/greeting.ts";
import { listNews, unreadExit } from "./plain/list-news.ts";
import { listen, type Heard } from "./plain/listen.ts";
import { obey } from "./plain/obey.ts";
import { firstTalk } from "./plain/reply.ts";
import { waitingLines } from "./plain/waiting-lines.ts";
import { counted } from "./view/counted.ts";
import { glyphsFor, glyphsInWords } from "./view/glyphs.ts";
import { ownSigns } from "./view/own-signs.ts";

/** Screens are not drawn; their size only decides how far a page goes. */
const size = { columns: 120, rows: 40 };

/**
 * Runs the editor with lines in place of screens until the person quits or the input ends, and gives the exit code. Each
 * line waits for what the one before has asked for, so that it can be a pipe.
 */
export async function runPlain(options: EditorOptions): Promise<number> {
  const { stdin, stdout, env } = options;
  const glyphs = glyphsInWords(env);
  const shown = glyphsFor(env);
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
  const say = (rows: readonly string[]): void => {
    for (const row of rows) stdout.write(`${ownSigns(row, shown)}\n`);
  };
  const input = createInterface({ input: stdin, terminal: false });
  // An error at the end is seen by the loop below; without a loop the listener keeps it from being an unhandled rejection.
  const listener = listen(store.subscribe, input[Symbol.asyncIterator](), ended);
  const isSettledNow = (): boolean => isSettled(store.state(), { soughtDrafts, isPipe: !stdin.isTTY });
  let listTold = store.state();
  const newsOfList = (): readonly string[] => {
    const rows = listNews(listTold, store.state(), glyphs);
    listTold = store.state();
    return rows;
  };

  /** Waits until nothing that was asked for is on its way. A person can stop a sending meanwhile. */
  async function settle(): Promise<void> {
    let stopped = false;
    let told = store.state();
    while (!isSettledNow()) {
      const canStop: boolean = stdin.isTTY && !stopped && store.state().screen.name === "sending";
      const line = await listener.orChange({ lines: canStop });
      if (line !== undefined && "exit" in line) return;
      if (line !== undefined && isStop(line)) {
        listener.take();
        store.dispatch({ kind: "key", key: "escape" });
      }
      stopped ||= line !== undefined;
      say(waitingLines(told, store.state(), glyphs));
      told = store.state();
      // What it ends with is said by what comes next.
      if (!isSettledNow() && !told.list.complete) say(newsOfList());
    }
  }

  /** Waits for the next line. A person hears meanwhile what becomes of the first reading, which is tried again by itself. */
  async function hear(): Promise<Heard> {
    for (;;) {
      if (listTold.list.complete) return listener.first({ lines: true });
      const heard = await listener.orChange({ lines: true });
      if (heard !== undefined) return heard;
      const rows = isSettledNow() ? newsOfList() : [];
      if (rows.length === 0) continue;
      // Below the prompt, or what is being typed.
      say(["", ...rows, ...newsSince(told, store.state(), talk, glyphs)]);
      told = store.state();
      prompt();
    }
  }

  let talk = firstTalk;
  let told = store.state();
  // After Ctrl-Z and fg the person is at the prompt again.
  const prompt = (): void => {
    if (stdin.isTTY) stdout.write("> ");
  };
  process.on("SIGCONT", prompt);

  session.read();
  session.follow();
  try {
    await settle();
    say(greeting(store.state(), glyphs));
    told = store.state();
    listTold = told;
    for (;;) {
      prompt();
      const line = await hear();
      if ("exit" in line) return line.exit;
      const before = store.state();
      say(newsSince(told, before, talk, glyphs));
      const reply = obey(store, line.done === true ? "quit" : line.value, talk);
      if (line.done !== true) listener.take();
      talk = reply.talk;
      await settle();
      // What was typed before a person has seen a question is no reply; the lines of a pipe are.
      const isUnseen = stdin.isTTY && asksForYes(store.state(), reply);
      const dropped = isUnseen ? await listener.drop() : 0;
      told = store.state();
      say(answer(before, told, reply, glyphs, [...newsOfList(), ...droppedText(dropped)]));
      // The input has ended, and with it every reply.
      if (line.done === true && store.state().question !== undefined) return exitCodes.usage;
      // Quitting is an effect, whose end comes in the next turn.
      const quit = await Promise.race([ended, Promise.resolve(undefined)]);
      if (quit !== undefined) return stdin.isTTY ? quit.exit : (unreadExit(told) ?? quit.exit);
    }
  } finally {
    process.off("SIGCONT", prompt);
    listener.close();
    input.close();
    const rows = await session.close();
    say(rows.length === 0 ? ["Nothing staged. Goodbye."] : rows);
  }
}

function droppedText(lines: number): readonly string[] {
  return lines === 0 ? [] : [`Dropped: ${counted(lines, "line")} typed before this was asked.`];
}

function isStop(line: IteratorResult<string, unknown>): boolean {
  return line.done !== true && /^(?:stop|esc|escape|back)$/i.test(line.value.trim());
}
