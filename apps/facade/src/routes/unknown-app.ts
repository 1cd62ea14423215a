import { graphError, type GraphError } from "@install-summary/core";
import { isAppOfType } from "../odata/app-types.ts";
import type { AppResource } from "../odata/resource-path.ts";

/** The 404 for an app that the tenant does not have. Another tenant's app is answered likewise. */
export function unknownApp({ id }: AppResource, help = ""): GraphError {
  return graphError("ResourceNotFound", `No mobile app with id '${id}' exists.${help}`);
}

/** The 404 for an app that is not of the type that the path casts it to. */
export function findCastFault(resource: AppResource, odataType: string): GraphError | undefined {
  if (resource.cast === undefined || isAppOfType(odataType, resource.cast)) return undefined;
  return unknownApp(resource, ` The app of this id is a ${odataType.replace(/^#/, "")}.`);
}
