import { basename } from "node:path";
import { expect, test } from "vitest";
import { useEditorFixture } from "./editor-fixture.ts";
import { filesLoadedBy, packagesIn } from "./loaded-files.ts";
import { program } from "./run-program.ts";

const fixture = useEditorFixture();

/** The files that the editor loads until it shows the list, and to quit. */
function loadedFiles(...options: readonly string[]): Promise<readonly string[]> {
  return filesLoadedBy(async (env) => {
    const editor = fixture.start({ args: [program, ...options], env: { ...fixture.env(), ...env } });
    await editor.shows("13 apps");
    editor.type("q\r");
    expect(await editor.ended).toMatchObject({ exitCode: 0 });
  });
}

test("the editor loads few files, since each costs as much as much of its code, and nothing of the commands", async () => {
  const files = await loadedFiles();
  expect(files.map((file) => basename(file).replace(/-[0-9A-Z]{8}\.js$/, "")).toSorted()).toEqual([
    "chunk",
    "chunk",
    "draw-editor",
    "env-paths",
    "install-summary.js",
    "open-editor.js",
  ]);
  const packages = await packagesIn(files);
  expect([...packages]).toEqual(expect.arrayContaining(["ink", "react", "ky", "zod"]));
  expect([...packages].filter((name) => /stricli|jmespath|papaparse|zip/.test(name))).toEqual([]);
});

test("Ink is in a file of its own, so that the first page is asked for before it is loaded", async () => {
  const files = await loadedFiles();
  const withInk = files.filter((file) => basename(file).startsWith("draw-editor"));
  expect(withInk).toHaveLength(1);
  const rest = await packagesIn(files.filter((file) => !withInk.includes(file)));
  expect([...rest].filter((name) => /^(?:ink|react|react-reconciler|yoga-layout)$/.test(name))).toEqual([]);
});

test("plain mode loads no Ink", async () => {
  const packages = await packagesIn(await loadedFiles("--plain"));
  expect([...packages].filter((name) => /^(?:ink|react|react-reconciler|yoga-layout)$/.test(name))).toEqual(
    [],
  );
});
