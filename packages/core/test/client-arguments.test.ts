import { describe, expect, test } from "vitest";
import { createInstallSummaryClient, type InstallSummaryClient } from "../src/client/index.ts";
import { clientOf, failure } from "./open-client.ts";
import { appId, sampleSummary } from "./samples.ts";
import { serveSummary } from "./serve-summary.ts";

// What TypeScript keeps out, and a caller in plain JavaScript may pass all the same.

/** The first of what a call gives one by one. */
async function first(values: AsyncIterable<unknown>): Promise<unknown> {
  for await (const value of values) return value;
  return undefined;
}

/** Each call of a client with options of any kind. */
const calls = {
  get: (client: InstallSummaryClient, options: object) => client.get(appId, options),
  getApp: (client: InstallSummaryClient, options: object) => client.getApp(appId, options),
  list: (client: InstallSummaryClient, options: object) => first(client.list(options)),
  pages: (client: InstallSummaryClient, options: object) => first(client.pages(options)),
  changes: (client: InstallSummaryClient, options: object) => first(client.changes(options)),
  update: (client: InstallSummaryClient, options: object) =>
    client.update(appId, { failedDeviceCount: 0 }, options),
  sendOnce: (client: InstallSummaryClient, options: object) =>
    client.sendOnce(appId, { failedDeviceCount: 0 }, options),
  edit: (client: InstallSummaryClient, options: object) =>
    client.edit(appId, () => ({ failedDeviceCount: 0 }), options),
} as const;

type Call = keyof typeof calls;
const all: readonly Call[] = ["get", "getApp", "list", "pages", "changes", "update", "sendOnce", "edit"];
const changing: readonly Call[] = ["update", "sendOnce", "edit"];
const pageSize = "a whole number from 1, or left out for pages of the server's own size";
const requestId =
  "a text of 1 to 128 printable ASCII characters without blanks at its ends, or left out for a random GUID";

