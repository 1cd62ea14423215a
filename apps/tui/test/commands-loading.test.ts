import { expect, test } from "vitest";
import { google, runSignedIn, useCommandsFixture } from "./commands-fixture.ts";
import { filesLoadedBy, packagesIn } from "./loaded-files.ts";

const fixture = useCommandsFixture();

function loadedFiles(args: readonly string[]): Promise<readonly string[]> {
  return filesLoadedBy(async (env) => {
    expect(await runSignedIn(fixture.server, args, { env })).toMatchObject({ exit: 0 });
  });
}

async function loadedPackages(args: readonly string[]): Promise<ReadonlySet<string>> {
  return packagesIn(await loadedFiles(args));
}

test("--help loads three files, since each costs as much as much of its code", async () => {
  expect(await loadedFiles(["--help"])).toHaveLength(3);
});

test.each(["--help", "--version"])("%s loads neither ky nor zod nor Ink", async (option) => {
  const packages = await loadedPackages([option]);
  expect([...packages].toSorted()).toEqual(["@stricli/core", "env-paths", "is-safe-filename", "ours"]);
});

test.each([[["config"]], [["completion", "bash"]], [["complete", "--", "="]]])(
  "%j loads neither ky nor zod nor Ink",
  async (args) => {
    const packages = await loadedPackages(args);
    expect([...packages].filter((name) => /^(?:ky|zod)$|ink|react|yoga|ufuzzy/.test(name))).toEqual([]);
  },
);

test.each([[["list"]], [["get", google]], [["set", google, "failed=1", "--dry-run"]]])(
  "%j loads no Ink",
  async (args) => {
    const packages = await loadedPackages(args);
    expect([...packages]).toEqual(expect.arrayContaining(["ky", "zod", "@stricli/core"]));
    expect([...packages].filter((name) => /ink|react|yoga|ufuzzy|jmespath/.test(name))).toEqual([]);
  },
);
