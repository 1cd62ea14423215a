import { parsePatchJson, type GraphErrorFault, type InstallSummaryPatch } from "@install-summary/core";
import {
  isJsonArray,
  isJsonObject,
  JsonTextError,
  parseJsonText,
  visibleText,
  type JsonObject,
  type JsonValue,
} from "@install-summary/core/text";
import { UserError, exitCodes } from "@install-summary/command-line/errors";
import { refuseCountersBeside, type SummaryPlace } from "./counters-beside.ts";

/** What `set` and a paste take from a JSON text: counters, and the version that they were read at where the text names one. */
export interface GivenPatch {
  readonly etag: string | undefined;
  /** Parses the counters for the app. Throws where they are refused, or are those of another app. */
  readonly patchFor: (appId: string) => InstallSummaryPatch;
  /** The line on which a fault of these counters is. */
  readonly lineOf: (fault: GraphErrorFault) => number | undefined;
}

/**
 * Parses a JSON patch, or an app with its summary, as `get` or `list` prints it or as Graph responds with it. Throws
 * `UserError` for a text of several apps, for one with counters beside those that are read, and for one that is not a JSON
 * object: the words for a request would speak of its headers.
 */
export function parseGivenPatch(text: string, argument: string): GivenPatch {
  const { id, etag, summary } = parsePrinted(text, argument);
  return {
    etag,
    patchFor(appId) {
      const isOther = id !== undefined && id.toLowerCase() !== appId.toLowerCase();
      if (isOther) throw ofAnotherApp(argument, id, appId);
      return parsePatchJson(summary, { id: appId });
    },
    lineOf: (fault) => lineIn(text, summary, fault),
  };
}

interface Printed {
  readonly id: string | undefined;
  readonly etag: string | undefined;
  readonly summary: JsonObject;
  /** The member of the app that the summary is; undefined where the counters stand alone or beside what `list` prints. */
  readonly place?: SummaryPlace;
}

/** A fault names its member as it shows it. Of a name that is there twice, the repetition is the fault. */
function lineIn(
  text: string,
  { members }: JsonObject,
  { target, reason }: GraphErrorFault,
): number | undefined {
  const [first, repeated] = members.filter(([name]) => visibleText(name, 64) === target);
  const [, , index] = (reason === "duplicate" ? repeated : first) ?? [];
  return index === undefined ? undefined : text.slice(0, index).split("\n").length;
}

/** An app with its summary, a summary in `value`, or one with its ETag. Anything else is a JSON patch. */
function parsePrinted(text: string, argument: string): Printed {
  if (Buffer.byteLength(text) > maxBytes) throw unreadable("is larger than 64 KiB", argument);
  if (text.trim() === "") throw unreadable("is empty", argument);
  const whole = parseJson(text, argument);
  const wrapped = valueOf(whole);
  const given = wrapped ?? whole;
  const apps = isJsonArray(given) && given.items.some((item) => printedOf(item) !== undefined);
  if (apps && given.items.length > 1) throw ofSeveralApps(argument);
  const app = apps ? (given.items[0] ?? given) : given;
  if (!isJsonObject(app)) throw unreadable("is not an object", argument);
  const printed = printedOf(app);
  if (printed?.place !== undefined) refuseCountersBeside(app, printed.place, { text, argument });
  return printed ?? summaryOf(app);
}

/** A summary itself, which has its ETag in full metadata only, or a patch, which has none. */
function summaryOf(summary: JsonObject): Printed {
  const members = membersOf(summary);
  return printedAs(members?.get("id"), members?.get("@odata.etag"), summary);
}

/** What Graph wraps in `value`: a list, or the response to a GET of one summary as documentation shows it. */
function valueOf(whole: JsonValue): JsonValue | undefined {
  if (!isJsonObject(whole)) return undefined;
  const [[name, value] = [], ...others] = whole.members.filter(([member]) => !member.startsWith("@"));
  return name === "value" && others.length === 0 ? value : undefined;
}

function printedOf(value: JsonValue): Printed | undefined {
  if (!isJsonObject(value)) return undefined;
  const members = membersOf(value);
  if (members === undefined) return undefined;
  const [id, etag, inner] = [members.get("id"), members.get("etag"), members.get("summary")];
  const expanded = members.get("installSummary");
  if (expanded !== undefined && isJsonObject(expanded)) {
    const read = printedAs(id, membersOf(expanded)?.get("@odata.etag"), expanded);
    return { ...read, place: "installSummary" };
  }
  if (typeof id !== "string") return undefined;
  if (inner !== undefined && isJsonObject(inner)) return { ...printedAs(id, etag, inner), place: "summary" };
  // `list` prints the counters beside what it says of the app.
  const isListed = members.has("etag") && members.has("platform");
  const counters = value.members.filter(([name]) => !listedNames.has(name));
  return isListed ? printedAs(id, etag, { kind: "object", members: counters }) : undefined;
}

function printedAs(id: JsonValue | undefined, etag: JsonValue | undefined, summary: JsonObject): Printed {
  return { id: textOf(id), etag: textOf(etag), summary };
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Undefined for an object that repeats a name, and so says two things: its parser refuses it. */
function membersOf({ members }: JsonObject): ReadonlyMap<string, JsonValue> | undefined {
  const byName = new Map(members.map(([name, member]) => [name, member]));
  return byName.size === members.length ? byName : undefined;
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
const maxBytes = 64 * 1024;
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
  return new UserError("The JSON holds several apps, and one is changed.", {
    exit: exitCodes.refused,
    code: "ModelValidationFailure",
    argument,
    help: ["Leave only the app in it that is to be changed."],
  });
}
