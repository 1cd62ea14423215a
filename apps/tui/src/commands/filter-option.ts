import { UserError, exitCodes, shownWord } from "@install-summary/command-line/errors";
import { parseFilter, type Filter } from "../find/filter.ts";
import { splitTokens } from "../find/split-tokens.ts";
import { searchWords } from "./search-words.ts";

/** What `--filter` asks for. */
export interface FilterOption extends Pick<Filter, "words" | "tests"> {
  /** Words for the server to narrow by: what it finds has still to pass the tests. */
  readonly search: string;
}

/** Parses the filter of `list`, which is the editor's. Throws `UserError` where a part of it is probably not meant so. */
export function parseFilterOption(text: string): FilterOption {
  const { words, phrases, tests, unfinished, mistakes } = parseFilter(text);
  const [mistake] = mistakes;
  if (mistake !== undefined) throw wrong(`${shownWord(mistake.typed)} in the filter: ${mistake.why}`, text);
  const [open] = unfinished;
  if (open !== undefined) throw wrong(`${shownWord(open)} in the filter needs a value.`, text);
  const staged = splitTokens(text).find((token) => !token.isQuoted && /^is:staged$/i.test(token.text));
  if (staged !== undefined) throw wrong("Only the editor knows is:staged: commands stage nothing.", text);
  return { words, tests, search: searchWords(phrases.filter((phrase) => !mayBeInId(phrase)).join(" ")) };
}

/** Whether a text may be part of an id. No server searches by that, so it is looked for here. */
function mayBeInId(text: string): boolean {
  return /^[0-9a-f-]+$/i.test(text);
}

function wrong(message: string, argument: string): UserError {
  return new UserError(message, {
    exit: exitCodes.usage,
    code: "Usage",
    target: "--filter",
    argument,
    help: [
      "Tests, without blanks: failed>10, users.failed=0, failed>5%, platform:ios, publisher:adobe, is:failing.",
      'Other words are searched for letter by letter; what is in quotes is searched for as it is: "failed>10".',
    ],
  });
}
