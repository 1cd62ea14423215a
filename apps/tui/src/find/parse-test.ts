import { counterMaximum } from "@install-summary/core";
import { nearestName, parseTypedCounter } from "@install-summary/core/text";
import { foldText } from "../text/fold-text.ts";
import { findCounter, nearestCounterWord } from "../words/counter-words.ts";
import { shareOf } from "../words/share.ts";
import { platformCodes, platformName } from "../words/platform.ts";
import type { KnownApp } from "../words/known-app.ts";

/** Whether an app passes; `isStaged` says whether it has staged edits. */
export type Test = (app: KnownApp, isStaged: boolean) => boolean;

/**
 * What one word of a filter is: a test, the beginning of one whose value is still to come, a text, or a text that looks
 * like a test and is none, with the reason in a sentence.
 */
export type TestReading =
  | { readonly kind: "test"; readonly test: Test }
  | { readonly kind: "unfinished" | "text" }
  | { readonly kind: "mistake"; readonly why: string };

const unfinished: TestReading = { kind: "unfinished" };
const plainText: TestReading = { kind: "text" };

/** Reads one word of a filter. */
export function parseTest(text: string): TestReading {
  const lower = text.toLowerCase();
  if (platformWords.has(lower)) return testOf(isOfPlatform(lower));
  const [, name = "", sign = "", value = ""] = /^([a-z.-]*)(>=|<=|!=|==|>|<|=)(.*)$/is.exec(text) ?? [];
  if (sign !== "") return parseComparison(name, sign, value);
  const [, property = "", wanted = ""] = /^([a-z]+):(.*)$/is.exec(lower) ?? [];
  if (property !== "") return parseProperty(property, wanted);
  return /^(?:AND|OR|NOT)$/.test(text)
    ? mistake(`An app has to pass all parts of a filter, so it has no ${text}; - leaves out, as in -adobe.`)
    : plainText;
}

/** Whether installing an app failed somewhere. */
export function hasFailures({ installSummary }: KnownApp): boolean {
  return installSummary.failedDeviceCount > 0 || installSummary.failedUserCount > 0;
}

/** The names of platforms. */
const platforms: readonly string[] = ["android", "ios", "macos", "windows", "web"];
/** The same, and as the list shows them. Names of apps lack them, and people type them to find apps. */
const platformWords: ReadonlySet<string> = new Set([...platforms, ...platformCodes]);

const states: Readonly<Record<string, Test>> = {
  staged: (_, isStaged) => isStaged,
  failing: hasFailures,
};
const stateNames = Object.keys(states);

function parseComparison(name: string, sign: string, value: string): TestReading {
  // A name such as "C++=" is text.
  if (name === "" && !/^\d*$/.test(value)) return plainText;
  if (name === "") return mistake("A test is written without blanks, as in failed>10.");
  const counter = findCounter(name);
  if (counter === undefined) {
    // A name with "=" in it is more often a text than a test of a counter that is far from all counters.
    const nearest = nearestCounterWord(name);
    if (nearest === undefined && !/^\d/.test(value)) return plainText;
    const meant = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
    return mistake(`No counter is called ${name}.${meant}`);
  }
  if (value === "") return unfinished;
  const compare = comparisons[sign];
  if (compare === undefined) return mistake(`Write ${name}=${value} with one =.`);
  const share = /^(\d+(?:\.\d+)?)%$/.exec(value)?.[1];
  if (share !== undefined)
    return testOf((app) => compare(shareOf(app.installSummary, counter) * 100, Number(share)));
  const parsed = parseTypedCounter(value, { grouped: true });
  if (parsed.kind === "value") return testOf((app) => compare(app.installSummary[counter], parsed.value));
  return mistake(
    parsed.reason === "range"
      ? `Counters are at most ${counterMaximum}.`
      : `${name}${sign} takes a whole number or a share, as in ${name}${sign}10 or ${name}${sign}5%.`,
  );
}

const comparisons: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  ">": (one, other) => one > other,
  ">=": (one, other) => one >= other,
  "<": (one, other) => one < other,
  "<=": (one, other) => one <= other,
  "=": (one, other) => one === other,
  "!=": (one, other) => one !== other,
};

function parseProperty(property: string, value: string): TestReading {
  switch (property) {
    case "platform":
      return value === "" ? unfinished : parsePlatform(value);
    case "publisher":
      return value === ""
        ? unfinished
        : testOf(({ publisher }) => foldText(publisher ?? "").includes(foldText(value)));
    case "is":
      return parseState(value);
    default: {
      const nearest = nearestName(property, ["platform", "publisher"]);
      // Names of apps have colons too.
      return nearest === undefined ? plainText : mistake(`Did you mean ${nearest}:${value}?`);
    }
  }
}

function parsePlatform(value: string): TestReading {
  // A type of app whose platform is unknown is called by its own name.
  const nearest = platforms.some((name) => name.includes(value)) ? undefined : nearestName(value, platforms);
  if (nearest !== undefined) return mistake(`Did you mean platform:${nearest}?`);
  return testOf((app) => platformName(app).toLowerCase().includes(value));
}

function parseState(value: string): TestReading {
  const test = Object.hasOwn(states, value) ? states[value] : undefined;
  if (test !== undefined) return testOf(test);
  if (stateNames.some((name) => name.startsWith(value))) return unfinished;
  return mistake("is: takes staged or failing.");
}

/** An app of this platform, or one that has the word in its name or its publisher. */
function isOfPlatform(word: string): Test {
  return (app) =>
    platformName(app).toLowerCase().startsWith(word) ||
    foldText(`${app.displayName ?? ""} ${app.publisher ?? ""}`).includes(word);
}

function testOf(test: Test): TestReading {
  return { kind: "test", test };
}

function mistake(why: string): TestReading {
  return { kind: "mistake", why };
}
