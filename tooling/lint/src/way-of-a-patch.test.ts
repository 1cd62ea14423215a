import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const sources = globSync("{packages/core,apps/facade}/src/**/*.ts", { cwd: root });

test("CONTRIBUTING's way of a PATCH names files of core and the facade", () => {
  const text = readFileSync(`${root}.github/CONTRIBUTING.md`, "utf8");
  const [, way = ""] = /^## The way of a PATCH\n(.*?)^## /ms.exec(text) ?? [];
  const names = Array.from(way.matchAll(/`([\w/-]+)`/g), ([, name = ""]) => name);
  const files = names.filter((name) => !/^(?:apps|packages)\//.test(name) && name !== "identity");
  expect(files).toContain("server/start-server");
  expect(files.filter((name) => !sources.some((source) => source.endsWith(`/${name}.ts`)))).toEqual([]);
});
