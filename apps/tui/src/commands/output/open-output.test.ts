import { UserError } from "@install-summary/command-line/errors";
import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { openOutput, type Result } from "./open-output.ts";
import type { OutputFlags } from "./output-form.ts";
import { printLines } from "./print.ts";

const apps = [
  { id: "a1", displayName: "=cmd()", summary: { failed: 3, users: -1 }, tags: ["x", 1], etag: null },
  { id: "b2", displayName: 'Say "hi", 給与\u001b[2J', summary: { failed: 0, users: 2 }, tags: [] },
];

/** What is printed of a value, as a pipe or a terminal gets it. */
async function printed(value: unknown, flags: OutputFlags, isTTY = false): Promise<string> {
  let text = "";
  const sink = new Writable({
    decodeStrings: false,
    write(part: string, _encoding, end) {
      text += part;
      end();
    },
  });
  const stdout = Object.assign(Object.create(process.stdout), {});
  Object.defineProperties(stdout, {
    write: { value: sink.write.bind(sink) },
    isTTY: { value: isTTY },
    columns: { value: isTTY ? 80 : undefined },
  });
  const result: Result = { value, table: (output) => printLines(output, ["the command's own table"]) };
  const output = await openOutput({ stdout, env: { LANG: "en_GB.UTF-8" } }, flags);
  await output.print(result);
  return text;
}

test("table is what the command has for a person", async () => {
  expect(await printed(apps, { output: "table" })).toBe("the command's own table\n");
});

test("JSON holds every value as it is and nothing that a terminal would act on", async () => {
  for (const value of [
    apps,
    [],
    {},
    apps[0],
    "text",
    4,
    null,
    [[]],
    { name: "\u009b2J \u202e \u2028 給与" },
  ]) {
    const text = await printed(value, { output: "json" });
    expect(JSON.parse(text)).toEqual(value);
    expect(text).toMatch(/^[\P{C}\n]*$/u);
  }
  expect(await printed(apps.slice(1), { output: "json" })).toBe(
    `${JSON.stringify(apps.slice(1), undefined, 2).replaceAll("\u001b", String.raw`\u001b`)}\n`,
  );
});

test("ndjson is one line for each item, or for the whole", async () => {
  const lines = (await printed(apps, { output: "ndjson" })).trimEnd().split("\n");
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual(apps);
  expect(await printed({ a: 1 }, { output: "ndjson" })).toBe('{"a":1}\n');
  expect(await printed([], { output: "ndjson" })).toBe("");
});

test("csv is for spreadsheets: they read it as UTF-8 and calculate nothing", async () => {
  expect(await printed(apps, { output: "csv" })).toBe(
    [
      "\uFEFFid,displayName,summary.failed,summary.users,tags,etag",
      `a1,'=cmd(),3,-1,"[""x"",1]",`,
      `b2,"Say ""hi"", 給与\u001b[2J",0,2,[],`,
      "",
    ].join("\r\n"),
  );
  expect(await printed(apps, { output: "csv" }, true)).not.toMatch(/[\u001b\uFEFF]/);
});

test("tsv is for scripts: no cell has a tab or a line break", async () => {
  expect(await printed([{ a: "x\ty\nz", b: true }], { output: "tsv" })).toBe("a\tb\nx␉y␊z\ttrue\n");
});

test("a large array is printed whole", async () => {
  const many = Array.from({ length: 5000 }, (_, index) => ({ id: `app ${index}`, failed: index }));
  expect(JSON.parse(await printed(many, { output: "json" }))).toEqual(many);
});

test.each([
  ["[0].displayName", "table", "=cmd()\n"],
  ["[0].displayName", "json", "=cmd()\n"],
  ["[0].displayName", "csv", "\uFEFF'=cmd()\r\n"],
  ["[].id", "table", "a1\nb2\n"],
  ["[].id", "tsv", "a1\nb2\n"],
  ["[].id", "ndjson", '"a1"\n"b2"\n'],
  ["[].[id, summary.failed]", "tsv", "a1\t3\nb2\t0\n"],
  ["[].{id: id, failed: summary.failed}", "table", "id  failed\na1       3\nb2       0\n"],
  ["[0].summary", "table", "Name    Value\nfailed  3\nusers   -1\n"],
  ["sum([].summary.failed)", "table", "3\n"],
  ["[?summary.failed > `1`].id | [0]", "table", "a1\n"],
  ["let $most = max([].summary.failed) in [?summary.failed == $most].id", "json", '[\n  "a1"\n]\n'],
  ["[?summary.failed > `9`].id", "table", ""],
  ["[?summary.failed > `9`].id", "tsv", ""],
  ["[?summary.failed > `9`].id", "csv", "\uFEFF"],
  ["[5].id", "json", "null\n"],
  ["[5].id", "table", "\n"],
  ["[0].constructor", "json", "null\n"],
] as const)("--query %s prints for %s %j", async (query, output, text) => {
  expect(await printed(apps, { output, query })).toBe(text);
});

test.each([
  ["[].", "--query cannot be evaluated: it is not complete."],
  ["[?failed > 10]..", /^--query cannot be evaluated: /],
  ["lenght(@)", "--query cannot be evaluated: it has no function lenght()."],
  ["[].{n: nope(id)}", "--query cannot be evaluated: it has no function nope()."],
  ["", /^--query cannot be evaluated: /],
  ["a.".repeat(20_000) + "a", "--query cannot be evaluated: it is nested too deeply."],
])("the mistake in --query %j is told before anything is printed", async (query, message) => {
  const { stdout } = process;
  const opening = openOutput({ stdout, env: {} }, { output: "table", query });
  await expect(opening).rejects.toThrow(message);
  await expect(opening).rejects.toMatchObject({ exit: 2, target: "--query", argument: query });
});

test("a query that does not fit the data is a mistake too", async () => {
  const printing = printed(apps, { output: "json", query: "sum([].id)" });
  await expect(printing).rejects.toBeInstanceOf(UserError);
  await expect(printing).rejects.toThrow(/^--query cannot be evaluated: sum\(\) expected/);
});
