import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { serviceFault } from "../../files/file-fault.ts";
import { DamagedFile, SuspectedDamage, UnreadPage } from "../../files/sqlite-codes.ts";
import { watchDamage } from "./damage-watch.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const malformed = Object.assign(new Error("database disk image is malformed"), { errcode: 11 });
const diskFault = Object.assign(new Error("EIO"), { code: "EIO", syscall: "read" });
const gone = Object.assign(new Error("ENOENT"), { code: "ENOENT", syscall: "realpath" });

const checked = "The store looks damaged and is being checked. Please retry again later.";
const damaged = "The store is damaged and must be restored from a backup.";
const failed = "The store could not be read or written. Read again before you repeat a change.";

/** A watch whose looks end when the test says so. */
function watch() {
  const looks: { unknown: unknown; signal: AbortSignal; end: (found: unknown) => Promise<void> }[] = [];
  let diskFaults = 0;
  const watched = watchDamage({
    look(_damage, unknown, signal) {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      const end = async (found: unknown): Promise<void> => {
        resolve(found);
        await promise;
      };
      looks.push({ unknown, signal, end });
      return promise;
    },
    onDiskFault: () => (diskFaults += 1),
  });
  return { watched, looks, diskFaults: () => diskFaults };
}

/** One whose first look has found that the disk fails, after as many milliseconds. */
async function watchOfDisk(milliseconds = 0) {
  const { looks, ...made } = watch();
  made.watched.meet(malformed);
  vi.advanceTimersByTime(milliseconds);
  await looks[0]?.end(diskFault);
  return { looks, ...made };
}

test("while the file is checked for the first time nobody is served, and nobody is told that it is damaged", () => {
  const { watched, looks } = watch();
  expect(watched.fault()).toBeUndefined();
  expect(watched.meet(malformed)).toBeInstanceOf(SuspectedDamage);
  expect(watched.fault()).toMatchObject({ status: 503, message: checked, retryAfter: 5 });
  expect(watched.meet(malformed)).toBe(watched.fault());
  expect(looks).toHaveLength(1);
});

test.each([
  ["damage that another process finds as well", malformed],
  ["what nothing could be found of", gone],
])("%s is damage for good", async (_what, found) => {
  const { watched, looks } = watch();
  watched.meet(malformed);
  await looks[0]?.end(found);
  expect(watched.fault()).toMatchObject({ status: 503, message: damaged });
  await vi.advanceTimersByTimeAsync(1e9);
  watched.meet(malformed);
  expect(looks).toHaveLength(1);
});

test("what this program has found is damage at once, whatever a look finds then", async () => {
  const { watched, looks } = watch();
  watched.meet(malformed);
  const cut = new DamagedFile("the log is cut");
  expect(watched.meet(cut)).toBe(cut);
  expect(watched.fault()).toMatchObject({ message: damaged });
  await looks[0]?.end(diskFault);
  expect(watched.fault()).toMatchObject({ message: damaged, cause: cut });
});

test("once the disk is known to fail, a page costs only its readers a 503, and the next look denies nobody", async () => {
  const { watched, looks, diskFaults } = await watchOfDisk();
  expect([watched.fault(), watched.isOfDisk(), diskFaults()]).toEqual([undefined, true, 1]);
  const told = watched.meet(malformed);
  expect(told).toBeInstanceOf(UnreadPage);
  expect(serviceFault(told)).toMatchObject({ status: 503, message: failed, retryAfter: 5 });
  expect(watched.fault()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(59_999);
  watched.meet(malformed);
  expect(looks).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(looks).toHaveLength(2);
  expect(watched.fault()).toBeUndefined();
  await looks[1]?.end(diskFault);
  expect([watched.fault(), diskFaults()]).toEqual([undefined, 1]);
  // No fault was met since that look began.
  await vi.advanceTimersByTimeAsync(1e9);
  expect(looks).toHaveLength(2);
  watched.meet(malformed);
  expect(looks).toHaveLength(3);
});

test("a look that takes minutes is made as much more seldom", async () => {
  const { watched, looks } = await watchOfDisk(120_000);
  watched.meet(malformed);
  await vi.advanceTimersByTimeAsync(1_199_999);
  expect(looks).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(looks).toHaveLength(2);
});

test("a later look that finds damage ends all", async () => {
  const { watched, looks } = await watchOfDisk();
  watched.meet(malformed);
  await vi.advanceTimersByTimeAsync(60_000);
  await looks[1]?.end(malformed);
  expect(watched.fault()).toMatchObject({ message: damaged });
});

test.each([
  ["finds that the disk still fails", diskFault],
  ["meets a file that is moved for a moment", gone],
])("a later look that %s ends nothing", async (_what, found) => {
  const { watched, looks } = await watchOfDisk();
  watched.meet(malformed);
  await vi.advanceTimersByTimeAsync(60_000);
  await looks[1]?.end(found);
  expect(watched.fault()).toBeUndefined();
});

test("where a later look finds nothing out it is still the disk", async () => {
  const { watched, looks } = await watchOfDisk();
  expect(looks[0]?.unknown).toBe(malformed);
  watched.meet(malformed);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(looks[1]?.unknown).toBeInstanceOf(UnreadPage);
});

test("its end ends a look, whose result is nothing any more", async () => {
  const { watched, looks } = watch();
  watched.meet(malformed);
  const fault = watched.fault();
  watched.end();
  expect(looks[0]?.signal.aborted).toBe(true);
  await looks[0]?.end(diskFault);
  expect(watched.fault()).toBe(fault);
});
