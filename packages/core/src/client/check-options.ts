import { isUsableId, maxOwnIdLength } from "../http/own-request-id.ts";
import { changeOrigins, clientOrigins } from "../resource/change-origin.ts";
import { memberEntries } from "../text/members.ts";
import { hasMembers } from "../text/object-kind.ts";
import { notFit, requireMembers, requireNames } from "../text/require-members.ts";

/** What an option must be. TypeScript keeps other values out; in plain JavaScript `dryRun: "true"` would change something. */
interface Rule {
  readonly fits: (value: unknown) => boolean;
  readonly what: string;
}

type Rules = Readonly<Record<string, Rule>>;

const aText: Rule = { fits: (value) => typeof value === "string", what: "a text" };
const aSwitch: Rule = { fits: (value) => typeof value === "boolean", what: "true or false" };
const aFunction: Rule = { fits: (value) => typeof value === "function", what: "a function" };
const aTime: Rule = {
  fits: (value) => typeof value === "string" || (value instanceof Date && !Number.isNaN(value.getTime())),
  what: "a valid Date, or a text such as 2026-09-30T13:47:10Z",
};
const aPageSize: Rule = {
  fits: (value) => Number.isSafeInteger(value) && Number(value) > 0,
  what: "a whole number from 1, or left out for pages of the server's own size",
};
const aRequestId: Rule = {
  fits: (value) => typeof value === "string" && isUsableId(value),
  what: `a text of 1 to ${maxOwnIdLength} printable ASCII characters without blanks at its ends, or left out for a random GUID`,
};

function oneOf(words: readonly string[]): Rule {
  return { fits: (value) => words.some((word) => word === value), what: `one of ${words.join(", ")}` };
}

/** Parsed where it is used. */
const anything: Rule = { fits: () => true, what: "" };

const request: Rules = {
  headers: anything,
  // Signals of other realms, and of other libraries, are none of this realm's class.
  signal: {
    fits: (value) => typeof value === "object" && value !== null && "throwIfAborted" in value,
    what: "an AbortSignal",
  },
};
const noDryRun: Rule = { fits: (value) => value === false, what: "left out; update makes dry runs" };
const noIfMatch: Rule = {
  fits: () => false,
  what: "left out, since edit guards itself; base is the version to edit",
};
const change: Rules = { ...request, origin: oneOf(clientOrigins), clientRequestId: aRequestId };

/** A call that takes options. */
export type Call =
  | "createInstallSummaryClient"
  | "get"
  | "getApp"
  | "list"
  | "pages"
  | "changes"
  | "update"
  | "sendOnce"
  | "findChange"
  | "edit";

/** The options of each call: all that it can have. */
const rulesOf: Readonly<Record<Call, Rules>> = {
  createInstallSummaryClient: {
    baseUrl: anything,
    token: anything,
    fetch: aFunction,
    timeout: anything,
    tokenTimeout: anything,
    retry: anything,
    headers: anything,
  },
  get: request,
  getApp: request,
  list: { ...request, search: aText, top: aPageSize },
  pages: { ...request, search: aText, top: aPageSize, count: aSwitch },
  changes: {
    ...request,
    appId: anything,
    actor: aText,
    origin: oneOf(changeOrigins),
    since: aTime,
    until: aTime,
    after: aText,
    order: oneOf(["asc", "desc"]),
    top: aPageSize,
    follow: aSwitch,
    every: anything,
    onInterrupted: aFunction,
    onResumed: aFunction,
    onOlderRemoved: aFunction,
  },
  update: { ...change, ifMatch: anything, dryRun: aSwitch, onStep: aFunction, base: anything },
  sendOnce: { ...change, ifMatch: anything, dryRun: noDryRun },
  findChange: request,
  edit: {
    ...change,
    ifMatch: noIfMatch,
    dryRun: noDryRun,
    base: anything,
    tries: anything,
    unguarded: aSwitch,
    onStep: aFunction,
    onRefused: aFunction,
    onConflict: aFunction,
  },
};

/**
 * Checks the options of a call before anything is sent. Throws `TypeError` for one that the call does not have, is of another
 * kind or out of range; only undefined is as if it were left out.
 */
export function checkOptions(call: Call, options: object): void {
  const rules = rulesOf[call];
  requireNames(`options of ${call}`, options, Object.keys(rules));
  for (const [name, rule] of Object.entries(rules)) {
    const value: unknown = Reflect.get(options, name);
    if (value === undefined) continue;
    if (!rule.fits(value)) throw notFit(`${name} of ${call}`, value, rule.what);
    if (name === "headers" && typeof value !== "function") checkHeaders(value, call);
  }
}

/** Checks what `findChange` looks for. */
export function checkSent(sent: {
  readonly ifMatch: unknown;
  readonly clientRequestId: unknown;
  readonly patch: unknown;
}): void {
  requireMembers("sent of findChange", sent);
  const { ifMatch, clientRequestId, patch } = sent;
  if (!aText.fits(ifMatch)) throw notFit("ifMatch of findChange", ifMatch, aText.what);
  if (!aRequestId.fits(clientRequestId)) {
    throw notFit("clientRequestId of findChange", clientRequestId, "the id that was sent");
  }
  if (!hasMembers(patch)) throw notFit("patch of findChange", patch, "the values that were sent");
}

/** Checks headers. Their values may be secrets, and are not told. */
export function checkHeaders(headers: unknown, call: Call): void {
  if (!hasMembers(headers))
    throw new TypeError(`headers of ${call} must be a plain object of texts by their names.`);
  for (const [name, value] of memberEntries(headers)) {
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(name))
      throw notFit("The name of a header", name, "a token of HTTP");
    // It guards one change, and here it would go with reads too.
    if (name.toLowerCase() === "if-match")
      throw new TypeError(`headers of ${call} cannot have ${name}: the option ifMatch guards a change.`);
    if (value === undefined) continue;
    if (typeof value !== "string" || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value.trim())) {
      throw new TypeError(`The header ${name} of ${call} must be a text of one line in Latin-1.`);
    }
  }
}

/** Checks the token function. What was given in its place may be a token, and is not told. */
export function checkToken(token: unknown): void {
  if (token === undefined || typeof token === "function") return;
  throw new TypeError(
    `token of createInstallSummaryClient must be a function that returns the token, such as () => token; got a value of the type ${typeof token}.`,
  );
}
