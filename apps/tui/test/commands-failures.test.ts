import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import type { CannedResponse } from "./contract-server.ts";
import { google, runSignedIn, useCommandsFixture } from "./commands-fixture.ts";
import type { Ended } from "./run-program.ts";

const fixture = useCommandsFixture();

beforeEach(async () => {
  const changes = [
    { id: google, etag: 'W/"7"', before: { failedDeviceCount: 16 }, patch: { failedDeviceCount: 8 } },
  ];
  const plan = { format: 1, url: fixture.server.url, changes };
  await writeFile(join(fixture.folder, "plan.json"), JSON.stringify(plan));
  await writeFile(join(fixture.folder, "report.csv"), `ApplicationId,FailedDeviceCount\n${google},8\n`);
});

/** Runs a command in the folder of the test while the server responds to everything with this. */
function runAgainst(response: CannedResponse, args: readonly string[]): Promise<Ended> {
  fixture.server.intervene(() => response);
  return runSignedIn(fixture.server, args, { cwd: fixture.folder });
}

const commands = [
  ["list"],
  ["get", google],
  ["set", google, "failed=8", "--yes"],
  ["undo", google],
  ["history"],
  ["history", "--follow"],
  ["plan", "report.csv"],
  ["apply", "plan.json", "--yes"],
  ["import", "report.csv", "--yes"],
  ["doctor"],
].map((args): readonly [string, readonly string[]] => [args.join(" "), args]);

const forbidden: CannedResponse = {
  status: 403,
  headers: { "request-id": "5f0c" },
  body: { error: { code: "Forbidden", message: "Not yours." } },
};

test.each(commands)("%s says that the server refused it, why, and what to do", async (_, args) => {
  const { exit, stdout, stderr } = await runAgainst(forbidden, args);
  expect(exit).toBe(3);
  const told = stdout + stderr;
  expect(told).toContain("Not allowed (403 Forbidden): Not yours.");
  expect(told).toContain("changing one with DeviceManagementApps.ReadWrite.All.");
  expect(told).toContain("request-id 5f0c");
});

test.each(commands)("%s says that a response cannot be used, and why", async (_, args) => {
  const { exit, stdout, stderr } = await runAgainst({ status: 200, body: [7] }, args);
  expect(exit).toBe(7);
  expect(stdout + stderr).toMatch(
    /The response to (?:GET|POST) http:\S+ cannot be used: it (?:is a list|does not)/,
  );
  expect(stdout + stderr).toContain("Is INSTALL_SUMMARY_URL right?");
});

// Servers send such statuses, and what makes a `Response` refuses them.
test.each(commands)(
  "%s tells a status above 599 as the failure of the server that it is",
  async (_, args) => {
    const { exit, stdout, stderr } = await runAgainst({ status: 999, body: "Request denied" }, args);
    expect(exit).toBe(7);
    expect(stdout + stderr).toMatch(/\b999\b/);
    expect(stdout + stderr).not.toMatch(/No usable response|connection broke|fetch failed/i);
  },
);

test("doctor tells a server that is busy from one that is another", async () => {
  const busy = await runAgainst({ status: 503, headers: { "retry-after": "99" } }, ["doctor"]);
  expect(busy).toMatchObject({ exit: 7, stderr: "" });
  expect(busy.stdout).toContain("It is busy or failing: the check of access says more.\n");
  expect(busy.stdout).toContain("Wait 99 s before the next try.\n");
  expect((await runAgainst({ status: 404 }, ["doctor"])).stdout).toContain("Is INSTALL_SUMMARY_URL right?");
});

test("doctor tells why the log of changes cannot be read, where the server may have one", async () => {
  fixture.server.intervene(({ url }) => (url.startsWith("/api/changes") ? forbidden : undefined));
  const { exit, stdout } = await runSignedIn(fixture.server, ["doctor"]);
  expect(exit).toBe(0);
  expect(stdout).toContain("!     facade       Not allowed (403 Forbidden): Not yours. (request-id 5f0c)\n");
});

test.each(commands)("%s says that the connection broke half-way through a response", async (_, args) => {
  const half: CannedResponse = { status: 200, body: { value: "x".repeat(1000) }, cut: true };
  const { exit, stdout, stderr } = await runAgainst(half, args);
  expect(exit).toBe(7);
  const told = stdout + stderr;
  expect(told).toMatch(/No usable response (?:from \S+|came): the other side closed the connection/);
  expect(told).not.toContain("cannot be reached");
  expect(told).not.toContain("bug");
});

test("an import whose response is lost or cannot be used says that it may be in, and how it goes on", async () => {
  const dryRun = ["import", "report.csv", "--dry-run"];
  const whole = ["import", "report.csv", "--yes"];
  const page = { status: 200, body: "<html>" };
  for (const response of [
    page,
    { status: 200 },
    { status: 200, body: {} },
    { ...page, cut: true } as const,
  ]) {
    expect((await runAgainst(response, dryRun)).stderr).not.toContain("may be in");
    const { exit, stderr } = await runAgainst(response, whole);
    expect(exit).toBe(7);
    expect(stderr).toContain("The import was on its way: some of it may be in.\n");
    expect(stderr).toContain("  The same import again goes on from there: ");
  }
});
