import {
  applyPatch,
  counterNames,
  decidePatch,
  formatETag,
  type InstallSummary,
  type InstallSummaryPatch,
  type MobileApp,
} from "@install-summary/core";
import * as fc from "fast-check";
import { expect } from "vitest";
import {
  type ImportDecision,
  type ImportingStore,
  formatAppJson,
  type StoredApp,
} from "@install-summary/core/service";
import { openTenant, otherTenantId, request, sampleApp, sampleSummary, tenantId } from "./samples.ts";

/** What a story is made of. Several commands that wait for the same commit are one step. */
type Command =
  | {
      readonly kind: "import";
      readonly tenant: string;
      readonly app: MobileApp;
      readonly patch: InstallSummaryPatch;
    }
  | {
      readonly kind: "update";
      readonly tenant: string;
      readonly id: string;
      readonly patch: InstallSummaryPatch;
      /** Which version the caller saw, counted back from the current one; undefined sends no If-Match. */
      readonly behind: number | undefined;
    }
  | {
      readonly kind: "list";
      readonly tenant: string;
      readonly top: number;
      readonly search: readonly string[];
    }
  | { readonly kind: "remove"; readonly tenant: string; readonly top: number }
  | { readonly kind: "erase"; readonly tenant: string };

const tenant = fc.constantFrom(tenantId, otherTenantId);
const id = fc.constantFrom("a", "b", "c").map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000000`);
const name = fc.constantFrom("Mail", "mail", "Ma", "Äpfel", "\uFB01le", "🍏", "");
const patch: fc.Arbitrary<InstallSummaryPatch> = fc
  .record(Object.fromEntries(counterNames.map((counter) => [counter, fc.nat(3)])), { requiredKeys: [] })
  .map((counters) => ({ ...counters }));
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    kind: fc.constant("import" as const),
    tenant,
    app: fc
      .record({ id, displayName: fc.option(name), publisher: fc.option(name), isAssigned: fc.boolean() })
      .map(sampleApp),
    patch,
  }),
  fc.record({
    kind: fc.constant("update" as const),
    tenant,
    id,
    patch,
    behind: fc.option(fc.nat(1), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant("list" as const),
    tenant,
    top: fc.nat(4),
    search: fc.array(fc.constantFrom("MA", "ä", "\uFB01", "🍏", "x"), { maxLength: 2 }),
  }),
);
/** What deletes waits for no group, so it is a step of its own. */
const deletion: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constant("remove" as const), tenant, top: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant("erase" as const), tenant }),
);
const commands = fc.oneof(
  { weight: 4, arbitrary: fc.array(command, { minLength: 1, maxLength: 4 }) },
  { weight: 1, arbitrary: deletion.map((one) => [one]) },
);
const stories = fc.array(commands, { maxLength: 14 });

/**
 * Runs random stories against a store, each with tenants of its own, and compares everything that can be seen with a
 * model of plain maps. Resolves to the number of changes that were compared.
 */
export async function checkRandomStories(store: ImportingStore): Promise<number> {
  let changes = 0;
  let story = 0;
  await fc.assert(
    fc.asyncProperty(stories, async (steps) => {
      story += 1;
      const inStory = (one: string): string => `${one}-${story}`;
      const model = createModel();
      for (const step of steps) {
        // The model goes first: a store decides what waits together in the order in which it came.
        const expected = step.map((one) => model.run(one));
        const actual = await Promise.all(step.map((one) => runCommand(store, one, inStory(one.tenant))));
        // A list beside changes may show the apps before or after them.
        const isCompared = (_: unknown, index: number): boolean =>
          step.length === 1 || step[index]?.kind !== "list";
        expect(actual.filter(isCompared)).toEqual(expected.filter(isCompared));
        changes += step.filter(({ kind }) => kind !== "list").length;
      }
      for (const one of [tenantId, otherTenantId]) {
        const whole = { kind: "list", tenant: one, top: 100, search: [] } as const;
        expect(await runCommand(store, whole, inStory(one))).toEqual(model.run(whole));
        expect(await readNumbers(store, inStory(one))).toEqual(model.numbersOf(one));
      }
    }),
    { numRuns: 100 },
  );
  return changes;
}

async function runCommand(store: ImportingStore, one: Command, inTenant: string): Promise<unknown> {
  const opened = openTenant(store, { tenantId: inTenant });
  switch (one.kind) {
    case "import": {
      const row = {
        appId: one.app.id,
        decide: (current: StoredApp | undefined) => decideImport(one, current),
      };
      return (await opened.importApps([row], request)).map(({ kind }) => kind);
    }
    case "update": {
      const result = await opened.update(one.id, (current) => decideUpdate(one, current), request);
      return result && [result.decision.kind, result.current];
    }
    case "list": {
      const { apps, count } = await opened.listApps({
        top: one.top,
        search: one.search.map((word) => ({ word })),
        count: true,
      });
      return [apps, count];
    }
    case "remove":
      return opened.removeChanges(afterAll, one.top);
    case "erase":
      return opened.erase();
  }
}

/** A moment after every change. */
const afterAll = "9999-12-31T00:00:00.000Z";

/** What is left of a log: the sequences with their versions, the last sequence, and whether a reader of all missed some. */
async function readNumbers(store: ImportingStore, inTenant: string): Promise<Numbers> {
  const log = openTenant(store, { tenantId: inTenant });
  const { changes, hasGap } = await log.readChanges({ order: "asc", top: 1000, after: 0 });
  const { olderRemoved } = await log.readChanges({ order: "desc", top: 1000 });
  expect(olderRemoved).toBe(hasGap);
  expect(await log.measure()).toMatchObject({ changes: changes.length });
  return {
    changes: changes.map(({ sequence, version }) => [sequence, version]),
    last: await log.readLastSequence(),
    hasGap,
  };
}

function decideImport(
  { app, patch: counters }: Extract<Command, { kind: "import" }>,
  current: StoredApp | undefined,
): ImportDecision {
  if (current === undefined) {
    return { kind: "created", app, summary: applyPatch(sampleSummary({}, app.id), counters) };
  }
  return { kind: "changed", app, summary: applyPatch(current.summary, counters) };
}

function decideUpdate(
  { patch: counters, behind }: Extract<Command, { kind: "update" }>,
  current: { readonly summary: InstallSummary; readonly etag: string },
): ReturnType<typeof decidePatch> {
  const version = Number(/[0-9]+/.exec(current.etag)?.[0]);
  const ifMatch = behind === undefined ? undefined : formatETag(version - behind);
  return decidePatch({ summary: current.summary, version }, counters, { ifMatch });
}

function key(text: string | null): string {
  return (text ?? "").normalize("NFC").toLowerCase();
}

interface Numbers {
  readonly changes: readonly (readonly [sequence: number, version: number])[];
  readonly last: number;
  readonly hasGap: boolean;
}

interface Model {
  readonly run: (one: Command) => unknown;
  readonly numbersOf: (tenant: string) => Numbers;
}

interface ModelTenant {
  readonly apps: Map<string, { app: MobileApp; summary: InstallSummary; version: number }>;
  changes: (readonly [sequence: number, version: number])[];
  last: number;
  hasGap: boolean;
  /** The highest version that was erased. */
  erased: number;
}

/** The port in a few lines: each tenant is a map, and every change is made in place. */
function createModel(): Model {
  const tenants = new Map<string, ModelTenant>();
  const tenantOf = (called: string): ModelTenant => {
    const found = tenants.get(called) ?? { apps: new Map(), changes: [], last: 0, hasGap: false, erased: 0 };
    tenants.set(called, found);
    return found;
  };
  const run = (one: Command): unknown => {
    const owner = tenantOf(one.tenant);
    const { apps } = owner;
    const record = (version: number): void => {
      owner.last += 1;
      owner.changes.push([owner.last, version]);
    };
    switch (one.kind) {
      case "import": {
        const known = apps.get(one.app.id);
        const before = known?.summary ?? sampleSummary({}, one.app.id);
        const summary = applyPatch(before, one.patch);
        const isChanged = counterNames.some((counter) => summary[counter] !== before[counter]);
        const version = known === undefined ? owner.erased + 1 : known.version + Number(isChanged);
        apps.set(one.app.id, { app: one.app, summary, version });
        if (version !== known?.version) record(version);
        return [known === undefined ? "created" : "changed"];
      }
      case "update": {
        const known = apps.get(one.id);
        if (known === undefined) return undefined;
        const shown = () => ({ summary: known.summary, etag: formatETag(known.version) });
        if (one.behind !== undefined && one.behind !== 0) return ["refused", shown()];
        const summary = { ...known.summary, ...one.patch };
        if (counterNames.every((counter) => summary[counter] === known.summary[counter]))
          return ["unchanged", shown()];
        Object.assign(known, { summary, version: known.version + 1 });
        record(known.version);
        return ["changed", shown()];
      }
      case "list": {
        const words = one.search.map(key);
        const found = [...apps.values()]
          .filter(({ app }) =>
            words.every((word) => [app.displayName, app.publisher].some((text) => key(text).includes(word))),
          )
          .toSorted(({ app: a }, { app: b }) =>
            Buffer.compare(
              Buffer.from(`${key(a.displayName)}\0${a.id}`),
              Buffer.from(`${key(b.displayName)}\0${b.id}`),
            ),
          );
        const listed = found
          .slice(0, one.top)
          .map(({ app, summary, version }) => formatAppJson({ app, summary, etag: formatETag(version) }));
        return [listed, found.length];
      }
      case "remove": {
        const removed = owner.changes.splice(0, one.top).length;
        owner.hasGap ||= removed > 0;
        return removed;
      }
      case "erase": {
        const size = { apps: apps.size, changes: owner.changes.length };
        owner.erased = Math.max(owner.erased, ...Array.from(apps.values(), ({ version }) => version));
        owner.last += Number(apps.size > 0);
        owner.hasGap = owner.last > 0;
        owner.changes = [];
        apps.clear();
        return size;
      }
    }
  };
  return {
    run,
    numbersOf(called) {
      const { changes, last, hasGap } = tenantOf(called);
      return { changes, last, hasGap };
    },
  };
}
