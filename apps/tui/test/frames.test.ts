import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { watchBundle } from "@tooling/bundle/watch";
import { openTerminal } from "@tooling/terminal";
import { afterAll, beforeAll, expect, test } from "vitest";
import { frameNames, frameSizes, frameText } from "./frame-screens.ts";

// Unit tests hold what is drawn to the kept frames; here a terminal shows them, each after the one before.

const here = fileURLToPath(new URL("..", import.meta.url));
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "install-summary-frames-"));
  const built = Promise.withResolvers<readonly string[]>();
  const bundle = await watchBundle(join(here, "test/frame-player.ts"), folder, "frames", built.resolve);
  const faults = await built.promise;
  await bundle.stop();
  if (faults.length > 0) throw new Error(`The player of frames cannot be built: ${faults.join("\n")}`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(frameSizes)("a terminal of $columns×$rows shows each screen as its frame", async (size) => {
  const env = { PATH: process.env["PATH"], HOME: folder, LANG: "C.UTF-8", NO_COLOR: "1" };
  const terminal = openTerminal({
    command: process.execPath,
    args: [join(folder, "frames.js")],
    env,
    ...size,
  });
  try {
    for (const name of frameNames()) {
      const file = join(here, `src/editor/ink/screens/frames/${name}-${size.columns}x${size.rows}.txt`);
      const frame = await readFile(file, "utf8");
      const shown = (): string => frameText(name, terminal.screen().split("\n"));
      await expect.poll(() => shown().trimEnd(), { message: name }).toBe(frame.trimEnd());
      terminal.type("x");
    }
    expect(await terminal.ended).toMatchObject({ exitCode: 0 });
  } finally {
    await terminal.close();
  }
});
