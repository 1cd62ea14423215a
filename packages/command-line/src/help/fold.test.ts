import { expect, test } from "vitest";
import { columns, fold } from "./fold.ts";

const long = "word ".repeat(40).trim();

test("text is broken at blanks before column 80, and later lines are indented", () => {
  const lines = fold(`  ${long}`, "    ");
  expect(lines.join(" ").split(/ +/).filter(Boolean)).toHaveLength(40);
  expect(lines.every((line) => line.length <= 80)).toBe(true);
  expect(lines[0]).toMatch(/^ {2}word/);
  expect(lines.slice(1).every((line) => line.startsWith("    word"))).toBe(true);
});

test("a word wider than a line keeps its whole length", () => {
  expect(fold("x".repeat(90))).toEqual(["x".repeat(90)]);
});

test("meanings line up, and a wide name has its meaning on the next line", () => {
  expect(
    columns([
      ["--port PORT", "Port"],
      ["-h", "Help"],
      ["x".repeat(31), "Wide"],
    ]),
  ).toEqual(["  --port PORT  Port", "  -h           Help", `  ${"x".repeat(31)}`, "               Wide"]);
});

test("no line of a long meaning is wider than 80 columns", () => {
  const lines = columns([["--name", long]]);
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.every((line) => line.length <= 80)).toBe(true);
});
