import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { report, summary } from "./facades.ts";
import { runFacade, startServing } from "./programs.ts";
import { appId } from "./samples.ts";
import { temporaryFolder } from "./stores.ts";

/** A disk that the system keeps from being written after an error, as it does for the root of many systems. */
interface FailingDisk {
  readonly folder: string;
  readonly fail: () => void;
}

function run(command: string, ...words: readonly string[]) {
  return spawnSync(command, words, { encoding: "utf8" });
}

/** Undefined where no disk can be mounted, or made to fail. */
function mountDisk(): FailingDisk | undefined {
  const place = temporaryFolder();
  const [image, folder] = [join(place, "image"), join(place, "disk")];
  mkdirSync(folder);
  writeFileSync(image, "");
  truncateSync(image, 64 * 2 ** 20);
  if (run("mkfs.ext4", "-q", "-F", image).status !== 0) return undefined;
  if (run("mount", "-o", "loop,errors=remount-ro", image, folder).status !== 0) return undefined;
  // The hook that is registered last runs first.
  onTestFinished(() => void run("umount", "--lazy", folder));
  const device = basename(run("findmnt", "--noheadings", "--output", "SOURCE", folder).stdout.trim());
  const trigger = `/sys/fs/ext4/${device}/trigger_fs_error`;
  if (device === "" || !existsSync(trigger)) return undefined;
  return { folder, fail: () => writeFileSync(trigger, "1") };
}

test("on a disk that failed and is read-only since, doctor says so, and stores are exported and copied", async ({
  skip,
}) => {
  const disk = mountDisk();
  if (disk === undefined) return skip("no disk can be mounted here that fails when it is told to");
  const { folder, fail } = disk;
  const elsewhere = temporaryFolder();
  writeFileSync(join(folder, "apps.csv"), report);
  for (const data of ["stopped", "killed", "served"]) {
    expect(await runFacade({ folder }, "import", "apps.csv", "--data", data)).toMatchObject({ exit: 0 });
  }
  const change = async (data: string) => {
    const serving = await startServing({ folder }, "--data", data);
    const token = (await runFacade({ folder }, "token", "--data", data)).stdout.trim();
    const patched = await fetch(new URL(summary, serving.url), {
      method: "PATCH",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ failedDeviceCount: 77 }),
    });
    expect(patched.status).toBe(200);
    return serving;
  };
  await (await change("killed")).stop("SIGKILL");
  await change("served");
  fail();
  for (const [data, failed] of [
    ["stopped", 1],
    ["killed", 77],
    ["served", 77],
  ] as const) {
    const doctor = await runFacade({ folder }, "doctor", "--port", "0", "--data", data);
    expect({ data, ...doctor }).toMatchObject({
      exit: 2,
      stdout: expect.stringContaining(
        `FAIL  data folder  The data folder ${join(folder, data)} cannot be used: the disk is read-only.`,
      ),
    });
    expect(doctor.stdout).toContain("is whole, and its");
    const exported = await runFacade({ folder }, "export", "--data", data);
    expect({ data, ...exported }).toMatchObject({
      exit: 0,
      stdout: expect.stringMatching(new RegExp(`^${appId},.*,${failed},`, "m")),
    });
    const copy = join(elsewhere, `${data}.db`);
    expect(await runFacade({ folder }, "backup", copy, "--data", data)).toMatchObject({ exit: 0 });
    expect(await runFacade({ folder }, "import", "apps.csv", "--data", data)).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("cannot be used: the disk is read-only."),
    });
  }
});
