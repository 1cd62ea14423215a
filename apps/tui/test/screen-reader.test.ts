import { expect, test } from "vitest";
import { keys, useEditorFixture } from "./editor-fixture.ts";
import { program } from "./run-program.ts";

const fixture = useEditorFixture();

test.each<[string, readonly string[], Readonly<Record<string, string>>]>([
  ["--screen-reader", ["--screen-reader"], {}],
  ["INK_SCREEN_READER", [], { INK_SCREEN_READER: "true" }],
  ["--screen-reader in a locale without UTF-8", ["--screen-reader"], { LANG: "C" }],
  ["--screen-reader with signs in ASCII", ["--screen-reader"], { INSTALL_SUMMARY_GLYPHS: "ascii" }],
])("%s says the screen in words, at the end of the output", async (_, args, more) => {
  const isAscii = Object.keys(more).some((name) => name !== "INK_SCREEN_READER");
  const editor = fixture.start({
    args: [program, ...args],
    env: { ...fixture.env(), ...more },
    columns: 120,
    rows: 40,
  });
  await editor.shows("13 apps, by failed descending");
  await editor.shows("Right edit");
  expect(editor.emulator.buffer.active.type).toBe("normal");
  editor.type(`${keys.right}8${keys.enter}`);
  await editor.shows(/Staged: failed devices 341 to 8/);
  await editor.shows(/ failed Failed +341 to 8 staged/);
  expect(editor.screen()).toMatch(isAscii ? /^[\n -~]+$/ : /給与/);
  // Only the pane where the person is.
  expect(editor.screen()).not.toContain("13 apps");
  expect(editor.screen()).not.toMatch(/[│─█▸●✗→]/);
  editor.type("s");
  await editor.shows(/Google [給?]\S+ 2\.2, Windows/);
  await editor.shows("341 to");
  editor.type(keys.ctrlC);
  await editor.shows(/\n1 draft is kept on this computer: /);
  expect(await editor.ended).toMatchObject({ exitCode: 130 });
});