const wrong: readonly (readonly [calls: readonly Call[], options: object, told: string])[] = [
  [all, { signal: {} }, "signal of CALL must be an AbortSignal; got {  }."],
  [all, { signal: null }, "signal of CALL must be an AbortSignal; got null."],
  [all, { headers: "x: secret" }, "headers of CALL must be a plain object of texts by their names."],
  [
    all,
    { headers: new Headers({ x: "1" }) },
    "headers of CALL must be a plain object of texts by their names.",
  ],
  [all, { headers: { "x y": "1" } }, 'The name of a header must be a token of HTTP; got "x y".'],
  [all, { headers: { key: "sec\nret" } }, "The header key of CALL must be a text of one line in Latin-1."],
  [all, { headers: { key: 7 } }, "The header key of CALL must be a text of one line in Latin-1."],
  [["list", "pages"], { search: 7 }, "search of CALL must be a text; got 7."],
  [["list", "pages", "changes"], { top: 0 }, `top of CALL must be ${pageSize}; got 0.`],
  [["list", "pages", "changes"], { top: "10" }, `top of CALL must be ${pageSize}; got "10".`],
  [["pages"], { count: "true" }, 'count of CALL must be true or false; got "true".'],
  [["changes"], { actor: 7 }, "actor of CALL must be a text; got 7."],
  [
    ["changes"],
    { origin: "me" },
    'origin of CALL must be one of api, editor, command, undo, import, restore; got "me".',
  ],
  [["changes"], { since: new Date(Number.NaN) }, "since of CALL must be a valid Date, or a text such as "],
  [["changes"], { until: 1_764_000_000 }, "until of CALL must be a valid Date, or a text such as "],
  [["changes"], { after: 7 }, "after of CALL must be a text; got 7."],
  [["changes"], { order: "up" }, 'order of CALL must be one of asc, desc; got "up".'],
  [["changes"], { follow: "no" }, 'follow of CALL must be true or false; got "no".'],
  [["changes"], { every: "1" }, "every must be a whole number from 1 to 30000; got 1."],
  [["changes"], { onInterrupted: "log" }, 'onInterrupted of CALL must be a function; got "log".'],
  [changing, { origin: "import" }, 'origin of CALL must be one of editor, command, undo; got "import".'],
  [changing, { clientRequestId: "x".repeat(129) }, `clientRequestId of CALL must be ${requestId}; got "xxx`],
  [changing, { clientRequestId: "" }, `clientRequestId of CALL must be ${requestId}; got "".`],
  [changing, { clientRequestId: 7 }, `clientRequestId of CALL must be ${requestId}; got 7.`],
  [["update", "sendOnce"], { dryRun: null }, "dryRun of CALL must be "],
  [["update"], { dryRun: "true" }, 'dryRun of CALL must be true or false; got "true".'],
  [changing, { dryrun: true }, 'options of CALL cannot have "dryrun". Did you mean dryRun?'],
  [changing, { "if-match": 'W/"1"' }, 'options of CALL cannot have "if-match". Did you mean ifMatch?'],
  [changing, { ifmatch: undefined }, 'options of CALL cannot have "ifmatch". Did you mean ifMatch?'],
  [
    ["update", "sendOnce"],
    { etag: 'W/"9"' },
    'options of CALL cannot have "etag", only headers, signal, origin, clientRequestId, ifMatch, dryRun',
  ],
  [
    ["edit"],
    { ifMatch: 'W/"9"' },
    'ifMatch of CALL must be left out, since edit guards itself; base is the version to edit; got "W/"9"".',
  ],
  [
    ["list", "pages"],
    { filter: "isAssigned" },
    'options of CALL cannot have "filter", only headers, signal, search, top',
  ],
  [["list", "pages"], { serach: "x" }, 'options of CALL cannot have "serach". Did you mean search?'],
  [["list"], { count: true }, 'options of CALL cannot have "count", only headers'],
  [["changes"], { appid: appId }, 'options of CALL cannot have "appid". Did you mean appId?'],
  [
    all,
    { headers: { "If-Match": 'W/"9"' } },
    "headers of CALL cannot have If-Match: the option ifMatch guards",
  ],
  [all, { headers: { "if-match": undefined } }, "headers of CALL cannot have if-match: the option ifMatch "],
  [
    ["sendOnce", "edit"],
    { dryRun: true },
    "dryRun of CALL must be left out; update makes dry runs; got true.",
  ],
  [["update", "edit"], { onStep: 7 }, "onStep of CALL must be a function; got 7."],
  [["edit"], { unguarded: "false" }, 'unguarded of CALL must be true or false; got "false".'],
  [["edit"], { onConflict: {} }, "onConflict of CALL must be a function; got {  }."],
  [["edit"], { tries: "3" }, "tries must be a whole number from 1 to "],
  [["edit"], { base: 7 }, "base of CALL must be a plain object; got 7."],
  [["update"], { base: {} }, `base of CALL must be a whole install summary of the app ${appId}; got `],
];

describe("an option of another kind is refused with the call, the option and the value, and nothing is sent", () => {
  const cases = wrong.flatMap(([names, options, told]) => names.map((name) => ({ name, options, told })));
  test.each(cases)("$name $options", async ({ name, options, told }) => {
    const server = await serveSummary(({ proceed }) => proceed());
    const error = String(await failure(calls[name](clientOf(server), options)));
    expect(error).toMatch(/^(?:TypeError|RangeError): /);
    expect(error).toContain(told.replace("CALL", name));
    expect(error).not.toMatch(/sec\s*ret/);
    expect(server.requests).toEqual([]);
  });

  test.each(all)("%s with a text in place of its options", async (name) => {
    const server = await serveSummary(({ proceed }) => proceed());
    const [options = {}]: readonly object[] = JSON.parse('["top"]');
    expect(String(await failure(calls[name](clientOf(server), options)))).toContain(
      `options of ${name} must be a plain object; got "top".`,
    );
    expect(server.requests).toEqual([]);
  });
});

test("an option that is inherited, as of a class, is checked like any other", async () => {
  const server = await serveSummary(({ proceed }) => proceed());
  const [options = {}]: readonly object[] = [Object.create({ dryRun: "true" })];
  expect(String(await failure(calls.update(clientOf(server), options)))).toContain(
    'dryRun of update must be true or false; got "true".',
  );
  expect(server.requests).toEqual([]);
});

