import type { CounterName } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import { findCounter } from "./counter-words.ts";
import { platformName } from "./platform.ts";

/** What the text of a filter asks for: words to search, and tests that an app must pass. */
export interface Filter {
  readonly words: string;
  readonly tests: readonly Test[];
}

/** Whether an app passes; `isStaged` says whether it has staged edits. */
type Test = (app: ListedApp, isStaged: boolean) => boolean;

/**
 * Parses the text of a filter. A platform's name is a test; anything but a known token is a word. A test that is still
 * being typed, such as `failed>`, leaves nothing out.
 */
export function parseTypedFilter(text: string): Filter {
  const words: string[] = [];
  const tests: Test[] = [];
  for (const token of text.split(/\s+/)) {
    const test = parseTest(token);
    if (test !== undefined) tests.push(test);
    else if (!isUnfinished(token)) words.push(token);
  }
  return { words: words.join(" ").trim(), tests };
}

const comparison = /^([a-z.]+)(>=|<=|>|<|=)(\d+)$/i;
const property = /^(platform|publisher|is):(.*)$/i;
const states: readonly string[] = ["staged", "failing"];

/** The names of platforms. Names of apps lack them, and people type them to find apps. */
const platforms: readonly string[] = ["android", "ios", "macos", "windows", "web"];

/** Whether a token looks like a test and cannot be read as one. In the editor it is a word; a command refuses it. */
export function misspeltTest(token: string): boolean {
  const looksLikeTest =
    /^[a-z.-]+(?:[<>]=?|!?=)/i.test(token) || /^(?:[<>]=?|!?=)\d*$/.test(token) || property.test(token);
  return looksLikeTest && parseTest(token) === undefined;
}

function parseTest(token: string): Test | undefined {
  const lower = token.toLowerCase();
  if (platforms.includes(lower)) return isOfPlatform(lower);
  const [, word = "", sign = "", digits = ""] = comparison.exec(token) ?? [];
  const counter = word === "" ? undefined : findCounter(word);
  if (counter !== undefined) return comparisonTest(counter, sign, Number(digits));
  const [, name = "", value = ""] = property.exec(token)?.map((part) => part.toLowerCase()) ?? [];
  if (value === "") return undefined;
  if (name === "platform") return (app) => platformName(app).toLowerCase().includes(value);
  if (name === "publisher") return (app) => (app.publisher ?? "").toLowerCase().includes(value);
  if (name === "is" && value === "staged") return (_, isStaged) => isStaged;
  if (name === "is" && value === "failing") return hasFailures;
  return undefined;
}

/** The beginning of a test, whose value is still to come. */
function isUnfinished(token: string): boolean {
  const counter = /^([a-z.]+)(?:>=|<=|>|<|=)$/i.exec(token)?.[1];
  if (counter !== undefined) return findCounter(counter) !== undefined;
  const [, name = "", value = ""] = property.exec(token)?.map((part) => part.toLowerCase()) ?? [];
  if (name === "is") return states.some((state) => state.startsWith(value) && state !== value);
  return name !== "" && value === "";
}

/** An app of this platform, or one that has the word in its name or its publisher. */
function isOfPlatform(word: string): Test {
  return (app) =>
    platformName(app).toLowerCase() === word ||
    `${app.displayName ?? ""} ${app.publisher ?? ""}`.toLowerCase().includes(word);
}

/** Whether installing an app failed somewhere. */
export function hasFailures({ installSummary }: ListedApp): boolean {
  return installSummary.failedDeviceCount > 0 || installSummary.failedUserCount > 0;
}

function comparisonTest(counter: CounterName, sign: string, value: number): Test {
  const count = (app: ListedApp): number => app.installSummary[counter];
  if (sign === ">") return (app) => count(app) > value;
  if (sign === ">=") return (app) => count(app) >= value;
  if (sign === "<") return (app) => count(app) < value;
  if (sign === "<=") return (app) => count(app) <= value;
  return (app) => count(app) === value;
}
