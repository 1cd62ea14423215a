import { expect, test } from "vitest";
import { runProgram } from "./run-program.ts";

const commands = [
  "list",
  "get",
  "set",
  "history",
  "undo",
  "plan",
  "apply",
  "import",
  "config",
  "doctor",
  "completion",
  "contract",
];

test.each([
  [["--help"]],
  ...commands.map((command) => [[command, "--help"]]),
  [["contract", "verify", "--help"]],
])("no line of the help for %j is wider than 80 columns, and examples are in it", async (args) => {
  const { exit, stdout, stderr } = await runProgram(args);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  expect(stdout).toMatch(/\nExamples:\n  \S.*:\n    \S/);
});

test("help and version are words as well as options", async () => {
  const [whole, word] = await Promise.all([runProgram(["--help"]), runProgram(["help"])]);
  expect(word).toEqual(whole);
  const [option, about] = await Promise.all([runProgram(["set", "-h"]), runProgram(["help", "set"])]);
  expect(about).toEqual(option);
  const [long, short, version] = await Promise.all(
    ["--version", "-v", "version"].map((argument) => runProgram([argument])),
  );
  expect(short).toEqual(long);
  expect(version).toEqual(long);
});

test("help names the exit codes and every variable, and calls the program as its launcher does", async () => {
  const env = { INSTALL_SUMMARY_PROGRAM: "npx -y pnpm@12 tui" };
  const { stdout } = await runProgram(["help"], { env });
  for (const name of [
    "URL",
    "TOKEN",
    "TOKEN_FILE",
    "TOKEN_COMMAND",
    "TOKEN_TENANT",
    "READ_ONLY",
    "PROFILE",
    "GLYPHS",
    "PROGRAM",
  ])
    expect(stdout).toContain(`  INSTALL_SUMMARY_${name} `);
  expect(stdout).toContain("  NO_COLOR ");
  for (const exit of [0, 1, 2, 3, 4, 5, 6, 7, 8, 130, 143])
    expect(stdout).toMatch(RegExp(`\n  ${exit} +\\w`));
  expect(stdout).toContain("\n    npx -y pnpm@12 tui list --filter ");
});