test("options that are inherited count as own ones do: a guard, a header, a base, and a name that no option has", async () => {
  const server = await serveSummary(({ proceed }) => proceed());
  const client = clientOf(server, { headers: inheriting({ "x-client": "1" }) });
  const patch = { failedDeviceCount: 4 };
  const headers = inheriting({ "x-call": "2" });
  await client.get(appId, inheriting({ headers }));
  expect(server.requests[0]?.headers).toMatchObject({ "x-client": "1", "x-call": "2" });
  expect(await failure(client.update(appId, patch, inheriting({ ifMatch: 'W/"9"' })))).toMatchObject({
    status: 412,
  });
  const base = { summary: inheriting(sampleSummary()), etag: 'W/"1"' };
  const { summary } = await client.edit(appId, () => inheriting(patch), inheriting({ base, headers }));
  expect(summary).toEqual(sampleSummary(patch));
  expect(server.requests.at(-1)?.headers).toMatchObject({ "x-call": "2", "if-match": 'W/"1"' });
  const sent = server.requests.length;
  const misspelt: object = inheriting({ ifMath: 'W/"9"' });
  expect(String(await failure(client.update(appId, patch, misspelt)))).toContain(
    'options of update cannot have "ifMath". Did you mean ifMatch?',
  );
  const guarded = { headers: inheriting({ "If-Match": 'W/"9"' }) };
  expect(String(await failure(client.update(appId, patch, guarded)))).toContain(
    "headers of update cannot have If-Match",
  );
  expect(server.requests).toHaveLength(sent);
});

/** An object whose members are all of its prototype. */
function inheriting<Members extends object>(members: Members): Members {
  return Object.create(members);
}

test("an edit that is no function is refused before anything is sent", async () => {
  const server = await serveSummary(({ proceed }) => proceed());
  const [change]: readonly (() => object)[] = JSON.parse('[{ "failedDeviceCount": 0 }]');
  const edit = clientOf(server).edit(appId, change ?? (() => ({})));
  expect(String(await failure(edit))).toBe(
    "TypeError: change of edit must be a function that returns the edit; got { failedDeviceCount }.",
  );
  expect(server.requests).toEqual([]);
});

function create(options: unknown): unknown {
  const [given]: readonly { readonly baseUrl: string }[] = [Object(options)];
  return createInstallSummaryClient(given ?? { baseUrl: "" });
}

describe("the options of a client", () => {
  const baseUrl = "http://127.0.0.1/beta";

  test("have a function for the token, and a token in its place is not told", () => {
    const told =
      "token of createInstallSummaryClient must be a function that returns the token, such as () => token; got a value of the type string.";
    expect(() => create({ baseUrl, token: "hunter2" })).toThrow(new TypeError(told));
  });

  test.each([
    [{ baseUrl, fetch: 7 }, "fetch of createInstallSummaryClient must be a function; got 7."],
    [{ baseUrl, headers: [] }, "headers of createInstallSummaryClient must be a plain object of texts"],
    [
      { baseUrl, tokn: "hunter2" },
      'options of createInstallSummaryClient cannot have "tokn". Did you mean token?',
    ],
    [
      { baseUrl, headers: { "if-match": 'W/"9"' } },
      "headers of createInstallSummaryClient cannot have if-match: the option ifMatch guards a change.",
    ],
    [{ baseUrl, timeout: "1" }, "timeout must be a whole number from 1 to 2147483647; got 1."],
    [[], "options of createInstallSummaryClient must be a plain object; got [object Array]."],
  ])("%j: %s", (options, told) => {
    expect(() => create(options)).toThrow(told);
  });

  test("have headers by a function, whose result is checked for each request", async () => {
    const server = await serveSummary(({ proceed }) => proceed());
    const client = clientOf(server, { headers: () => ({ "x y": "1" }) });
    expect(String(await failure(client.get(appId)))).toContain(
      "The name of a header must be a token of HTTP",
    );
    expect(server.requests).toEqual([]);
  });
});
