import { counterNames, decidePatch, formatETag } from "@install-summary/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  appId,
  incrementing,
  otherTenantId,
  sampleApp,
  sampleSummary,
  tenantId,
} from "../../../test/samples.ts";
import { planGroup } from "./plan-group.ts";
import type { CurrentApp, GroupTenant } from "./group.ts";
import type { ImportWrite, UpdateWrite } from "./write.ts";

const time = "2026-11-26T12:00:00.000Z";
const by = { actor: "ada", origin: "api", requestId: "r", clientRequestId: undefined } as const;
const ignore = (): void => undefined;

function update(changed: Partial<UpdateWrite> = {}): UpdateWrite {
  return {
    kind: "update",
    tenantId,
    appId,
    decide: incrementing,
    ...by,
    succeed: ignore,
    fail: ignore,
    ...changed,
  };
}

function importing(
  decide: ImportWrite["rows"][number]["decide"],
  changed: Partial<ImportWrite> = {},
): ImportWrite {
  return {
    kind: "import",
    tenantId,
    rows: [{ appId, decide }],
    ...by,
    succeed: ignore,
    fail: ignore,
    ...changed,
  };
}

/** The state of two tenants of which a group names these apps. */
function stateOf(
  apps: readonly (readonly [tenant: string, id: string, CurrentApp])[],
  last = 0,
  erasedVersion = 0,
): ReadonlyMap<string, GroupTenant> {
  const appsOf = (tenant: string): ReadonlyMap<string, CurrentApp> =>
    new Map(apps.filter(([owner]) => owner === tenant).map(([, id, current]) => [id, current]));
  return new Map([
    [tenantId, { apps: appsOf(tenantId), feed: { last, removed: 0, erasedVersion } }],
    [otherTenantId, { apps: appsOf(otherTenantId), feed: { last: 7, removed: 0, erasedVersion: 0 } }],
  ]);
}

const known: CurrentApp = {
  kind: "known",
  summary: sampleSummary(),
  version: 5,
  changeSequence: 33,
  app: sampleApp(),
};

test("changes of one app are one row to update, a change each, and the last sequence", () => {
  const { outcomes, rows } = planGroup([update(), update()], stateOf([[tenantId, appId, known]], 40), time);
  expect(outcomes.map((outcome) => "result" in outcome && outcome.result?.current.etag)).toEqual([
    formatETag(6),
    formatETag(7),
  ]);
  const change = { tenantId, appId, changedAt: time, ...by };
  expect(rows).toEqual({
    changes: [
      {
        ...change,
        sequence: 41,
        previousSequence: 33,
        version: 6,
        before: '{"failedDeviceCount":1}',
        after: '{"failedDeviceCount":2}',
      },
      {
        ...change,
        sequence: 42,
        previousSequence: 41,
        version: 7,
        before: '{"failedDeviceCount":2}',
        after: '{"failedDeviceCount":3}',
      },
    ],
    summaries: [
      {
        tenantId,
        summary: sampleSummary({ failedDeviceCount: 3 }),
        version: 7,
        changeSequence: 42,
        modifiedAt: time,
        modifiedBy: "ada",
        isNew: false,
      },
    ],
    apps: [],
    feeds: [{ tenantId, last: 42, removed: 0, erasedVersion: 0 }],
  });
});

test("a new app is inserted once, with all counters in its change, and begins above the versions that were erased", () => {
  const create = importing(() => ({ kind: "created", app: sampleApp(), summary: sampleSummary() }));
  const { rows } = planGroup([create, update()], stateOf([], 40, 3), time);
  const { id: _, ...counters } = sampleSummary();
  expect(
    rows.changes.map(({ version, before, after }) => [version, JSON.parse(before), JSON.parse(after)]),
  ).toEqual([
    [4, {}, counters],
    [5, { failedDeviceCount: 1 }, { failedDeviceCount: 2 }],
  ]);
  expect(rows.changes.map(({ previousSequence }) => previousSequence)).toEqual([null, 41]);
  expect(rows.summaries).toMatchObject([{ version: 5, isNew: true }]);
  expect(rows.apps).toEqual([{ tenantId, app: sampleApp(), isNew: true }]);
});

