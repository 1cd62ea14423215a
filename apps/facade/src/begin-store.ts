import type { ImportingStore } from "@install-summary/core/service";
import { seedApps } from "@install-summary/core/service";
import { randomUUID } from "node:crypto";
import type { FacadeApp } from "./facade-options.ts";
import { findTextFault } from "./import/decide-import.ts";

/**
 * Puts apps into a tenant that do not have to be there yet. Throws `GraphError` 400 for an id or a counter that no app can
 * have, and for an id given twice, and `TypeError` for a text that is longer than an import takes.
 */
export async function putApps(
  store: ImportingStore,
  tenantId: string,
  apps: readonly FacadeApp[],
): Promise<void> {
  const states = [...seedApps(apps).values()];
  if (states.length === 0) return;
  for (const { app } of states) {
    const fault = findTextFault(app);
    if (fault !== undefined)
      throw new TypeError(`createFacade cannot take the app ${app.id}. ${fault.problem}`);
  }
  const tenant = store.open({ tenantId, actor: "createFacade", origin: "import" });
  const rows = states.map(({ app, summary }) => ({
    appId: app.id,
    decide: (current: unknown) =>
      current === undefined ? ({ kind: "created", app, summary } as const) : ({ kind: "unchanged" } as const),
  }));
  await tenant.importApps(rows, { requestId: randomUUID() });
}

/** Erases every tenant of a store. */
export async function eraseTenants(store: ImportingStore): Promise<void> {
  for (const tenantId of await store.listTenants()) {
    await store.open({ tenantId, actor: "createFacade", origin: "api" }).erase();
  }
}
