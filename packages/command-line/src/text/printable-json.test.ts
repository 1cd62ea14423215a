import { expect, test } from "vitest";
import { printableJson } from "./printable-json.ts";

test("what moves a terminal's cursor or turns its text is an escape, which means the same", () => {
  const value = { name: "Evil\u001b[2J\u009b\u202e\u2066 給与" };
  const json = printableJson(value);
  expect(json).toBe(String.raw`{"name":"Evil\u001b[2J\u009b\u202e\u2066 給与"}`);
  expect(JSON.parse(json)).toEqual(value);
});
