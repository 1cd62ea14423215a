import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { shellWord } from "./shell-word.ts";

test("plain words stay as they are", () => {
  expect(shellWord("/srv/install-summary/.data", "linux")).toBe("/srv/install-summary/.data");
});

test.runIf(process.platform !== "win32").each(["with blank", "it's", '"$HOME" `id` \\', "", "企业"])(
  "a shell reads the word %j as it was",
  (text) => {
    const line = `printf %s ${shellWord(text, "linux")}`;

    expect(execFileSync("/bin/sh", ["-c", line], { encoding: "utf8" })).toBe(text);
  },
);

test("on Windows blanks are quoted for cmd", () => {
  expect(shellWord("C:\\Program Files\\node.exe", "win32")).toBe('"C:\\Program Files\\node.exe"');
});
