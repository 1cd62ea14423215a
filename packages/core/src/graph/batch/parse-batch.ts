import { graphError, type GraphError } from "../../http/graph-error.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../../text/json-value.ts";
import {
  decodeBatch,
  invalidBatch,
  parseBatchJson,
  parseHeaders,
  parseMembers,
  shown,
  textMember,
} from "./batch-json.ts";

/** One request of a batch. */
export interface BatchItem {
  readonly id: string;
  /** In upper case. */
  readonly method: string;
  /** As it was sent. */
  readonly url: string;
  /** By their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** The JSON text that was sent: a parsed value would have lost exact numbers. */
  readonly body: string | undefined;
  /** Which of the items before it must succeed first, by their indexes. */
  readonly dependsOn: readonly number[];
}

/** How many requests a batch may have. */
export const maxItems = 20;

/** How long the id of a request in a batch may be. */
export const maxIdLength = 128;

const batchNames = ["requests"];
const itemNames = ["id", "method", "url", "headers", "body", "dependsOn", "atomicityGroup"];
const methodsWithBody = ["PATCH", "POST", "PUT"];

/**
 * Parses the body of a batch. Throws `GraphError` 400 for a fault of the batch as a whole; an item's own faults are found
 * when it is served. Source: OData JSON Format 4.01 §19, with the rules and texts of Microsoft Graph.
 */
export function parseBatch(bytes: Uint8Array): readonly BatchItem[] {
  const text = decodeBatch(bytes);
  const batch = parseBatchJson(text);
  if (!isJsonObject(batch)) throw invalidBatch("it is not a JSON object");
  const requests = parseMembers(batch, batchNames, "the batch").get("requests")?.value;
  if (requests === undefined || !isJsonArray(requests)) throw invalidBatch("'requests' is not an array");
  const { items } = requests;
  if (items.length === 0) throw invalidBatch("'requests' is empty");
  if (items.length > maxItems) {
    throw graphError(
      "BadRequest",
      `Number of requests inside batch exceeds the limit. At most ${maxItems} are allowed; this batch has ${items.length}.`,
    );
  }
  const indexes = new Map<string, number>();
  return items.map((item, index) => {
    const parsed = parseItem(item, index, { text, indexes });
    indexes.set(keyOf(parsed.id), index);
    return parsed;
  });
}

interface BatchContext {
  /** The text of the whole batch. */
  readonly text: string;
  /** The indexes of the items before this one, by their ids without regard to case. */
  readonly indexes: ReadonlyMap<string, number>;
}

function parseItem(item: JsonValue, index: number, { text, indexes }: BatchContext): BatchItem {
  const place = `request ${index + 1}`;
  if (!isJsonObject(item)) throw invalidBatch(`${place} is not a JSON object`);
  const members = parseMembers(item, itemNames, place);
  const id = textMember(members, "id", place);
  if (id === "" || id.length > maxIdLength) {
    throw invalidBatch(`'id' of ${place} does not have 1 to ${maxIdLength} characters`);
  }
  if (indexes.has(keyOf(id))) {
    throw graphError("BadRequest", `Request Id ${shown(id)} has to be unique in a batch.`);
  }
  const method = textMember(members, "method", place).toUpperCase();
  const headers = parseHeaders(members.get("headers")?.value ?? null, place);
  const body = members.get("body");
  const hasBody = body !== undefined && body.value !== null;
  if (hasBody && methodsWithBody.includes(method) && !headers.has("content-type")) {
    throw graphError(
      "BadRequest",
      `Write request with id '${shown(id)}' does not contain a Content-Type header.`,
    );
  }
  return {
    id,
    method,
    url: textMember(members, "url", place),
    headers,
    body: hasBody ? text.slice(body.start, body.end) : undefined,
    dependsOn: parseDependencies(members.get("dependsOn")?.value ?? null, id, indexes),
  };
}

/** The items that a request waits for. Source: Microsoft Graph, JSON batching. */
function parseDependencies(
  value: JsonValue,
  id: string,
  indexes: BatchContext["indexes"],
): readonly number[] {
  if (value === null) return [];
  if (!isJsonArray(value)) throw invalidDependency(id);
  return value.items.map((name) => {
    const index = typeof name === "string" ? indexes.get(keyOf(name)) : undefined;
    if (index === undefined) throw invalidDependency(id);
    return index;
  });
}

/** Ids compare without case. */
function keyOf(id: string): string {
  return id.toLowerCase();
}

function invalidDependency(id: string): GraphError {
  return graphError("BadRequest", `Invalid dependency for request Id ${shown(id)}.`);
}
