import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { google, runSignedIn, useCommandsFixture } from "./commands-fixture.ts";

const fixture = useCommandsFixture();

test.each([
  ["get", google],
  ["list"],
  ["set", google, "failed=1", "--yes"],
  ["undo", google, "--yes"],
  ["history", google],
  ["plan", "bad.csv"],
  ["plan", "bad.csv", "bad.csv"],
  ["apply", "bad.csv"],
  ["import", "bad.csv", "--yes"],
  ["doctor"],
])("a URL with a password or a key is refused, and never shown: %s %s", async (...args) => {
  const { folder, server } = fixture;
  await writeFile(join(folder, "bad.csv"), "nothing of a report\n");
  for (const url of ["https://user:s3cret@127.0.0.1:1/beta", "https://127.0.0.1:1/beta?key=s3cret"]) {
    const { exit, stdout, stderr } = await runSignedIn(server, args, {
      cwd: folder,
      env: { INSTALL_SUMMARY_URL: url },
    });
    expect(exit).not.toBe(0);
    expect(stdout + stderr).not.toContain("s3cret");
  }
  expect(server.requests).toEqual([]);
});
