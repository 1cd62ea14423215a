import { describe, expect, test } from "vitest";
import { EditConflictError, isEditConflictError, type EditOptions } from "../src/client/index.ts";
import type { InstallSummaryEdit } from "../src/patch/edit.ts";
import { isGraphError } from "../src/http/graph-error.ts";
import type { EditConflict } from "../src/patch/rebase.ts";
import { fewer, proceed, raceOnFailedDevices } from "./edits.ts";
import { clientOf, failure } from "./open-client.ts";
import { appId, sampleSummary } from "./samples.ts";
import { serveSummary } from "./serve-summary.ts";

describe("an edit of a summary that someone else has changed in between", () => {
  test("is counted again where it is relative, and keeps what they changed", async () => {
    const server = await serveSummary((exchange, { change }) => {
      if (exchange.request.method === "PATCH" && exchange.before === 0) {
        change({ pendingInstallUserCount: 10, failedDeviceCount: 0 });
      }
      exchange.proceed();
    });
    let asked = 0;
    const edited = await clientOf(server).edit(appId, () => {
      asked += 1;
      return fewer;
    });
    expect(edited).toMatchObject({
      on: { summary: { pendingInstallUserCount: 10 }, etag: 'W/"2"' },
      patch: { pendingInstallUserCount: 9 },
      summary: sampleSummary({ pendingInstallUserCount: 9, failedDeviceCount: 0 }),
      etag: 'W/"3"',
      requestId: expect.any(String),
    });
    expect(asked).toBe(1);
    expect(server.requests.map(({ method }) => method)).toEqual(["GET", "PATCH", "GET", "PATCH"]);
  });

  test("has nothing left to do where they did the same", async () => {
    const server = await serveSummary((exchange, { change }) => {
      if (exchange.request.method === "PATCH") change({ failedDeviceCount: 0 });
      exchange.proceed();
    });
    const edited = await clientOf(server).edit(appId, () => ({ failedDeviceCount: 0 }));
    expect(edited).toMatchObject({
      on: { etag: 'W/"2"' },
      patch: {},
      summary: sampleSummary({ failedDeviceCount: 0 }),
      etag: 'W/"2"',
      requestId: expect.any(String),
    });
    expect(server.count("PATCH")).toBe(1);
  });

  test("ends in an error that says on which counters, and sends nothing more", async () => {
    const server = await serveSummary(raceOnFailedDevices);
    const edit = { failedDeviceCount: 30, installedDeviceCount: 9 };
    const error = await failure(clientOf(server).edit(appId, () => edit));
    expect(error).toBeInstanceOf(EditConflictError);
    expect(isEditConflictError(error)).toBe(true);
    expect(error).toMatchObject({
      conflicts: [{ counter: "failedDeviceCount", base: 1, mine: 30, theirs: 18, reason: "changed" }],
      current: { summary: sampleSummary({ failedDeviceCount: 18 }), etag: 'W/"2"' },
      message: "'failedDeviceCount' was 1 and should become 30, but someone else has made it 18.",
    });
    expect(server.count("PATCH")).toBe(1);
  });

  test("conflicts with what it was made on, not with what others made and took back", async () => {
    const values = [0, 10];
    const server = await serveSummary((exchange, { change }) => {
      const value = exchange.request.method === "PATCH" ? values.shift() : undefined;
      if (value !== undefined) change({ failedDeviceCount: value, failedUserCount: value });
      exchange.proceed();
    });
    server.change({ failedDeviceCount: 10 });
    const edit = { failedDeviceCount: 0, installedDeviceCount: 9 };
    const { summary } = await clientOf(server).edit(appId, () => edit);
    expect(summary).toEqual(
      sampleSummary({ failedDeviceCount: 0, installedDeviceCount: 9, failedUserCount: 10 }),
    );
    expect(server.count("PATCH")).toBe(3);
  });

  test("is sent at most as often as the option says: then the last 412 is thrown", async () => {
    const server = await serveSummary((exchange, { change, current }) => {
      if (exchange.request.method === "PATCH") change({ failedUserCount: current().version });
      exchange.proceed();
    });
    const error = await failure(clientOf(server).edit(appId, () => fewer, { tries: 3 }));
    expect(isGraphError(error, "PreconditionFailed")).toBe(true);
    expect(server.count("PATCH")).toBe(3);
  });
});

