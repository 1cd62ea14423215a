import { graphError, isGraphError, type GraphError } from "../../http/graph-error.ts";
import { parseAppId } from "../../resource/app-id.ts";
import { visibleText } from "../../text/visible-text.ts";
import { asciiLowerCase, isSameName } from "../../text/ascii-case.ts";
import { findAppType, isTypeSegment } from "../model/app-types.ts";
import { dataElsewhere } from "../model/data-elsewhere.ts";

/** What a path names: the service document, the model, a batch, the apps or their number, one app or its summary; or the error to respond with. */
export type Resource =
  | { readonly kind: "service" }
  | { readonly kind: "metadata" }
  | { readonly kind: "batch" }
  | { readonly kind: "apps" }
  | { readonly kind: "count" }
  | AppResource
  | { readonly kind: "fault"; readonly error: GraphError };

/** An app or its summary. */
export interface AppResource {
  readonly kind: "app" | "summary";
  /** In lower case. */
  readonly id: string;
  /** The type that the path casts the app to, such as `microsoft.graph.win32LobApp`. */
  readonly cast?: string;
}

/** The path of nearly every request, which needs no parsing. */
const usualPath =
  /^\/beta\/deviceAppManagement\/mobileApps\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\/installSummary$/;

/**
 * Parses a path of the contract. A fault is a value, since a caller without a token must get the 401 first. Names and
 * ids compare without case after one percent-decoding; empty segments are ignored.
 */
export function parseResourcePath(path: string): Resource {
  const id = usualPath.exec(path)?.[1];
  if (id !== undefined) return { kind: "summary", id };
  try {
    return parseSegments(path.split("/").filter((segment) => segment !== ""));
  } catch (error) {
    if (isGraphError(error)) return { kind: "fault", error };
    throw error;
  }
}

function parseSegments(raw: readonly string[]): Resource {
  const [first = "", ...rest] = raw.map(decodeSegment);
  const version = asciiLowerCase(first);
  if (version === "beta") return parseBeta(rest);
  if (version === "v1.0" && rest.length > 0)
    throw unknownSegment(lastName(rest), "Install summaries are served under /beta.");
  throw graphError("ResourceNotFound", `Invalid version: ${visibleText(first, 64)}`);
}

function parseBeta([root, collection, ...rest]: readonly string[]): Resource {
  if (root === undefined) return { kind: "service" };
  if (collection === undefined) {
    if (isSameName(root, "$metadata")) return { kind: "metadata" };
    if (isSameName(root, "$batch")) return { kind: "batch" };
  }
  if (!isSameName(root, "deviceAppManagement")) throw unknownSegment(root);
  if (collection === undefined) throw unknownSegment(root, "Go on with /mobileApps.");
  const [name, keyInBrackets] = splitKey(collection);
  if (!isSameName(name, "mobileApps")) throw unknownSegment(collection);
  if (keyInBrackets !== undefined) return parseApp(keyInBrackets, rest);
  const [key, ...tail] = rest;
  if (key === undefined) return { kind: "apps" };
  if (isSameName(key, "$count") && tail.length === 0) return { kind: "count" };
  if (key.startsWith("$")) throw unknownSegment(key);
  if (isTypeSegment(key)) throw unknownSegment(key);
  return parseApp(key, tail);
}

function parseApp(key: string, tail: readonly string[]): Resource {
  const id = parseAppId(key);
  const [next, ...others] = tail;
  const cast = next !== undefined && isTypeSegment(next) ? findAppType(next) : undefined;
  const [property, unknown] = cast === undefined ? tail : others;
  const kind = property === undefined ? "app" : "summary";
  if (property !== undefined && !isSameName(property, "installSummary")) throw unknownSegment(property);
  if (unknown !== undefined) throw unknownSegment(unknown);
  return cast === undefined ? { kind, id } : { kind, id, cast };
}

/** Splits off a key in brackets: `mobileApps('{id}')`, `mobileApps({id})`, `mobileApps(id='{id}')`. */
function splitKey(segment: string): readonly [name: string, key: string | undefined] {
  const at = segment.indexOf("(");
  if (at === -1) return [segment, undefined];
  // An open bracket never makes a valid key, whatever follows it.
  if (!segment.endsWith(")")) return [segment.slice(0, at), segment.slice(at)];
  const inside = segment.slice(at + 1, -1);
  const [, quoted] = /^(?:id=)?'(.*)'$/is.exec(inside) ?? [];
  return [segment.slice(0, at), quoted ?? inside];
}

/** The last segment that is not a key, which is the one that Graph's `/v1.0` does not know. */
function lastName(segments: readonly string[]): string {
  const names = segments
    .map((segment) => splitKey(segment)[0])
    .filter((name) => !/^[0-9a-f-]{36}$/i.test(name));
  return names.at(-1) ?? segments.at(-1) ?? "";
}

function decodeSegment(segment: string): string {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    throw graphError(
      "BadRequest",
      `The path is malformed: '${visibleText(segment, 64)}' is not percent-encoded UTF-8.`,
    );
  }
}

function unknownSegment(segment: string, help = dataElsewhere(segment)): GraphError {
  const message = `Resource not found for the segment '${visibleText(segment, 64)}'.`;
  return graphError("BadRequest", help === undefined ? message : `${message} ${help}`);
}
