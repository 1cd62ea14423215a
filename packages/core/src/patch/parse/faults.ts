import { counterMaximum, counterNames } from "../../resource/counters.ts";
import { GraphError, graphErrorStatus, type GraphErrorDetail } from "../../http/graph-error.ts";
import { installSummaryType } from "../../resource/install-summary.ts";
import type { JsonArray, JsonObject, JsonValue } from "../../text/json-text.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { visibleText } from "../../text/visible-text.ts";

/** The sentences of the contract for what can be wrong with a member of a patch. */

export interface PatchFault {
  readonly target: string;
  readonly message: string;
  readonly innerCode?: string;
}

/** An error repeats at most so much of what was sent. */
const echo = 64;
/** More faults than this are counted, not listed. */
export const mostDetails = 100;

export function notAnInteger(target: string, value: JsonValue): PatchFault {
  const message = `Cannot convert the literal '${literal(value)}' to the expected type 'Edm.Int32'.`;
  return { target, message: `${message} ${mustBeWhole(target, value)}` };
}

export function outOfRange(target: string, text: string): PatchFault {
  const shown = visibleText(text, echo);
  return { target, message: `'${target}' must be between 0 and ${counterMaximum}; got ${shown}.` };
}

export function isNull(target: string): PatchFault {
  return { target, message: `'${target}' cannot be null. Leave the property out to keep its value.` };
}

export function notPrimitive(target: string, value: JsonArray | JsonObject): PatchFault {
  const node = value.kind === "array" ? "StartArray" : "StartObject";
  return { target, message: `${unexpectedNode(node, "PrimitiveValue")} ${mustBeWhole(target, value)}` };
}

/** With `help`, the name that may have been meant is looked for. */
export function unknownProperty(name: string, help: boolean): PatchFault {
  const target = visibleText(name, echo);
  const nearest = help ? nearestName(name, counterNames) : undefined;
  const hint = nearest === undefined ? "" : ` Did you mean '${nearest}'?`;
  const message = `The property '${target}' does not exist on type 'microsoft.graph.mobileAppInstallSummary'.`;
  return { target, message: message + hint };
}

export function repeatedProperty(
  name: string,
  place: { readonly line: number; readonly column: number } | undefined,
): PatchFault {
  const target = visibleText(name, echo);
  const help = place === undefined ? "" : ` It stands again at line ${place.line}, column ${place.column}.`;
  const message = `Multiple properties with the name '${target}' were detected in a resource or a complex value. OData does not allow duplicate properties.`;
  return { target, message: message + help };
}

export function unknownType(value: JsonValue): PatchFault {
  const message = `A type named '${literal(value)}' could not be resolved by the model. When a model is available, each type name must resolve to a valid type. Use '${installSummaryType}', or leave it out.`;
  return { target: "@odata.type", message };
}

export function idCannotChange(id: string | undefined, value: JsonValue): PatchFault {
  const message = `'id' cannot be changed.${id === undefined ? "" : ` It is '${id}'.`} Got ${asSent(value)}.`;
  return { target: "id", message, innerCode: "propertyNotUpdateable" };
}

export function unexpectedNode(found: string, expected: string): string {
  return `An unexpected '${found}' node was found when reading from the JSON reader. A '${expected}' node was expected.`;
}

/** One error of all the faults of a body, in body order: the first one on the error itself, all in the details where there are two or more. */
export function faultsError(faults: readonly [PatchFault, ...PatchFault[]]): GraphError {
  const [first] = faults;
  const code = "ModelValidationFailure";
  const detail = ({ target, message }: PatchFault): GraphErrorDetail => ({ code, message, target });
  const more = faults.length === 1 ? "" : ` (and ${faults.length - 1} more)`;
  return new GraphError({
    status: graphErrorStatus[code],
    code,
    message: first.message + more,
    target: first.target,
    innerCode: first.innerCode,
    details: faults.length === 1 ? [] : faults.slice(0, mostDetails).map(detail),
  });
}

function mustBeWhole(target: string, value: JsonValue): string {
  return `'${target}' must be a whole number from 0 to ${counterMaximum}; got ${asSent(value)}.`;
}

/** A value as OData's sentences name it: its text, or the kind of what is too big to show. */
function literal(value: JsonValue): string {
  if (value === null || typeof value !== "object") return visibleText(String(value), echo);
  return value.kind === "number" ? visibleText(value.text, echo) : value.kind;
}

/** A value as it was written, shortened, so that the text "4" and the number 4 are told apart. */
function asSent(value: JsonValue): string {
  if (typeof value === "string") return `"${visibleText(value, echo)}"`;
  if (value === null || typeof value !== "object" || value.kind === "number") return literal(value);
  return value.kind === "array" ? "[…]" : "{…}";
}
