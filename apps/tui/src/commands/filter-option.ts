import { UserError, exitCodes, shownWord } from "@install-summary/command-line/errors";
import type { ListedApp } from "@install-summary/core/client";
import { misspeltTest, parseTypedFilter, type Filter } from "../words/filter.ts";
import { searchWords, textKey } from "./search-words.ts";

/** What `--filter` asks for. */
export interface FilterOption extends Pick<Filter, "tests"> {
  /** Words for the server to narrow by; what it finds has still to pass `hasWords`. */
  readonly search: string;
  /** Whether an app has all words in its name or its publisher. */
  readonly hasWords: (app: ListedApp) => boolean;
}

/** Parses the filter of `list`, which is the editor's. Throws `UserError` where it would silently find nothing. */
export function parseFilterOption(text: string): FilterOption {
  for (const token of text.split(/\s+/)) refuse(token, text);
  const { words, tests } = parseTypedFilter(text);
  // Words in quotes are one.
  const wanted = [...words.matchAll(/"([^"]+)"|\S+/g)].map(([word, quoted]) => textKey(quoted ?? word));
  return {
    tests,
    search: searchWords(words),
    hasWords({ displayName, publisher }) {
      const texts = [displayName ?? "", publisher ?? ""].map(textKey);
      return wanted.every((word) => texts.some((one) => one.includes(word)));
    },
  };
}

function refuse(token: string, argument: string): void {
  if (/^(?:AND|OR|NOT)$/.test(token)) {
    throw wrong(`The filter has no ${token}: an app has to have all of its words.`, argument);
  }
  if (misspeltTest(token) || /^is:staged$/i.test(token)) {
    throw wrong(`The filter has no test ${shownWord(token)}.`, argument);
  }
}

function wrong(message: string, argument: string): UserError {
  return new UserError(message, {
    exit: exitCodes.usage,
    code: "Usage",
    target: "--filter",
    argument,
    help: [
      "Tests, without blanks: failed>10, users.failed=0, platform:ios, publisher:adobe, is:failing. Other words are searched for.",
    ],
  });
}
