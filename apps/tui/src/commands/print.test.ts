import { expect, test } from "vitest";
import { appName } from "../words/app-name.ts";
import { printJson, printTable } from "./print.ts";
import type { Column } from "../text/table.ts";

function printed(print: (output: { write: (text: string) => unknown }) => void): string {
  let text = "";
  print({ write: (part) => (text += part) });
  return text;
}

test("JSON holds every value as it is and nothing that a terminal would act on", () => {
  const value = { name: "Evil\u001b[2J\u009b2J \u202e \u2028 給与" };
  const text = printed((output) => printJson(output, value));
  expect(JSON.parse(text)).toEqual(value);
  expect(text).toMatch(/^[\P{C}\n]*$/u);
  expect(text).toContain("給与");
});

test("cells are cut on a terminal and whole everywhere else", () => {
  const columns: readonly Column[] = [{ header: "App", align: "left", least: 4 }];
  const rows = [["a long name"]];
  expect(printed((output) => printTable(output, columns, rows))).toBe("App\na long name\n");
  const terminal = { isTTY: true, columns: 6 };
  expect(printed((output) => printTable({ ...terminal, ...output }, columns, rows))).toBe("App\na lon…\n");
});

test("an app without a name is called by its id", () => {
  expect(appName({ id: "06a7", displayName: null })).toBe("06a7");
  expect(appName({ id: "06a7", displayName: "Evil\u001b[2J" })).toBe("Evil␛[2J");
});