describe("a conflict is decided by onConflict", () => {
  test.each<[string, InstallSummaryEdit, number]>([
    ["mine", { failedDeviceCount: 30 }, 30],
    ["theirs", {}, 18],
    ["another value", { failedDeviceCount: 24 }, 24],
    ["so much more than theirs", { failedDeviceCount: { add: 2 } }, 20],
  ])("for %s, the other counters go through", async (_what, decision, failedDeviceCount) => {
    const { asked, result } = await decide(decision);
    expect(asked).toEqual([
      [{ counter: "failedDeviceCount", base: 1, mine: 30, theirs: 18, reason: "changed" }],
    ]);
    expect(result).toMatchObject({
      summary: sampleSummary({ failedDeviceCount, installedDeviceCount: 9 }),
      etag: 'W/"3"',
      requestId: expect.any(String),
    });
  });

  test("who cannot change the conflicts, nor what is there now", async () => {
    const server = await serveSummary(raceOnFailedDevices);
    const refused: unknown[] = [];
    const { summary } = await clientOf(server).edit(appId, () => ({ failedDeviceCount: 30 }), {
      onConflict: (conflicts, theirs) => {
        for (const kept of [conflicts, conflicts[0], theirs, theirs.summary]) {
          refused.push(Object.isFrozen(kept));
        }
        return { failedDeviceCount: 24 };
      },
    });
    expect(refused).toEqual([true, true, true, true]);
    expect(summary.failedDeviceCount).toBe(24);
  });

  test("which may leave it open", async () => {
    const { result } = await decide(undefined);
    expect(isEditConflictError(result)).toBe(true);
  });

  test("whose value must be one that fits", async () => {
    const { result } = await decide({ failedDeviceCount: { add: -19 } });
    expect(result).toMatchObject({
      name: "EditConflictError",
      conflicts: [{ mine: { add: -19 }, reason: "range" }],
      message: "'failedDeviceCount' is 18; adding -19 would leave the range from 0 to 2147483647.",
    });
  });

  test.each(["5", "null", '"theirs"', "[]"])(
    "with an edit: %s is none, and nothing is sent",
    async (text) => {
      const decision: InstallSummaryEdit = JSON.parse(text);
      const server = await serveSummary(raceOnFailedDevices);
      const editing = clientOf(server).edit(appId, () => ({ failedDeviceCount: 30 }), {
        onConflict: () => decision,
      });
      const error = await failure(editing);
      expect(error).toMatchObject({ status: 400, code: "BadRequest" });
      expect(String(error)).toContain("An edit is an object like");
      expect(server.count("PATCH")).toBe(1);
    },
  );

  test("and stays decided while the others leave that counter alone", async () => {
    const server = await serveSummary((exchange, { change }) => {
      if (exchange.request.method === "PATCH" && exchange.before === 0) change({ failedDeviceCount: 18 });
      if (exchange.request.method === "PATCH" && exchange.before === 1) change({ failedUserCount: 0 });
      exchange.proceed();
    });
    let asked = 0;
    const { summary } = await clientOf(server).edit(appId, () => ({ failedDeviceCount: 30 }), {
      onConflict: () => {
        asked += 1;
        return { failedDeviceCount: 24 };
      },
    });
    expect(summary).toEqual(sampleSummary({ failedDeviceCount: 24, failedUserCount: 0 }));
    expect(asked).toBe(1);
  });

  test("also one of the very first version, when a sum does not fit", async () => {
    const server = await serveSummary(proceed);
    const edit = { failedDeviceCount: { add: -5 } };
    expect(await failure(clientOf(server).edit(appId, () => edit))).toMatchObject({
      conflicts: [{ counter: "failedDeviceCount", base: 1, mine: { add: -5 }, theirs: 1, reason: "range" }],
    });
    const { summary } = await clientOf(server).edit(appId, () => edit, {
      onConflict: () => ({ failedDeviceCount: 0 }),
    });
    expect(summary.failedDeviceCount).toBe(0);
  });
});

test("a signal ends the wait for the edit, and for a decision", async () => {
  const server = await serveSummary(raceOnFailedDevices);
  for (const hanging of ["change", "onConflict"]) {
    const stop = new AbortController();
    const hang = (): Promise<InstallSummaryEdit> => {
      stop.abort(new Error("enough"));
      return new Promise(() => undefined);
    };
    const change = hanging === "change" ? hang : () => ({ failedDeviceCount: 30 });
    const editing = clientOf(server).edit(appId, change, { onConflict: hang, signal: stop.signal });
    expect(String(await failure(editing))).toContain("enough");
    expect(server.count("PATCH")).toBe(hanging === "change" ? 0 : 1);
  }
});

async function decide(
  decision: InstallSummaryEdit | undefined,
): Promise<{ readonly asked: readonly EditConflict[][]; readonly result: unknown }> {
  const server = await serveSummary(raceOnFailedDevices);
  const asked: EditConflict[][] = [];
  const onConflict: EditOptions["onConflict"] = (conflicts, { etag }) => {
    expect(etag).toBe('W/"2"');
    asked.push([...conflicts]);
    return decision;
  };
  const edit = { failedDeviceCount: 30, installedDeviceCount: 9 };
  const result = await clientOf(server)
    .edit(appId, () => edit, { onConflict })
    .catch((error: unknown) => error);
  return { asked, result };
}
