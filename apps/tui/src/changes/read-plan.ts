import { graphError } from "@install-summary/core";
import { visibleText } from "@install-summary/core/text";
import { planSchema, type Plan } from "./plan.ts";

/** The plan of a JSON text. Throws `GraphError` 400 that says where it is wrong. */
export function parsePlan(text: string): Plan {
  const value = parseJson(text);
  const parsed = planSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  if (isNewer(value)) throw refused("it is of a newer version of this program");
  const [issue] = parsed.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? "it" : issue.path.map(String).join(".");
  throw refused(`${place}: ${visibleText(issue?.message ?? "", 300)}`);
}

function isNewer(value: unknown): boolean {
  return typeof value === "object" && value !== null && "format" in value && Number(value.format) > 1;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refused(visibleText(error instanceof Error ? error.message : String(error), 200));
  }
}

function refused(why: string): Error {
  return graphError(
    "BadRequest",
    `The plan cannot be read: ${why.replace(/\.$/, "")}. Use what plan --output json prints.`,
  );
}
