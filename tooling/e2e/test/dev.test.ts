import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createSandbox } from "../src/sandbox.ts";
import { devInTerminal, runDev } from "../src/run-start.ts";

test("pnpm dev opens the editor on the facade, and quitting it ends both", async () => {
  const sandbox = await createSandbox();
  const editor = devInTerminal(sandbox);
  await editor.shows("200 apps · by failed", 60);

  editor.type("q");

  expect(await editor.ended).toEqual({ exitCode: 0, signal: 0 });
  expect(editor.emulator.buffer.active.type).toBe("normal");
  await expect(fetch(`http://127.0.0.1:${sandbox.port}/`)).rejects.toThrow("fetch failed");
  expect(await readFile(join(sandbox.folder, ".data", "facade.log"), "utf8")).toContain(
    "Loaded the sample tenant",
  );
});

test("pnpm dev without a terminal serves until it is told to stop", async () => {
  const sandbox = await createSandbox();
  const dev = runDev(sandbox);
  await dev.prints(`The facade is on http://127.0.0.1:${sandbox.port}/beta`);

  dev.signal("SIGTERM");

  expect(await dev.ended).toBe(0);
  await expect(fetch(`http://127.0.0.1:${sandbox.port}/`)).rejects.toThrow("fetch failed");
});
