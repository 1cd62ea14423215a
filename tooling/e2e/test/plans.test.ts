import { expect, test } from "vitest";
import { openSite } from "../src/open-site.ts";

test("a spreadsheet of all apps is edited while others change the apps: the plan has the person's edits alone", async () => {
  const { client, run, write } = await openSite();
  const exported = await run("list", "--limit", "0", "--output", "csv");
  const [head = "", first = "", second = "", ...rest] = exported.stdout.split("\r\n");
  const column = head.replace("\ufeff", "").split(",").indexOf("FailedUserCount");
  const [one, other] = [first, second].map((row) => row.split(","));
  if (one === undefined || other === undefined) throw new Error("The list has too few apps.");
  const edit = (cells: readonly string[]): string => cells.with(column, "4711").join(",");
  await write("apps.csv", [head, edit(one), edit(other), ...rest].join("\r\n"));

  // Someone else changes another counter of the first app and the same counter of the second one.
  const [firstId = "", secondId = ""] = [one[0], other[0]];
  const [before] = await Promise.all([client.get(firstId), client.update(secondId, { failedUserCount: 12 })]);
  await client.edit(firstId, () => ({ failedDeviceCount: { add: 1 } }));

  const planned = await run("plan", "apps.csv", "--output", "json");
  expect({ exit: planned.exit, changes: JSON.parse(planned.stdout).changes }).toMatchObject({
    exit: 0,
    changes: [
      {
        id: firstId,
        etag: before.etag,
        before: { failedUserCount: before.summary.failedUserCount },
        patch: { failedUserCount: 4711 },
      },
      { id: secondId, patch: { failedUserCount: 4711 } },
    ],
  });
  await write("plan.json", planned.stdout);

  const strict = await run("apply", "plan.json", "--yes", "--output", "json");
  expect(strict.exit).toBe(5);
  expect(JSON.parse(strict.stdout)).toMatchObject({ applied: 0, stale: 2 });

  const moved = await run("apply", "plan.json", "--yes", "--rebase", "--each", "--output", "json");
  expect(moved.exit).toBe(8);
  expect(JSON.parse(moved.stdout)).toMatchObject({ applied: 1, stale: 1 });
  const { summary } = await client.get(firstId);
  expect(summary).toMatchObject({
    failedUserCount: 4711,
    failedDeviceCount: before.summary.failedDeviceCount + 1,
  });
  expect((await client.get(secondId)).summary.failedUserCount).toBe(12);
});

test("a plan of all apps is applied, and applied again it changes nothing", async () => {
  const { client, run, write } = await openSite();
  const listed = await run("list", "--limit", "0", "--output", "ndjson");
  const lines = listed.stdout.trimEnd().split("\n");
  const edited = lines.map((line) => JSON.stringify({ ...JSON.parse(line), failedUserCount: 5 }));
  await write("old.ndjson", listed.stdout);
  await write("new.ndjson", edited.join("\n"));
  const planned = await run("plan", "new.ndjson", "old.ndjson", "--output", "json");
  await write("plan.json", planned.stdout);
  expect(JSON.parse(planned.stdout).changes.length).toBeGreaterThan(150);
  expect(await run("apply", "plan.json", "--yes", "--quiet", "--query", "stale")).toEqual({
    exit: 0,
    stdout: "0\n",
    stderr: "",
  });
  for await (const { installSummary } of client.list()) expect(installSummary.failedUserCount).toBe(5);
  expect(await run("apply", "plan.json", "--yes", "--query", "applied")).toMatchObject({
    exit: 0,
    stdout: "0\n",
  });
});
