import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { google, patchesAt, runSignedIn, useCommandsFixture } from "./commands-fixture.ts";
import { sampleId } from "./sample-apps.ts";

const fixture = useCommandsFixture();
const yes = ["", "=", "=true", "=True", "=TRUE", "=t", "=yes", "=y", "=on", "=1"];
const no = ["=false", "=no", "=off", "=0"];
const set = ["set", google, "failed+=1", "--yes"];

test.each([...yes.map((end) => `--read-only${end}`), "--readOnly", "--readOnly=1"])(
  "%s refuses a change before the network",
  async (option) => {
    expect(await runSignedIn(fixture.server, [...set, option])).toMatchObject({ stdout: "" });
    expect(fixture.server.requests).toEqual([]);
  },
);

test.each(["=yes", "=1"])("--read-only%s refuses every command that changes", async (end) => {
  const { server, folder } = fixture;
  const [plan, report] = [join(folder, "plan.json"), join(folder, "report.csv")];
  const made = await runSignedIn(server, ["plan", "failed=8", "--app", google, "-o", "json"]);
  await writeFile(plan, made.stdout);
  await writeFile(report, `id,displayName,failedDeviceCount\n${google},Google,8\n`);
  const asked = server.requests.length;
  const option = `--read-only${end}`;
  const commands = [
    [...set, option],
    [option, ...set],
    ["undo", google, "--yes", option],
    ["apply", plan, "--yes", option],
    ["import", report, "--yes", option],
    ["contract", "verify", google, "--yes", option],
  ];
  const ended = await Promise.all(commands.map((command) => runSignedIn(server, command)));
  expect(ended.map(({ exit }) => exit)).toEqual(commands.map(() => 3));
  expect(server.requests).toHaveLength(asked);
});

test.each(no)("--read-only%s lets a change go", async (end) => {
  expect(await runSignedIn(fixture.server, [...set, `--read-only${end}`])).toMatchObject({ exit: 0 });
  expect(patchesAt(fixture.server)).toHaveLength(1);
});

test.each(["=yes", "=1", "=True", "=on"])("--dry-run%s sends nothing", async (end) => {
  expect(await runSignedIn(fixture.server, [...set, `--dry-run${end}`])).toMatchObject({ exit: 0 });
  expect(patchesAt(fixture.server)).toEqual([]);
});

test.each(["=yes", "=1", "=True"])("--quiet and --verbose with %j do what they say", async (end) => {
  const said = await runSignedIn(fixture.server, ["get", sampleId(1), `--verbose${end}`]);
  expect(said.stderr).toContain("GET http");
  const done = await runSignedIn(fixture.server, [...set, `--quiet${end}`]);
  expect(done).toMatchObject({ exit: 0, stderr: "" });
});

test.each(["--read-only", "--dry-run", "--quiet", "--verbose", "--yes"])(
  "%s with a word that is neither true nor false is refused before anything is done",
  async (option) => {
    const words = set.filter((word) => word !== option);
    expect(await runSignedIn(fixture.server, [...words, `${option}=ture`])).toMatchObject({
      exit: 2,
      stdout: "",
      stderr: expect.stringContaining(`${option} must be true or false; got ture.`),
    });
    expect(fixture.server.requests).toEqual([]);
  },
);
