import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderOf } from "../src/packages.ts";
import { run, type Ended } from "../src/run.ts";
import { temporaryFolder } from "./place.ts";

const folder = join(folderOf("facade"), "deploy");
const file = join(folder, "install-summary-facade.service");
const version = await run("systemd-analyze", ["--version"]).catch(() => undefined);
const missing = "systemd-analyze is not installed";

/** A copy of the unit whose program is one that every machine has, since systemd looks whether it is there. */
async function copyUnit(change: (unit: string) => string = (unit) => unit): Promise<string> {
  const copy = join(temporaryFolder(), "install-summary-facade.service");
  const unit = await readFile(file, "utf8");
  await writeFile(copy, change(unit.replace("/usr/local/bin/install-summary-facade", "/usr/bin/env")));
  return copy;
}

/** How systemd rates the confinement of a unit: with 0 where less than 1.5 of 10 is exposed. */
async function rate(unit: string): Promise<Ended> {
  return run("systemd-analyze", ["security", "--offline=true", "--threshold=15", "--no-pager", unit]);
}

test("systemd finds no fault in the unit", async ({ skip }) => {
  if (version === undefined) skip(missing);
  expect(await run("systemd-analyze", ["verify", await copyUnit()])).toEqual({
    exit: 0,
    stdout: "",
    stderr: "",
  });
  const wrong = await copyUnit((unit) => unit.replace("DynamicUser=", "DynamicUsr="));
  expect((await run("systemd-analyze", ["verify", wrong])).stderr).toContain("DynamicUsr");
});

test("systemd rates the unit as well confined", async ({ skip }) => {
  if (version === undefined) skip(missing);
  expect(await rate(await copyUnit())).toMatchObject({ exit: 0 });
  const open = await copyUnit((unit) => unit.replace(/^(Protect|Restrict|System|Private)\w+=.*$/gm, ""));
  expect((await rate(open)).exit).not.toBe(0);
});

test("no unit forbids a socket that the facade is told to use: of the network, or of PostgreSQL on this machine", async () => {
  const units = (await readdir(folder)).filter((name) => name.endsWith(".service"));
  expect(units).toContain("install-summary-facade.service");
  const texts = await Promise.all(units.map((name) => readFile(join(folder, name), "utf8")));
  const allowed = texts.flatMap((unit) => /^RestrictAddressFamilies=(.*)$/m.exec(unit)?.slice(1) ?? []);
  expect(allowed.map((families) => families.split(" ").toSorted())).toEqual([
    ["AF_INET", "AF_INET6", "AF_UNIX"],
  ]);
});

test("systemd finds no fault in the units that back up every night", async ({ skip }) => {
  if (version === undefined) skip(missing);
  const place = temporaryFolder();
  const copies = ["install-summary-backup.service", "install-summary-backup.timer"].map((name) => ({
    from: join(folder, name),
    to: join(place, name),
  }));
  for (const { from, to } of copies) await writeFile(to, await readFile(from, "utf8"));
  expect(await run("systemd-analyze", ["verify", ...copies.map(({ to }) => to)])).toEqual({
    exit: 0,
    stdout: "",
    stderr: "",
  });
});
