import { graphError, type GraphError, type MobileApp } from "@install-summary/core";
import type { TenantStore } from "../../store/store.ts";
import { isAppOfType } from "../model/app-types.ts";
import type { AppResource } from "../path/resource-path.ts";

/** The 404 for an app that the tenant does not have. Another tenant's app is answered likewise. */
export function unknownApp({ id }: AppResource, help = ""): GraphError {
  return graphError("ResourceNotFound", `No mobile app with id '${id}' exists.${help}`);
}

/** Throws the 404 for an app that is not of the type that the path casts it to. */
export function checkCast(resource: AppResource, { "@odata.type": type }: MobileApp): void {
  if (resource.cast === undefined || isAppOfType(type, resource.cast)) return;
  throw unknownApp(resource, ` The app of this id is a ${type.replace(/^#/, "")}.`);
}

/** The same where the app itself is not asked for: it is read only if the path has a cast. */
export async function checkCastById(resource: AppResource, store: TenantStore): Promise<void> {
  if (resource.cast === undefined) return;
  const stored = await store.readApp(resource.id);
  if (stored === undefined) throw unknownApp(resource);
  checkCast(resource, stored.app);
}
