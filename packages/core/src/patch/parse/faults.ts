import {
  graphError,
  type FaultReason,
  type GraphError,
  type GraphErrorFault,
} from "../../http/graph-error.ts";
import { aCount, counterMaximum, counterNames } from "../../resource/counters.ts";
import { installSummaryType } from "../../resource/install-summary.ts";
import type { JsonArray, JsonObject, JsonValue } from "../../text/json-value.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { formatPosition, type Position } from "../../text/position.ts";
import { visibleText } from "../../text/visible-text.ts";

// The sentences of the contract for what can be wrong with a member of a patch, each with a sentence of help.

/** An error lists at most this many faults; the number in its message counts all of them. */
export const maxDetails = 100;

/** An error repeats at most this many characters of a value. */
const maxEchoLength = 64;

/** A counter has a value that is not a whole number. */
export function notAnInteger(target: string, value: JsonValue): GraphErrorFault {
  const message = `Cannot convert the literal '${formatLiteral(value)}' to the expected type 'Edm.Int32'.`;
  return fault("type", target, `${message} ${mustBeWhole(target, value)}`);
}

/** A counter has a whole number that is too small or too large. */
export function outOfRange(target: string, text: string): GraphErrorFault {
  return fault("range", target, `'${target}' must be between 0 and ${counterMaximum}; got ${echo(text)}.`);
}

/** A counter is null. */
export function isNull(target: string): GraphErrorFault {
  return fault("null", target, `'${target}' cannot be null. Leave the property out to keep its value.`);
}

/** A counter has an array or an object as its value. */
export function notPrimitive(target: string, value: JsonArray | JsonObject): GraphErrorFault {
  const node = value.kind === "array" ? "StartArray" : "StartObject";
  return fault("type", target, `${unexpectedNode(node, "PrimitiveValue")} ${mustBeWhole(target, value)}`);
}

/** A property is not a counter. With `withHelp` the message suggests the counter with the nearest name. */
export function unknownProperty(name: string, withHelp: boolean): GraphErrorFault {
  const target = echo(name);
  const nearest = withHelp ? nearestName(name, counterNames) : undefined;
  const help = nearest === undefined ? "" : ` Did you mean '${nearest}'?`;
  const message = `The property '${target}' does not exist on type 'microsoft.graph.mobileAppInstallSummary'.`;
  return fault("unknown", target, message + help);
}

/** A name appears more than once; `position` is that of the repetition. */
export function repeatedProperty(name: string, position: Position | undefined): GraphErrorFault {
  const target = echo(name);
  const help = position === undefined ? "" : ` Repeated at ${formatPosition(position)}.`;
  const message = `Multiple properties with the name '${target}' were detected in a resource or a complex value. OData does not allow duplicate properties.`;
  return fault("duplicate", target, message + help);
}

/** `@odata.type` is not the type of an install summary. */
export function unknownType(value: JsonValue): GraphErrorFault {
  const message = `A type named '${formatLiteral(value)}' could not be resolved by the model. When a model is available, each type name must resolve to a valid type. Use '${installSummaryType}', or leave it out.`;
  return fault("type", "@odata.type", message);
}

/** `id` is not the id of the app that the patch is for. */
export function idCannotChange(id: string | undefined, value: JsonValue): GraphErrorFault {
  const expected = id === undefined ? "" : ` It is '${id}'.`;
  return fault("id", "id", `'id' cannot be changed.${expected} Got ${formatSent(value)}.`);
}

/** OData's sentence for JSON of the wrong kind. */
export function unexpectedNode(found: string, expected: string): string {
  return `An unexpected '${found}' node was found when reading from the JSON reader. A '${expected}' node was expected.`;
}

/**
 * Makes one error of all faults, in the order of the body. It has the message and the target of the first one; two or
 * more faults are all in its details.
 */
export function faultsError(all: readonly [GraphErrorFault, ...GraphErrorFault[]]): GraphError {
  const [{ target, reason, message }] = all;
  const code = "ModelValidationFailure";
  const faults = all.slice(0, maxDetails);
  const isOne = all.length === 1;
  return graphError(code, isOne ? message : `${message} (and ${all.length - 1} more)`, {
    target,
    innerCode: reason === "id" ? "propertyNotUpdateable" : undefined,
    details: isOne ? [] : faults.map((one) => ({ code, message: one.message, target: one.target })),
    faults,
  });
}

/** Makes a fault. */
export function fault(reason: FaultReason, target: string, message: string): GraphErrorFault {
  return { target, reason, message };
}

function mustBeWhole(target: string, value: JsonValue): string {
  return `'${target}' must be ${aCount}; got ${formatSent(value)}.`;
}

/** Formats a value as OData's sentences do: its text, or the kind of an array or object. */
function formatLiteral(value: JsonValue): string {
  if (value === null || typeof value !== "object") return echo(String(value));
  return value.kind === "number" ? echo(value.text) : value.kind;
}

/** Formats a value as it was sent, so that the text "4" and the number 4 differ. */
function formatSent(value: JsonValue): string {
  if (typeof value === "string") return `"${echo(value)}"`;
  if (value === null || typeof value !== "object" || value.kind === "number") return formatLiteral(value);
  return value.kind === "array" ? "[…]" : "{…}";
}

function echo(text: string): string {
  return visibleText(text, maxEchoLength);
}
