import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { build } from "esbuild";
import { expect, test } from "vitest";

// A test environment such as jest's jsdom has fewer globals than any browser. What a form or a test imports is to load
// there: only a call of what needs a global may fail. ky and zip.js, of the other entries, need the globals of `fetch`.

test.each([
  ["@install-summary/core", "parsePatch({ failedDeviceCount: 4 }).failedDeviceCount", 4],
  ["@install-summary/core", "installSummaryPatchSchema.safeParse({ failedDeviceCount: -1 }).success", false],
  ["@install-summary/core/contract", "goldenPairs[0].number", 1],
  ["@install-summary/core/service", "typeof dispatch", "function"],
  ["@install-summary/core/text", "typeof visibleText", "function"],
])("%s loads where only JavaScript itself is there, and %s", async (entry, expression, value) => {
  const { outputFiles } = await build({
    stdin: {
      contents: `export * from "${entry}";`,
      resolveDir: fileURLToPath(new URL("..", import.meta.url)),
    },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "loaded",
    platform: "browser",
    target: "es2024",
  });
  const code = new TextDecoder().decode(outputFiles[0]?.contents);
  expect(runInNewContext(`${code}; with (loaded) { ${expression} }`, {})).toBe(value);
});
