import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { google, runSignedIn, useCommandsFixture } from "./commands-fixture.ts";

const fixture = useCommandsFixture();

/** A gateway that repeats the token in its error, and in the ids of the request. */
function echo(status: number, method?: string): void {
  fixture.server.intervene((request) => {
    if (method !== undefined && request.method !== method) return undefined;
    const said = `got ${String(request.headers.authorization)} and ${"x".repeat(440)} ${fixture.server.token}`;
    const error = { code: "Forbidden", message: said, innerError: { "request-id": fixture.server.token } };
    const headers = { "request-id": fixture.server.token, "client-request-id": fixture.server.token };
    return { status, headers, body: { error } };
  });
}

test.each([
  ["get", google],
  ["get", google, "-o", "json"],
  ["get", google, "--verbose"],
  ["list", "-o", "json"],
  ["history", google],
  ["set", google, "failed=8", "--yes", "-o", "json"],
  ["doctor"],
  ["doctor", "-o", "json"],
  ["import", "report.csv", "--yes", "-o", "json"],
])("%s %s %s %s %s prints no part of a token that the response repeats", async (...args) => {
  await writeFile(join(fixture.folder, "report.csv"), "ApplicationId\n");
  for (const status of [400, 403, 500, 200]) {
    echo(status);
    const { stdout, stderr } = await runSignedIn(fixture.server, args, { cwd: fixture.folder });
    expect(partsIn(stdout + stderr)).toEqual([]);
  }
});

test("a change that is not confirmed, and a contract that is not kept, are told without the token", async () => {
  echo(502, "PATCH");
  const args = ["set", google, "failed=8", "--yes", "-o", "json"];
  const { exit, stdout, stderr } = await runSignedIn(fixture.server, args);
  expect(exit).toBe(7);
  expect(partsIn(stdout + stderr)).toEqual([]);
  const verify = [
    "contract",
    "verify",
    fixture.server.url,
    "--app",
    google,
    "--only",
    "1",
    "--yes",
    "-o",
    "json",
  ];
  const verified = await runSignedIn(fixture.server, verify);
  expect(verified.exit).toBe(7);
  expect(partsIn(verified.stdout + verified.stderr)).toEqual([]);
});

/** The parts of 8 characters of the token that are there. */
function partsIn(text: string): readonly string[] {
  const { token } = fixture.server;
  const parts = Array.from({ length: token.length - 7 }, (_, at) => token.slice(at, at + 8));
  return parts.filter((part) => text.includes(part));
}
