import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { exampleSummary } from "@install-summary/core/contract";
import { expect, test } from "vitest";
import { connect } from "../../src/connect.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox.ts";
import { runStart, startInTerminal } from "../../src/run-start.ts";
import { startValue, startWriter } from "../../src/start-writer.ts";

const payroll = exampleSummary.id;
const right = "\u001B[C";

test("an edit in a fresh folder survives a restart, and every acknowledged change survives a kill", async () => {
  const sandbox = await createSandbox();
  await editInTerminal(sandbox);

  const facade = runStart(sandbox);
  await facade.prints(`http://127.0.0.1:${sandbox.port}/beta`);
  const client = await connect(sandbox);
  expect(facade.errors(), "apps that are there are not loaded again").not.toContain("Loaded");
  expect(await client.get(payroll)).toMatchObject({
    summary: { failedDeviceCount: 8, installedDeviceCount: 2080 },
    etag: 'W/"2"',
  });

  const ids = await firstIds(sandbox, 8);
  const writers = ids.map((id) => startWriter(sandbox, id, 50));
  const ended = Promise.all(writers.map((writer) => writer.ended));
  await Promise.race([ended, Promise.all(writers.map((writer) => writer.isUnderWay))]);
  facade.signal("SIGKILL");
  const written = await ended;
  await facade.ended;

  const file = new DatabaseSync(join(sandbox.folder, ".data", "install-summary.db"));
  expect(file.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  const log = file.prepare(
    "SELECT count(*) AS changes, max(version) AS newest FROM install_summary_change WHERE app_id = ?",
  );
  const again = runStart(sandbox);
  await again.prints(`http://127.0.0.1:${sandbox.port}/beta`);
  for (const [index, { acknowledged, sent }] of written.entries()) {
    const id = ids[index] ?? "";
    const { summary, etag } = await client.get(id);
    const applied = summary.failedDeviceCount - startValue;
    expect(applied, "every acknowledged change is there").toBeGreaterThanOrEqual(acknowledged);
    expect(applied, "nothing is there that was not sent").toBeLessThanOrEqual(sent);
    expect(etag, "each change made one version").toBe(`W/"${applied + 1}"`);
    expect(log.get(id), "the log has each version once").toEqual({
      changes: applied + 1,
      newest: applied + 1,
    });
  }
  file.close();
});

/** Finds an app, changes a counter, reviews and sends the change, reads it over REST, and quits. */
async function editInTerminal(sandbox: Sandbox): Promise<void> {
  const editor = startInTerminal(sandbox);
  await editor.shows("200 apps · by failed", 60);
  editor.type("/payroll\r");
  await editor.shows("Contoso · Android · version 1");
  editor.type(right);
  await editor.shows("Devices on which installing the app failed.");
  editor.type("8");
  await editor.shows("stage and down");
  editor.type("\r");
  await editor.shows("Staged: failed devices 16 → 8 (−8).");
  editor.type("s");
  await editor.shows('{"failedDeviceCount":8}');
  editor.type("y");
  await editor.shows("1 → 2  ");
  // The undo command can be pasted: it names the server and this checkout.
  await editor.shows(`INSTALL_SUMMARY_URL='http://127.0.0.1:${sandbox.port}/beta' npx -y pnpm@12 --dir`);
  const client = await connect(sandbox);
  expect((await client.get(payroll)).summary.failedDeviceCount).toBe(8);
  editor.type("q");
  expect(await editor.ended).toEqual({ exitCode: 0, signal: 0 });
  await expect(client.get(payroll), "the facade ends with the editor").rejects.toThrow("network error");
}

async function firstIds(sandbox: Sandbox, count: number): Promise<readonly string[]> {
  const client = await connect(sandbox);
  const ids: string[] = [];
  for await (const { id } of client.list({ top: count + 1 })) {
    if (id !== payroll) ids.push(id);
    if (ids.length === count) break;
  }
  return ids;
}
