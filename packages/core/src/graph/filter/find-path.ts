import { counterNames } from "../../resource/counters.ts";
import { publishingStates } from "../../resource/mobile-app.ts";
import type { AppPath } from "../../store/app-filter.ts";
import { isSameName } from "../../text/ascii-case.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { visibleText } from "../../text/visible-text.ts";
import { findAppType } from "../model/app-types.ts";
import { helpWithAbsent } from "../model/data-elsewhere.ts";
import { appProperties, type EdmType } from "../model/edm-properties.ts";
import { mobileAppType } from "../model/entity-type.ts";
import type { ClauseReader } from "./clause-reader.ts";
import type { Token } from "./tokens.ts";

/** What values are compared as. */
export type ValueType = "text" | "number" | "boolean" | "time" | "null";

/** A path with the type of its values; `null` for `appAvailability`, which no app here has. */
export interface FoundPath {
  readonly path: AppPath | null;
  readonly type: ValueType;
  /** The texts that a value of an enumeration can be. */
  readonly members?: readonly string[];
}

const types: Readonly<Record<EdmType, ValueType>> = {
  "Edm.String": "text",
  "Edm.Boolean": "boolean",
  "Edm.Int32": "number",
  "Edm.DateTimeOffset": "time",
  "microsoft.graph.mobileAppPublishingState": "text",
};

/** The members of Graph's `managedAppAvailability`. */
const availabilities = ["global", "lineOfBusiness"];

/** Finds the path that a word names, without case. Throws `GraphError` 400 for any other word. */
export function findPath(reader: ClauseReader, token: Token): FoundPath {
  const [first = "", second, third] = token.text.split("/");
  const [name, rest] = isManagedApp(first) ? [second ?? "", third] : [first, second];
  if (isSameName(name, "appAvailability") && rest === undefined) {
    return { path: null, type: "null", members: availabilities };
  }
  if (isSameName(name, "installSummary") && third === undefined) {
    const counter = counterNames.find((one) => isSameName(one, rest ?? ""));
    if (counter !== undefined) return { path: { kind: "counter", name: counter }, type: "number" };
  }
  const property = appProperties.find((one) => isSameName(one.name, token.text));
  if (property === undefined) throw pathNotFound(reader, token);
  const path: AppPath = { kind: "property", name: property.name };
  const type = types[property.type];
  return property.name === "publishingState" ? { path, type, members: publishingStates } : { path, type };
}

function isManagedApp(segment: string): boolean {
  return findAppType(segment) === "microsoft.graph.managedApp";
}

function pathNotFound(reader: ClauseReader, token: Token): Error {
  const why = `Could not find a property named '${visibleText(token.text, 64)}' on type '${mobileAppType.name}'`;
  return reader.fail(why, token, helpWith(token.text));
}

const candidates = [
  ...appProperties.map(({ name }) => name),
  ...counterNames.map((name) => `installSummary/${name}`),
];

function helpWith(text: string): string | undefined {
  const counter = counterNames.find((name) => isSameName(name, text));
  if (counter !== undefined) return `Did you mean 'installSummary/${counter}'?`;
  const absent = helpWithAbsent(text, mobileAppType);
  if (absent !== undefined) return absent;
  const nearest = nearestName(text, candidates);
  return nearest === undefined ? "A text is written in single quotes: 'text'." : `Did you mean '${nearest}'?`;
}
