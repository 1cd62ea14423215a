import { UserError, exitCodes } from "@install-summary/command-line/errors";
import { misspeltTest, parseTypedFilter, type Filter } from "../words/filter.ts";

/** Parses the filter of `list`, which is the editor's. Throws `UserError` where it would silently find nothing. */
export function parseFilterOption(text: string): Filter {
  const wrong = text.split(/\s+/).find((token) => misspeltTest(token) || /^is:staged$/i.test(token));
  if (wrong === undefined) return parseTypedFilter(text);
  throw new UserError(`The filter has no test ${wrong}.`, {
    exit: exitCodes.usage,
    code: "Usage",
    target: "--filter",
    argument: text,
    help: [
      "Tests: failed>10, users.failed=0, platform:ios, publisher:adobe, is:failing. Other words are searched for.",
    ],
  });
}
