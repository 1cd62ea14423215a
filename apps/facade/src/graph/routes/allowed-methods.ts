import { graphError } from "@install-summary/core";
import type { Answer } from "../../http/response.ts";
import { Refusal } from "../../http/refusal.ts";
import type { Resource } from "../path/resource-path.ts";

const read = "GET, HEAD, OPTIONS";
const readAndPatch = "GET, HEAD, PATCH, OPTIONS";

/** The methods of a resource, as the `Allow` header lists them. */
function allowedMethods({ kind }: Resource): string {
  return kind === "summary" ? readAndPatch : read;
}

/** Throws the 405 for a method that a resource does not have. */
export function checkMethod(method: string, resource: Resource): void {
  const allow = allowedMethods(resource);
  if (allow.split(", ").includes(method)) return;
  const message = "Specified HTTP method is not allowed for the request target.";
  throw new Refusal(graphError("MethodNotAllowed", message), { Allow: allow });
}

/** OPTIONS of any resource. */
export function readOptions(resource: Resource): Answer {
  if (resource.kind === "fault") throw resource.error;
  return { status: 204, headers: { Allow: allowedMethods(resource) }, body: null };
}
