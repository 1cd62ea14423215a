import { expect, test } from "vitest";
import { createTokenCallers } from "./token-callers.ts";

test("every token of a caller, however it is written, is that caller's; all others are nobody's", () => {
  const callers = createTokenCallers();
  for (const text of ["Bearer a", "bearer  a", "Bearer b"]) callers.note(text, "1 ada");
  callers.note("Bearer c", "1 bob");
  callers.note("Bearer wrong", undefined);
  callers.note(undefined, undefined);
  expect(
    ["Bearer a", "bearer  a", "Bearer b", "Bearer c", "Bearer wrong", "", undefined].map((text) =>
      callers.of(text),
    ),
  ).toEqual(["1 ada", "1 ada", "1 ada", "1 bob", "", "", ""]);
});

test("of one caller the latest four tokens are remembered, and no other caller's is forgotten for them", () => {
  const callers = createTokenCallers();
  callers.note("Bearer b", "1 bob");
  for (let count = 0; count < 2000; count += 1) callers.note(`Bearer ${count}`, "1 ada");
  const texts = ["Bearer 0", "Bearer 1995", "Bearer 1996", "Bearer 1999", "Bearer b"];
  expect(texts.map((text) => callers.of(text))).toEqual(["", "", "1 ada", "1 ada", "1 bob"]);
});

test("a thousand callers are remembered, of more the latest", () => {
  const callers = createTokenCallers();
  for (let count = 0; count <= 1000; count += 1) callers.note(`Bearer ${count}`, `1 user ${count}`);
  const texts = ["Bearer 0", "Bearer 1", "Bearer 1000"];
  expect(texts.map((text) => callers.of(text))).toEqual(["", "1 user 1", "1 user 1000"]);
});
