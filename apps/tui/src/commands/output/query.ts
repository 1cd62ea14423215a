import type { JSONValue } from "@jmespath-community/jmespath";
import { UserError, exitCodes } from "@install-summary/command-line/errors";

/** What `--query` takes out of a command's data. Throws `UserError` where the data has other types than it needs. */
export type Query = (value: unknown) => unknown;

/**
 * Loads JMESPath and reads the text of `--query`. Throws `UserError` for a mistake in it, before anything is asked of a
 * server.
 */
export async function loadQuery(text: string): Promise<Query> {
  const { compile, isRegistered, TreeInterpreter } = await import("@jmespath-community/jmespath");
  const expression = attempt(text, () => compile(text));
  const unknown = attempt(text, () => functionsOf(expression)).find((name) => !isRegistered(name));
  if (unknown !== undefined) throw mistaken(text, `it has no function ${unknown}()`);
  return (value) => {
    const found: unknown = attempt(text, () => TreeInterpreter.search(expression, plain(value)));
    return plain(found);
  };
}

/** The value as JSON has it: an absent member is left out, and so is a function that a query reached. */
function plain(value: unknown): JSONValue {
  return JSON.parse(JSON.stringify(value) ?? "null");
}

function attempt<Result>(text: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw mistaken(text, reasonOf(error));
  }
}

/** The library's own words, without what it puts in front of them. */
function reasonOf(error: unknown): string {
  // The library, and what looks for functions, go down with the expression.
  if (error instanceof RangeError) return "it is nested too deeply";
  const message = error instanceof Error ? error.message : String(error);
  const reason = message.replace(/^(?:Syntax error|Invalid type|Error): */i, "").replace(/\.$/, "");
  return /\(EOF\)|got: EOF/.test(reason) ? "it is not complete" : reason;
}

/** The names of all functions that an expression calls. */
function functionsOf(node: unknown): readonly string[] {
  if (typeof node !== "object" || node === null) return [];
  const inside = Object.values(node).flatMap(functionsOf);
  return "type" in node && node.type === "Function" && "name" in node
    ? [String(node.name), ...inside]
    : inside;
}

function mistaken(argument: string, why: string): UserError {
  return new UserError(`--query cannot be evaluated: ${why}.`, {
    exit: exitCodes.usage,
    code: "InvalidQuery",
    target: "--query",
    argument,
    help: [
      "It is a JMESPath expression over what --output json prints, such as [].id or summary.failedDeviceCount.",
    ],
  });
}
