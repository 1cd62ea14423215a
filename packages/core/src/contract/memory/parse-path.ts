import { graphError, isGraphError, type GraphError } from "../../http/graph-error.ts";
import { parseAppId } from "../../resource/app-id.ts";
import { visibleText } from "../../text/visible-text.ts";

/** What a path names. Its error is thrown later than some others, so it is a value. */
export type Resource =
  | { readonly kind: "apps" | "count" }
  | { readonly kind: "app" | "summary"; readonly appId: string }
  | { readonly kind: "unknown"; readonly error: GraphError };

const read = "GET, HEAD, OPTIONS";
const methods: Readonly<Record<Resource["kind"], string>> = {
  apps: read,
  count: read,
  app: read,
  summary: "GET, HEAD, PATCH, OPTIONS",
  unknown: "",
};

/** The methods of a resource, as the `Allow` header lists them. */
export function allowedMethods({ kind }: Resource): string {
  return methods[kind];
}

/** Parses a path without its query: segments without case, percent-decoded once. */
export function parsePath(path: string): Resource {
  try {
    return parseSegments(
      path
        .split("/")
        .filter((segment) => segment !== "")
        .map(decode),
    );
  } catch (error) {
    if (isGraphError(error)) return { kind: "unknown", error };
    throw error;
  }
}

function parseSegments([version = "", first = "", ...segments]: readonly string[]): Resource {
  if (version !== "beta") {
    throw graphError("ResourceNotFound", `Invalid version: ${visibleText(version, 64)}`);
  }
  if (first !== "deviceappmanagement") throw unknownSegment(first);
  // A key follows a slash or is in brackets: mobileApps/id, mobileApps('id'), mobileApps(id='id').
  const [apps = first, ...rest] = segments.flatMap((segment) => {
    const [, name, , key] = /^(mobileapps)\((?:id=)?('?)(.*)\2\)$/.exec(segment) ?? [];
    return name === undefined || key === undefined ? [segment] : [name, key];
  });
  if (apps !== "mobileapps") throw unknownSegment(apps);
  const [key, summary, further] = rest;
  if (key === undefined) return { kind: "apps" };
  if (key === "$count" && summary === undefined) return { kind: "count" };
  // A type: the contract has no list of apps of one type.
  if (/^(?:microsoft\.)?graph\./.test(key)) throw unknownSegment(key);
  const appId = parseAppId(key);
  if (summary === undefined) return { kind: "app", appId };
  if (summary !== "installsummary") throw unknownSegment(summary);
  if (further !== undefined) throw unknownSegment(further);
  return { kind: "summary", appId };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment).toLowerCase();
  } catch {
    return segment.toLowerCase();
  }
}

function unknownSegment(segment: string): GraphError {
  const help = segment === "$batch" ? " The memory service does not serve batches." : "";
  const message = `Resource not found for the segment '${visibleText(segment, 64)}'.${help}`;
  return graphError("BadRequest", message);
}