test("a group that changes nothing writes nothing", () => {
  const { outcomes, rows } = planGroup(
    [
      update({ decide: () => ({ kind: "unchanged" }) }),
      update({ appId: "unknown" }),
      importing(() => ({ kind: "changed", summary: sampleSummary() })),
      importing(() => ({ kind: "rejected", problem: "bad" })),
    ],
    stateOf([[tenantId, appId, known]]),
    time,
  );
  expect(rows).toEqual({ changes: [], summaries: [], apps: [], feeds: [] });
  expect(outcomes.map(({ kind }) => kind)).toEqual(["update", "update", "import", "import"]);
});

test("each tenant has its own sequence", () => {
  const other: CurrentApp = { kind: "known", summary: sampleSummary(), version: 1, changeSequence: 2 };
  const { rows } = planGroup(
    [update(), update({ tenantId: otherTenantId }), update()],
    stateOf([
      [tenantId, appId, known],
      [otherTenantId, appId, other],
    ]),
    time,
  );
  expect(rows.changes.map(({ tenantId: tenant, sequence }) => [tenant, sequence])).toEqual([
    [tenantId, 1],
    [otherTenantId, 8],
    [tenantId, 2],
  ]);
  expect(rows.feeds).toMatchObject([
    { tenantId, last: 2 },
    { tenantId: otherTenantId, last: 8 },
  ]);
});

test("a decision that throws plans nothing of its own write and leaves the others", () => {
  const error = new Error("mine");
  const fails = (): never => {
    throw error;
  };
  const second = { appId: "second", decide: fails };
  const half = importing(() => ({ kind: "changed", summary: sampleSummary({ failedUserCount: 0 }) }));
  const { outcomes, rows } = planGroup(
    [update({ decide: fails }), { ...half, rows: [...half.rows, second] }, update()],
    stateOf([[tenantId, appId, known]]),
    time,
  );
  expect(outcomes).toMatchObject([{ kind: "failed", error }, { kind: "failed", error }, { kind: "update" }]);
  expect(rows.changes).toMatchObject([{ version: 6, after: '{"failedDeviceCount":2}' }]);
});

test("the changes of a group, folded in their order, end in its summaries", () => {
  const patch = fc.record(Object.fromEntries(counterNames.map((name) => [name, fc.nat(3)])), {
    requiredKeys: [],
  });
  const apps = ["a", "b"];
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...apps), patch), { maxLength: 20 }), (patches) => {
      const start = new Map(apps.map((id) => [id, sampleSummary({}, id)]));
      const writes = patches.map(([id, counters]) =>
        update({ appId: id, decide: (current) => decidePatch(current, { ...counters }) }),
      );
      const { rows } = planGroup(
        writes,
        stateOf(
          Array.from(start, ([id, summary]) => [
            tenantId,
            id,
            { kind: "known", summary, version: 1, changeSequence: null },
          ]),
        ),
        time,
      );
      const folded = new Map<string, object>(start);
      const latest = new Map<string, number>();
      for (const [index, change] of rows.changes.entries()) {
        const { appId: id, sequence, previousSequence, before, after } = change;
        expect(sequence).toBe(index + 1);
        expect(previousSequence).toBe(latest.get(id) ?? null);
        latest.set(id, sequence);
        expect(folded.get(id)).toMatchObject(JSON.parse(before));
        folded.set(id, { ...folded.get(id), ...JSON.parse(after) });
      }
      for (const { summary, changeSequence } of rows.summaries) {
        expect(folded.get(summary.id)).toEqual(summary);
        expect(changeSequence).toBe(latest.get(summary.id));
      }
      expect(new Set(rows.changes.map(({ appId: id }) => id)).size).toBe(rows.summaries.length);
    }),
  );
});
