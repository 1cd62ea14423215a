import * as fc from "fast-check";
import { expect, test } from "vitest";
import { widthOf } from "../../text/width.ts";
import { wrapCommand } from "./wrap-command.ts";

const command = `install-summary set 06a792e9-92e9-06a7-e992-a706e992a706 failed=16 --if-match 'W/"8"'`;

test("a command that fits stays as it is", () => {
  expect(wrapCommand(command, 100)).toEqual([command]);
});

test("a command is broken at blanks outside its quotes", () => {
  expect(wrapCommand(command, 60)).toEqual([
    "install-summary set 06a792e9-92e9-06a7-e992-a706e992a706 \\",
    `  failed=16 --if-match 'W/"8"'`,
  ]);
});

test("a long quoted text is broken by ending its quotes and beginning them again", () => {
  expect(wrapCommand(`curl 'http://127.0.0.1:8420/beta/deviceAppManagement'`, 24)).toEqual([
    "curl \\",
    "  'http://127.0.0.1:84'\\",
    "'20/beta/deviceAppMana'\\",
    "'gement'",
  ]);
});

test("a blank behind an apostrophe in a quoted text is inside its quotes", () => {
  expect(wrapCommand(String.raw`NODE_EXTRA_CA_CERTS='/it'\''s my folder/ca.pem' npx tui`, 40)).toEqual([
    String.raw`NODE_EXTRA_CA_CERTS='/it'\''s my folde'` + "\\",
    "'r/ca.pem' npx tui",
  ]);
});

test("a blank that a backslash escapes is part of its word", () => {
  expect(wrapCommand(String.raw`npx tui --file /a/folder\ with/blanks get`, 26)).toEqual([
    "npx tui --file \\",
    "  /a/folder\\ with/blanks \\",
    "  get",
  ]);
});

test("what a shell makes of the lines is the command, and none is too wide", () => {
  const word = fc.stringMatching(/^[a-z0-9=/-]{1,30}$/);
  const quoted = fc
    .stringMatching(/^[a-z0-9:{},"'\\/ ]{0,60}$/)
    .map((text) => `'${text.replaceAll("'", String.raw`'\''`)}'`);
  const words = fc.array(fc.oneof(word, quoted), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(words, fc.integer({ min: 30, max: 80 }), (parts, width) => {
      const rows = wrapCommand(parts.join(" "), width);
      expect(rows.filter((row) => widthOf(row) > width)).toEqual([]);
      // A shell drops a backslash before a line break, and joins quoted texts that touch.
      const joined = rows
        .join("\n")
        .replaceAll("'\\\n'", "")
        .replaceAll(" \\\n  ", " ")
        .replaceAll("\\\n", "");
      expect(joined).toBe(parts.join(" "));
    }),
  );
});
