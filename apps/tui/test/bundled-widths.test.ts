import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { watchBundle } from "@tooling/bundle/watch";
import { expect, test } from "vitest";
import * as z from "zod";
import { widthOf } from "../src/text/width.ts";

const moduleSchema = z.object({ widthOf: z.custom<typeof widthOf>((value) => typeof value === "function") });

test("texts are as wide in the bundled program as in the sources", async () => {
  const folder = await mkdtemp(join(tmpdir(), "install-summary-widths-"));
  try {
    const built = Promise.withResolvers<readonly string[]>();
    const entry = fileURLToPath(new URL("../src/text/width.ts", import.meta.url));
    const bundle = await watchBundle(entry, folder, "width", built.resolve);
    expect(await built.promise).toEqual([]);
    await bundle.stop();
    const loaded: unknown = await import(pathToFileURL(join(folder, "width.js")).href);
    const bundled = moduleSchema.parse(loaded);
    const others = everySign().filter((sign) => bundled.widthOf(sign) !== widthOf(sign));
    expect(others).toEqual([]);
    expect(emoji.map((sign) => bundled.widthOf(sign))).toEqual(emoji.map(() => 2));
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** Signs of several code points: of a keycap, a flag, a region, a tone, a family, and with a selector. */
const emoji = ["1️⃣", "🇩🇪", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👍🏽", "👨‍👩‍👧‍👦", "👩🏽‍💻", "❤️", "🏳️‍🌈", "😀"];

/** What may be an emoji: by itself, with the selector that makes one, and with a tone; and each sign of the first plane's symbols. */
function everySign(): readonly string[] {
  const points = Array.from({ length: 0x2_00_00 }, (_, point) => String.fromCodePoint(point));
  const doubtful = points.filter((sign) => /[\p{Emoji}\p{Extended_Pictographic}]/v.test(sign));
  const symbols = points.filter((sign) => /[\p{S}\p{P}]/v.test(sign));
  return [...symbols, ...doubtful.flatMap((sign) => [sign, `${sign}\uFE0F`, `${sign}\u{1F3FD}`])];
}
