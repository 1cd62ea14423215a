import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { suites } from "./suites.ts";

test("CONTRIBUTING has a row for each suite, in the order in which they run", () => {
  const text = readFileSync(new URL("../../../.github/CONTRIBUTING.md", import.meta.url), "utf8");
  const [, table = ""] = text.split("\n## Benches\n");
  const [rows = ""] = table.split("\n## ");
  expect([...rows.matchAll(/^\| `([a-z]+)` /gm)].map(([, name]) => name)).toEqual(Object.keys(suites));
});
