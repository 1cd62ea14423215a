import { parseAppId } from "../src/resource/app-id.ts";
import { graphError, isGraphError, type GraphError } from "../src/http/graph-error.ts";

/** What a path names. A fault is told later than some others, so it is a value. */
export type Resource =
  | { readonly kind: "batch" }
  | { readonly kind: "apps" }
  | { readonly kind: "count" }
  | { readonly kind: "app"; readonly id: string }
  | { readonly kind: "summary"; readonly id: string }
  | { readonly kind: "fault"; readonly error: GraphError };

const read = "GET, HEAD, OPTIONS";
const allowed = {
  batch: "POST, OPTIONS",
  apps: read,
  count: read,
  app: read,
  summary: "GET, HEAD, PATCH, OPTIONS",
  fault: "",
};

/** The methods of a resource, as the `Allow` header lists them. */
export function allowedMethods({ kind }: Resource): string {
  return allowed[kind];
}

/** Reads a path without its query. */
export function readPath(path: string): Resource {
  try {
    const segments = path
      .split("/")
      .filter((segment) => segment !== "")
      .map((segment) => decodeURIComponent(segment).toLowerCase());
    return readSegments(segments);
  } catch (error) {
    if (isGraphError(error)) return { kind: "fault", error };
    throw error;
  }
}

function readSegments([first = "", ...segments]: readonly string[]): Resource {
  if (first === "$batch" && segments.length === 0) return { kind: "batch" };
  if (first !== "deviceappmanagement") throw unknownSegment(first);
  // A key may stand behind a slash or in brackets: mobileApps/id, mobileApps('id'), mobileApps(id='id').
  const [apps = "", ...rest] = segments.flatMap((segment) => {
    const [, name, , key] = /^(mobileapps)\((?:id=)?('?)(.*)\2\)$/.exec(segment) ?? [];
    return name === undefined || key === undefined ? [segment] : [name, key];
  });
  if (apps !== "mobileapps") throw unknownSegment(apps);
  const [key, summary, further] = rest;
  if (key === undefined) return { kind: "apps" };
  if (key === "$count" && summary === undefined) return { kind: "count" };
  const id = parseAppId(key);
  if (summary === undefined) return { kind: "app", id };
  if (summary !== "installsummary") throw unknownSegment(summary);
  if (further !== undefined) throw unknownSegment(further);
  return { kind: "summary", id };
}

function unknownSegment(segment: string): GraphError {
  return graphError("BadRequest", `Resource not found for the segment '${segment}'.`);
}
