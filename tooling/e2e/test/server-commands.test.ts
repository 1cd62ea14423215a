import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSite } from "../src/open-site.ts";

const portal = "06a792e9-92e9-06a7-e992-a706e992a706";
const vpn = "7f3c1a52-4d0e-4c7b-9b1f-2f5a6c8d9e01";
const counters =
  "InstalledDeviceCount,FailedDeviceCount,NotApplicableDeviceCount,NotInstalledDeviceCount,PendingInstallDeviceCount," +
  "InstalledUserCount,FailedUserCount,NotApplicableUserCount,NotInstalledUserCount,PendingInstallUserCount";
const header = `ApplicationId,DisplayName,Publisher,${counters}`;
const values = "1,2,3,4,5,6,7,8,9,10";

test("import asks what would change, imports with --yes, and changes nothing the second time", async () => {
  const { client, run, write } = await openSite({ isEmpty: true });
  await write("report.csv", `${header}\n${portal},Portal,Contoso,${values}\n${vpn},VPN,Contoso,${values}\n`);

  const dry = await run("import", "report.csv", "--dry-run", "--output", "json");
  expect({ exit: dry.exit, value: JSON.parse(dry.stdout) }).toEqual({
    exit: 0,
    value: { created: 2, changed: 0, unchanged: 0, rejected: 0, dryRun: true, rows: [], kept: [] },
  });
  const unasked = await run("import", "report.csv");
  expect(unasked.exit).toBe(2);
  expect(unasked.stderr).toContain("need --yes without a terminal");
  await expect(client.get(portal)).rejects.toMatchObject({ status: 404 });

  expect(await run("import", "report.csv", "--yes")).toEqual({
    exit: 0,
    stdout: "",
    stderr: "Done: 2 created, 0 changed, 0 unchanged, 0 rejected.\n",
  });
  expect((await client.get(portal)).summary).toMatchObject({
    failedDeviceCount: 2,
    pendingInstallUserCount: 10,
  });
  expect(await run("import", "report.csv")).toMatchObject({
    exit: 0,
    stderr: "Done: 0 created, 0 changed, 2 unchanged, 0 rejected.\n",
  });
  // Its origin is the command's report, not an edit.
  const changes = [];
  for await (const { origin } of client.changes()) changes.push(origin);
  expect(changes).toEqual(["import", "import"]);
});

test("rows that are rejected end in 8 and are told with their lines; a file of another kind ends in 6", async () => {
  const { client, run, write } = await openSite({ isEmpty: true });
  await write(
    "some.csv",
    `${header}\n${portal},Portal,Contoso,${values}\n${vpn},VPN,Contoso,${values.replace("10", "-1")}\n`,
  );
  const some = await run("import", "some.csv", "--yes", "--output", "json");
  expect(some.exit).toBe(8);
  expect(JSON.parse(some.stdout)).toMatchObject({ created: 1, rejected: 1, rows: [{ line: 3 }] });
  expect(some.stderr).toContain("1 created, 0 changed, 0 unchanged, 1 rejected.");
  expect((await client.get(portal)).summary.failedUserCount).toBe(7);

  await write("partial.csv", `ApplicationId,DisplayName,FailedDeviceCount\n${vpn},VPN,4\n`);
  const partial = await run("import", "partial.csv", "--yes");
  expect(partial.exit).toBe(6);
  for (const told of [partial.stdout, partial.stderr]) {
    expect(told).toMatch(/1 app is new, .* or import with --missing-as-zero to use 0\./);
  }
  expect(await run("import", "partial.csv", "--yes", "--missing-as-zero")).toMatchObject({ exit: 0 });

  await write("page.html", "<!doctype html><title>Sign in</title>");
  expect(await run("import", "page.html", "--yes")).toMatchObject({ exit: 6, stdout: "" });
  expect(await run("import", "nothing.csv", "--yes")).toMatchObject({ exit: 2, stdout: "" });
  expect(await run("import", "partial.csv", "--yes", "--read-only")).toMatchObject({ exit: 3, stdout: "" });
});

