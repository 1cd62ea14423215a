import {
  type AppPage,
  type AppQuery,
  type ImportDecision,
  type ImportingStore,
  type ImportingTenantStore,
  type TenantStore,
} from "@install-summary/core/service";
import { expect, onTestFinished } from "vitest";
import { addApps, appId, openTenant, request, sampleApp } from "./samples.ts";

/** What an adapter does otherwise than the port says, each with its reason. */
export interface StoreDeviations {
  /** Its data goes with the store that is closed. */
  readonly forgetsWhenClosed?: string;
  /** It is what others are compared with. */
  readonly isDefinition?: string;
}

/** An adapter under test. */
export interface StoreSubject {
  readonly name: string;
  /** Makes what opens one store, again and again with the same data. */
  readonly create: () => () => Promise<ImportingStore>;
  readonly deviations?: StoreDeviations;
}

/** What opens the stores of a subject. They are closed when their test is done. */
export interface StoreOpeners {
  readonly open: () => Promise<ImportingStore>;
  /** Opens the sample tenant of a store with some apps. */
  readonly openWith: (...apps: Parameters<typeof sampleApp>[0][]) => Promise<ImportingTenantStore>;
}

/** Makes what opens the stores of a subject. */
export function openersOf({ create }: StoreSubject): StoreOpeners {
  const open = async (): Promise<ImportingStore> => closeAfterwards(await create()());
  return {
    open,
    async openWith(...apps) {
      const store = await open();
      await addApps(store, apps.map(sampleApp));
      return openTenant(store);
    },
  };
}

/** Closes a store when its test is done. */
export function closeAfterwards(store: ImportingStore): ImportingStore {
  onTestFinished(() => store.close());
  return store;
}

/** A decision that throws. */
export function failing(): never {
  throw new Error("mine");
}

/** Imports one row with this decision. */
export async function importOne(tenant: ImportingTenantStore, decision: ImportDecision): Promise<void> {
  expect(await tenant.importApps([{ appId, decide: () => decision }], request)).toEqual([decision]);
}

/** The names of the apps that have all words. */
export async function search(tenant: TenantStore, ...words: string[]): Promise<readonly unknown[]> {
  return namesOf(await tenant.listApps({ top: 100, search: words.map((word) => ({ word })) }));
}

/** The id of an app by number; the order of the ids is that of the numbers. */
export function idOf(index: number): string {
  return `00000000-0000-0000-0000-${String(index).padStart(12, "0")}`;
}

/** The names of the apps of a page. */
export function namesOf({ apps }: AppPage): readonly unknown[] {
  return apps.map(({ properties }) => JSON.parse(properties).displayName);
}

/** An order by the number of devices that failed. */
export const byFailed = [
  { path: { kind: "counter", name: "failedDeviceCount" }, descending: false },
] as const;

/** All pages of a query. */
export async function readPages(
  tenant: TenantStore,
  query: Omit<AppQuery, "cursor">,
): Promise<readonly AppPage[]> {
  const pages: AppPage[] = [];
  let cursor: string | undefined;
  do {
    const page = await tenant.listApps({ ...query, cursor });
    pages.push(page);
    cursor = page.next;
  } while (cursor !== undefined);
  return pages;
}
