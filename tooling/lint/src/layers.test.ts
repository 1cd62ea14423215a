import { expect, test } from "vitest";
import plugin from "./layers.ts";

const layers = {
  "apps/one/src": [
    "low",
    "low/inner",
    [
      ["left", "left/top"],
      ["right", [["far"], ["near"]]],
    ],
    "middle",
    ".",
    "high",
    "main.ts",
  ],
};

/** What the rule says of a file with one import. */
function lint(file: string, specifier: string): readonly string[] {
  const messages: string[] = [];
  const { ImportDeclaration: check } = plugin.rules.order.create({
    cwd: "/checkout",
    filename: `/checkout/${file}`,
    options: [layers],
    report: ({ message }) => messages.push(message),
  });
  check?.({ source: { type: "Literal", value: specifier } });
  return messages;
}

test.each([
  ["apps/one/src/high/a.ts", "../low/b.ts"],
  ["apps/one/src/high/a.ts", "./b.ts"],
  ["apps/one/src/low/inner/a.ts", "../b.ts"],
  ["apps/one/src/middle/deep/er/a.ts", "../../../low/b.ts"],
  ["apps/one/src/main.ts", "./high/b.ts"],
  ["apps/one/src/high/a.ts", "../start.ts"],
  ["apps/one/src/left/top/a.ts", "../b.ts"],
  ["apps/one/src/left/a.ts", "../low/b.ts"],
  ["apps/one/src/near/a.ts", "../right/b.ts"],
  ["apps/one/src/middle/a.ts", "../far/b.ts"],
])("%s may import %s", (file, specifier) => {
  expect(lint(file, specifier)).toEqual([]);
});

test.each([
  [
    "apps/one/src/low/a.ts",
    "../high/b.ts",
    "low is lower than high and must not import from it (high/b.ts).",
  ],
  [
    "apps/one/src/low/a.ts",
    "./inner/b.ts",
    "low is lower than low/inner and must not import from it (low/inner/b.ts).",
  ],
  ["apps/one/src/start.ts", "./high/b.ts", ". is lower than high and must not import from it (high/b.ts)."],
  [
    "apps/one/src/left/a.ts",
    "../right/b.ts",
    "left is beside right and must not import from it (right/b.ts).",
  ],
  ["apps/one/src/near/a.ts", "../far/b.ts", "near is beside far and must not import from it (far/b.ts)."],
  [
    "apps/one/src/right/a.ts",
    "../near/b.ts",
    "right is lower than near and must not import from it (near/b.ts).",
  ],
  [
    "apps/one/src/high/a.ts",
    "../main.ts",
    "high is lower than main.ts and must not import from it (main.ts).",
  ],
])("%s must not import %s", (file, specifier, message) => {
  expect(lint(file, specifier)).toEqual([message]);
});

test("a folder without a place is reported on both ends of an import", () => {
  const message = "Give apps/one/src/new a place among the layers of .oxlintrc.json.";

  expect(lint("apps/one/src/new/a.ts", "../low/b.ts")).toEqual([message]);
  expect(lint("apps/one/src/high/a.ts", "../new/b.ts")).toEqual([message]);
});

test.each([
  ["apps/one/src/low/a.test.ts", "../high/b.ts"],
  ["apps/one/src/low/a.ts", "../../test/b.ts"],
  ["apps/one/src/low/a.ts", "vitest"],
  ["apps/two/src/low/a.ts", "../high/b.ts"],
])("%s importing %s is not judged", (file, specifier) => {
  expect(lint(file, specifier)).toEqual([]);
});