test("a page of a report is refused, and where pages go in together is told", async () => {
  const { run, write } = await openSite({ isEmpty: true });
  const row = { ApplicationId: portal, FailedDeviceCount: 1 };
  const page = {
    TotalRowCount: 2,
    Schema: Object.keys(row).map((Column) => ({ Column })),
    Values: [Object.values(row)],
  };
  await write("p0.json", JSON.stringify(page));
  await write("p1.json", JSON.stringify(page));
  expect(await run("import", "p0.json", "--yes")).toMatchObject({
    exit: 6,
    stderr: expect.stringContaining("The report has 1 of 2 rows: it is not complete."),
  });
  expect(await run("import", "p0.json", "p1.json", "--yes")).toMatchObject({
    exit: 2,
    stderr: expect.stringMatching(
      /^install-summary: A request imports one file\.\n.*p1\.json.*\n.*\n  Pages of one report go in together on the facade's machine: install-summary-facade import FILE FILE\n$/,
    ),
  });
});

test("what list prints is imported elsewhere, from CSV and from JSON", async () => {
  const from = await openSite();
  for (const form of ["csv", "json"]) {
    const to = await openSite({ isEmpty: true });
    const { stdout } = await from.run("list", "--limit", "0", "--output", form);
    await to.write(`apps.${form}`, stdout);
    expect(await to.run("import", `apps.${form}`, "--yes", "--query", "created")).toMatchObject({
      exit: 0,
      stdout: "200\n",
    });
  }
});

test("doctor finds a facade in order, and says who the developer is", async () => {
  const { run } = await openSite();
  const { exit, stdout } = await run("doctor", "--output", "json");
  const { account, checks } = JSON.parse(stdout);
  expect(exit).toBe(0);
  expect(checks.map(({ check, result }: { check: string; result: string }) => `${check} ${result}`)).toEqual([
    "address ok",
    "connection ok",
    "clock ok",
    "token ok",
    "scopes ok",
    "access ok",
    "facade ok",
  ]);
  expect(account).toMatchObject({ audience: "api://install-summary", application: false });
});

test("contract verify passes a facade, skips a reader's pairs without a reader's token, and puts the counters back", async () => {
  const { facade, client, run, baseUrl, folder } = await openSite();
  const [app] = (await run("list", "--limit", "1", "--query", "[0].id")).stdout.split("\n");
  const before = await client.get(app ?? "");
  const { exit, stdout, stderr } = await run("contract", "verify", baseUrl, "--yes", "--output", "json");
  const { failed, pairs } = JSON.parse(stdout);
  expect(pairs.filter(({ result }: { result: string }) => result === "failed")).toEqual([]);
  expect({ exit, failed }).toEqual({ exit: 0, failed: 0 });
  expect(stderr).toContain("The counters are as they were.");
  expect((await client.get(app ?? "")).summary).toEqual(before.summary);

  await writeFile(
    join(folder, "reader"),
    await facade.issueToken({ scope: "DeviceManagementApps.Read.All" }),
  );
  const whole = await run(
    "contract",
    "verify",
    baseUrl,
    "--yes",
    "--reader-token-file",
    "reader",
    "-o",
    "json",
  );
  expect(JSON.parse(whole.stdout)).toMatchObject({ failed: 0, skipped: 0 });
  const only = await run(
    "contract",
    "verify",
    baseUrl,
    "--yes",
    "--only",
    "1",
    "--query",
    "pairs[].number",
    "-o",
    "json",
  );
  expect(JSON.parse(only.stdout)).toEqual([1]);
  expect(await run("contract", "verify", baseUrl)).toMatchObject({ exit: 2, stdout: "" });
  expect(await run("contract", "verify", baseUrl, "--only", "nonsense")).toMatchObject({
    exit: 2,
    stdout: "",
  });
});
