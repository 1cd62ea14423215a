import { createHook } from "node:async_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { keepTickShape } from "./keep-tick-shape.ts";

test("the record of one tick outlives a garbage collection, that of any other does not", async () => {
  const other = await recordOfTick(() => process.nextTick(() => undefined));
  const kept = await recordOfTick(keepTickShape);
  collectGarbage();
  expect(other.deref()).toBeUndefined();
  expect(kept.deref()).toBeDefined();
});

/** The record that Node makes of the first tick that is asked for. */
async function recordOfTick(ask: () => void): Promise<WeakRef<object>> {
  const records: WeakRef<object>[] = [];
  const hook = createHook({
    init(_id, type, _trigger, resource) {
      if (type === "TickObject") records.push(new WeakRef(resource));
    },
  });
  hook.enable();
  ask();
  hook.disable();
  // A WeakRef holds its target until the turn of the event loop is over.
  await wait(1);
  const [record] = records;
  if (record === undefined) throw new Error("No tick was asked for.");
  return record;
}

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect !== "function") throw new Error("Node has no garbage collection to ask for.");
  collect();
}
