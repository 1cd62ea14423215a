import { facadeVariables } from "@install-summary/command-line/variable-names";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { settingsAsMarkdown } from "./document-settings.ts";
import { settingTable } from "./setting-table.ts";

test("the README has the table of settings; if this fails, copy the expected text into it", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const start = readme.indexOf("| option ");
  expect(readme.slice(start, readme.indexOf("\n\n", start))).toBe(settingsAsMarkdown());
});

test("both programs know the variable of every setting; if this fails, change facadeVariables", () => {
  expect(facadeVariables).toEqual(settingTable.map(({ variable }) => variable));
});

test("every setting names its rule, and its default follows it", () => {
  for (const { key, setting } of settingTable) {
    expect([key, setting.type.rule]).toEqual([key, expect.stringMatching(/\w/)]);
    if (setting.default === undefined) continue;
    expect([key, setting.type.parse(setting.default, "/")]).not.toEqual([key, undefined]);
  }
});
