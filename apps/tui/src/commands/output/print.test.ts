import { expect, test } from "vitest";
import { appName } from "../../words/app-name.ts";
import { printTable } from "./print.ts";
import type { Column } from "../../text/table.ts";

async function printed(
  print: (output: { write: (text: string) => unknown }) => Promise<void> | void,
): Promise<string> {
  let text = "";
  await print({ write: (part) => (text += part) });
  return text;
}

test("cells are cut on a terminal and whole everywhere else", async () => {
  const columns: readonly Column[] = [{ header: "App", align: "left", minWidth: 4 }];
  const rows = [["a long name"]];
  expect(await printed((output) => printTable(output, columns, rows))).toBe("App\na long name\n");
  const terminal = { isTTY: true, columns: 6 };
  expect(await printed((output) => printTable({ ...terminal, ...output }, columns, rows))).toBe(
    "App\na lon…\n",
  );
});

test("an app without a name is called by its id", () => {
  expect(appName({ id: "06a7", displayName: null })).toBe("06a7");
  expect(appName({ id: "06a7", displayName: "Evil\u001b[2J" })).toBe("Evil␛[2J");
});
