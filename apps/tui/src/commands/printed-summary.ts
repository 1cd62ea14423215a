import { parsePatchJson, parsePatchText, type InstallSummaryPatch } from "@install-summary/core";
import {
  isJsonArray,
  isJsonObject,
  JsonTextError,
  parseJsonText,
  type JsonObject,
  type JsonValue,
} from "@install-summary/core/text";
import { UserError, exitCodes } from "@install-summary/command-line/errors";

/** What `set` takes from a JSON text: counters, and the version that they were read at where the text names one. */
export interface GivenPatch {
  readonly etag: string | undefined;
  /** Parses the counters for the app. Throws where they are refused, or are those of another app. */
  readonly patchFor: (appId: string) => InstallSummaryPatch;
}

/**
 * Parses a JSON patch, or an app that `get` or `list` has printed as JSON. Throws `UserError` for a text of several apps,
 * and for one that is not a JSON object: the words for a request would speak of its headers.
 */
export function parseGivenPatch(text: string, argument: string): GivenPatch {
  const printed = parsePrinted(text, argument);
  if (printed === undefined) return { etag: undefined, patchFor: (id) => parsePatchText(text, { id }) };
  const { id, etag, summary } = printed;
  return {
    etag,
    patchFor(appId) {
      if (id.toLowerCase() !== appId.toLowerCase()) throw ofAnotherApp(argument, id, appId);
      return parsePatchJson(summary, { id: appId });
    },
  };
}

interface Printed {
  readonly id: string;
  readonly etag: string | undefined;
  readonly summary: JsonObject;
}

/** What `get` or `list` has printed as JSON; undefined for anything else, which is then judged as a JSON patch. */
function parsePrinted(text: string, argument: string): Printed | undefined {
  // It is refused for its length, and may be cut.
  if (text.length > maxLength) return undefined;
  if (text.trim() === "") throw unreadable("is empty", argument);
  const given = parseJson(text, argument);
  const apps = isJsonArray(given) && given.items.some((item) => printedOf(item) !== undefined);
  if (apps && given.items.length > 1) throw ofSeveralApps(argument);
  const value = apps ? (given.items[0] ?? given) : given;
  if (!isJsonObject(value)) throw unreadable("is not an object", argument);
  return printedOf(value);
}

function printedOf(value: JsonValue): Printed | undefined {
  if (!isJsonObject(value)) return undefined;
  const members = new Map(value.members.map(([name, member]) => [name, member]));
  const [id, tag, inner] = [members.get("id"), members.get("etag"), members.get("summary")];
  if (typeof id !== "string") return undefined;
  const etag = typeof tag === "string" ? tag : undefined;
  if (inner !== undefined && isJsonObject(inner)) return { id, etag, summary: inner };
  // `list` prints the counters beside what it says of the app.
  const isListed = members.has("etag") && members.has("platform");
  const summary = value.members.filter(([name]) => !listedNames.has(name));
  return isListed ? { id, etag, summary: { kind: "object", members: summary } } : undefined;
}

/** What `list --output json` says of an app beside its counters. */
const listedNames: ReadonlySet<string> = new Set([
  "@odata.type",
  "id",
  "displayName",
  "publisher",
  "platform",
  "version",
  "etag",
]);

/** What a patch may have. */
const maxLength = 64 * 1024;
const maxDepth = 16;

function parseJson(text: string, argument: string): JsonValue {
  try {
    return parseJsonText(text, maxDepth);
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    throw unreadable(`cannot be read. ${error.message.replace(/\.$/, "")}`, argument);
  }
}

/** The error for a text that is not a JSON object; `why` follows "The JSON". */
export function unreadable(why: string, argument: string): UserError {
  return new UserError(`The JSON ${why}.`, {
    exit: exitCodes.refused,
    code: "BadRequest",
    argument,
    help: ['A patch looks like {"failedDeviceCount": 4}.'],
  });
}

function ofAnotherApp(argument: string, id: string, appId: string): UserError {
  return new UserError(`The JSON is of another app: ${id}, not ${appId}. Nothing was sent.`, {
    exit: exitCodes.refused,
    code: "ModelValidationFailure",
    target: "id",
    argument,
    help: ["Take the file of this app, or name the app that the file is of."],
  });
}

function ofSeveralApps(argument: string): UserError {
  return new UserError("The JSON holds several apps; set changes one.", {
    exit: exitCodes.refused,
    code: "ModelValidationFailure",
    argument,
    help: ["get APP --output json prints one app."],
  });
}
