import { busy } from "@install-summary/core/service";
import { expect, test } from "vitest";
import { whenAccepted } from "./when-accepted.ts";

test("work that the store has no room for is done again, and other failures are not", async () => {
  let calls = 0;
  const work = async (): Promise<number> => {
    calls += 1;
    if (calls < 3) throw busy("writes", "Too many changes are waiting.", 1);
    return calls;
  };
  expect(await whenAccepted(work)).toBe(3);
  await expect(whenAccepted(() => Promise.reject(new Error("mine")))).rejects.toThrow("mine");
});

test("after its patience the limit is told", async () => {
  const full = busy("writes", "Too many changes are waiting.", 1);
  await expect(whenAccepted(() => Promise.reject(full), 0)).rejects.toMatchObject({ limit: "writes" });
});
