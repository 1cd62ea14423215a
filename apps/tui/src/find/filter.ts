import { parseTest, type Test, type TestReading } from "./parse-test.ts";
import { splitTokens, type Token } from "./split-tokens.ts";
import { foldText } from "../text/fold-text.ts";
import type { KnownApp } from "../words/known-app.ts";

/** What the text of a filter asks for. An app has to pass all of it. */
export interface Filter {
  /** Words that are looked for letter by letter: the best match comes first. */
  readonly words: string;
  /** Texts that are in the name, the publisher or the id as they are: those in quotes. */
  readonly phrases: readonly string[];
  readonly tests: readonly Test[];
  /** Tests whose value is still to come, as they were typed. They leave nothing out. */
  readonly unfinished: readonly string[];
  /** What looks like a test and is not one. It is searched for as text. */
  readonly mistakes: readonly Mistake[];
}

/** A part of a filter that is probably not meant as it is. */
export interface Mistake {
  /** As it was typed. */
  readonly typed: string;
  /** Why it is no test, in a sentence. */
  readonly why: string;
}

/**
 * What a person is told about the parts of a filter that do something else than they look like: one that is searched for as
 * text and, once nothing more is typed, a test without its value.
 */
export function filterFaults({ mistakes, unfinished }: Filter, isTyped: boolean): readonly string[] {
  const open = isTyped ? [] : unfinished;
  return [
    ...mistakes.map(({ typed, why }) => `${typed} is searched for as text. ${why}`),
    ...open.map((typed) => `${typed} leaves nothing out: its value is incomplete.`),
  ];
}

/**
 * Parses the text of a filter, which the editor and `list` share. Anything but a known test is a word. A test that is still
 * being typed, such as `failed>`, leaves nothing out. Every text is a filter: nothing is thrown.
 */
export function parseFilter(text: string): Filter {
  const words: string[] = [];
  const phrases: string[] = [];
  const tests: Test[] = [];
  const unfinished: string[] = [];
  const mistakes: Mistake[] = [];
  for (const token of splitTokens(text)) {
    const reading = readToken(token);
    if (reading.kind === "unfinished") {
      unfinished.push(token.typed);
      continue;
    }
    if (reading.kind === "test") {
      tests.push(token.isNegated ? negated(reading.test) : reading.test);
      continue;
    }
    if (reading.kind === "mistake") mistakes.push({ typed: token.typed, why: reading.why });
    if (token.text === "") continue;
    if (token.isNegated) tests.push(negated(holds(token.text)));
    else if (token.isQuoted) {
      phrases.push(token.text);
      tests.push(holds(token.text));
    } else words.push(token.text);
  }
  return { words: words.join(" "), phrases, tests, unfinished, mistakes };
}

function readToken({ text, isQuoted }: Token): TestReading {
  return isQuoted ? { kind: "text" } : parseTest(text);
}

function negated(test: Test): Test {
  return (app, isStaged) => !test(app, isStaged);
}

/** Whether an app has a text in its name, its publisher or its id. */
function holds(text: string): Test {
  const wanted = foldText(text);
  return (app) => textsOf(app).some((one) => foldText(one).includes(wanted));
}

function textsOf({ displayName, publisher, id }: KnownApp): readonly string[] {
  return [displayName ?? "", publisher ?? "", id];
}
