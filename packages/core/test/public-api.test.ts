import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readPublicApi } from "./public-api.ts";

test("the public API is the one that was reviewed", async () => {
  const { text } = await readPublicApi();
  const reviewed = await readFile(new URL("../api.txt", import.meta.url), "utf8");
  expect(
    text,
    "If it was meant to change: pnpm --filter @install-summary/core api, and a changeset that says so.",
  ).toBe(reviewed);
});

test("TypeScript 5.4 can read the types: its typed arrays have no type of their buffer", async () => {
  const { text } = await readPublicApi();
  expect(text).not.toMatch(/Array<ArrayBuffer/);
});

test("every export has a sentence of documentation", async () => {
  const { undocumented } = await readPublicApi();
  expect(undocumented).toEqual([]);
});
