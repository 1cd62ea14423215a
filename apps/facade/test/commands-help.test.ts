import { expect, test } from "vitest";
import { runFacade } from "./programs.ts";
import { temporaryFolder } from "./stores.ts";

test.each([
  [["--help"]],
  [["serve", "--help"]],
  [["token", "--help"]],
  [["import", "--help"]],
  [["config", "--help"]],
  [["doctor", "--help"]],
  [["health", "--help"]],
])("no line of the help for %j is wider than 80 columns, and examples are in it", async (args) => {
  const { exit, stdout, stderr } = await runFacade({ folder: temporaryFolder() }, ...args);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  expect(stdout).toMatch(/\nExamples:\n  \S.*:\n    \S/);
});

test("help and version are words as well as options", async () => {
  const place = { folder: temporaryFolder() };
  const [whole, word] = await Promise.all([runFacade(place, "--help"), runFacade(place, "help")]);
  expect(word).toEqual(whole);
  const [option, about] = await Promise.all([
    runFacade(place, "serve", "-h"),
    runFacade(place, "help", "serve"),
  ]);
  expect(about).toEqual(option);
  const [long, short, version] = await Promise.all(
    ["--version", "-v", "version"].map((argument) => runFacade(place, argument)),
  );
  expect(short).toEqual(long);
  expect(version).toEqual(long);
});
