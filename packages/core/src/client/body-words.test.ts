import { expect, test } from "vitest";
import { bodyWords } from "./body-words.ts";

const links = '<link rel="stylesheet" href="/assets/0123456789abcdef0123456789abcdef.css">\n'.repeat(40);

test.each([
  ["<h1>Bad luck</h1>", "Bad luck"],
  ["no page,\n but   lines", "no page, but lines"],
  [
    `<!doctype html><html><head>${links}<title>Sign in</title></head><body><p>to Contoso`,
    "Sign in to Contoso",
  ],
  [`<script>if (a < b) "${"x".repeat(5000)}"</SCRIPT ><style>p > a {}</style><p>Sign in</p>`, "Sign in"],
  ["<!-- <p>not</p> shown --><p>Sign in</p>", "Sign in"],
  ["<!doctype html>", ""],
  ["", ""],
  ["1 < 2 and 3 > 2", "1 < 2 and 3 > 2"],
  // A body of which only the beginning was read may end in a tag, or in a script.
  ['Sign in<a href="https://login', "Sign in"],
  ["Sign in<script>let a = 1;", "Sign in"],
  ["\u001b[31mred", "␛[31mred"],
])("the words of %j are %j", (body, words) => {
  expect(bodyWords(body)).toBe(words);
});

test.each(["<", "<a", "<script", "<!--", "<style>", " ", "<p>", "</script", "a", "<script></script>"])(
  "a million characters of %j are read through a few times only",
  (part) => {
    expect(bodyWords(part.repeat(1_000_000 / part.length)).length).toBeLessThanOrEqual(200);
  },
);

test("long words are cut", () => {
  expect(bodyWords(`<p>${"word ".repeat(100)}</p>`)).toMatch(/^word .*…$/);
});
