import type { MobileApp } from "../../resource/mobile-app.ts";
import type { TenantStore } from "../../store/store.ts";
import { isAppOfType } from "../model/app-types.ts";
import type { AppResource } from "../path/resource-path.ts";
import { unknownApp } from "./responses.ts";

/** Throws the 404 for an app that is not of the type that the path casts it to. */
export function checkCast(resource: AppResource, { "@odata.type": type }: MobileApp): void {
  if (resource.cast === undefined || isAppOfType(type, resource.cast)) return;
  throw unknownApp(resource, ` The app of this id is a ${type.replace(/^#/, "")}.`);
}

/** The same for a path to the summary, for which the app has to be read first. */
export async function checkCastById(resource: AppResource, store: TenantStore): Promise<void> {
  const stored = await store.readApp(resource.id);
  if (stored === undefined) throw unknownApp(resource);
  checkCast(resource, stored.app);
}
