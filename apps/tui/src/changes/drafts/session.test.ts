import { mkdtemp, rm, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { endedSessions, formatSession } from "./session.ts";

let folder = "";
const pathOf = (id: string): string => join(folder, `${id}.json`);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "install-summary-sessions-"));
  await writeFile(pathOf("own"), await formatSession());
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a session whose process runs has not ended, and one whose process is another by now has", async () => {
  await writeFile(pathOf("running"), await formatSession());
  await writeFile(pathOf("killed"), await formatKilled());
  const isEnded = await endedSessions(folder, "own");
  expect(await Promise.all(["own", "running", "killed", "gone"].map(isEnded))).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

test("a file that cannot be understood is that of a session that runs, as long as it was touched lately", async () => {
  await writeFile(pathOf("broken"), "{");
  const isEnded = await endedSessions(folder, "own");
  expect(await isEnded("broken")).toBe(false);
});

test("a session has ended also where another editor removes its file in that moment", async () => {
  const killed = await formatKilled();
  for (let round = 0; round < 300; round += 1) {
    await writeFile(pathOf("killed"), killed);
    const isEnded = await endedSessions(folder, "own");
    const ended = isEnded("killed");
    // Between each two steps of the look, in one round or another.
    for (let turn = 0; turn < round % 10; turn += 1) await nextTurn();
    await unlink(pathOf("killed"));
    expect(await ended).toBe(true);
  }
});

/** The file of an editor that was killed: another process has its number by now. */
async function formatKilled(): Promise<string> {
  const session: unknown = JSON.parse(await formatSession());
  return JSON.stringify({ ...Object(session), start: "another start" });
}
