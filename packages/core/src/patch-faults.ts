import { counterMaximum, counterNames } from "./counters.ts";
import { GraphError, graphErrorStatus, type GraphErrorDetail } from "./graph-error.ts";
import { nearestName } from "./nearest-name.ts";
import { visibleText } from "./visible-text.ts";

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

export function notAnInteger(target: string, literal: string): PatchFault {
  const shown = visibleText(literal, echo);
  return { target, message: `Cannot convert the literal '${shown}' to the expected type 'Edm.Int32'.` };
}

export function outOfRange(target: string, literal: string): PatchFault {
  const shown = visibleText(literal, echo);
  return { target, message: `'${target}' must be between 0 and ${counterMaximum}; got ${shown}.` };
}

export function isNull(target: string): PatchFault {
  return { target, message: `'${target}' cannot be null. Leave the property out to keep its value.` };
}

export function notPrimitive(target: string, node: "StartArray" | "StartObject"): PatchFault {
  return { target, message: unexpectedNode(node, "PrimitiveValue") };
}

/** Without `help` no name is looked for that may have been meant, which takes its time. */
export function unknownProperty(name: string, help: boolean): PatchFault {
  const target = visibleText(name, echo);
  const nearest = help ? nearestName(name, counterNames) : undefined;
  const hint = nearest === undefined ? "" : ` Did you mean '${nearest}'?`;
  const message = `The property '${target}' does not exist on type 'microsoft.graph.mobileAppInstallSummary'.`;
  return { target, message: message + hint };
}

export function repeatedProperty(name: string): PatchFault {
  const target = visibleText(name, echo);
  const message = `Multiple properties with the name '${target}' were detected in a resource or a complex value. OData does not allow duplicate properties.`;
  return { target, message };
}

export function unknownType(literal: string): PatchFault {
  const shown = visibleText(literal, echo);
  const message = `A type named '${shown}' could not be resolved by the model. When a model is available, each type name must resolve to a valid type.`;
  return { target: "@odata.type", message };
}

export function idCannotChange(id: string | undefined): PatchFault {
  const message = `'id' cannot be changed.${id === undefined ? "" : ` It is '${id}'.`}`;
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
