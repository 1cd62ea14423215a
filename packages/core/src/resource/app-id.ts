import { graphError } from "../http/graph-error.ts";
import { visibleText } from "../text/visible-text.ts";

const form = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text has the form of a mobile app's id: a GUID of any version and variant, in any case. */
export function isAppId(text: string): boolean {
  // JavaScript callers may pass anything.
  return typeof text === "string" && form.test(text);
}

/** Parses the id of a mobile app into lower case, its form everywhere. Throws `GraphError` 400 if it is not a GUID. */
export function parseAppId(text: string): string {
  if (isAppId(text)) return text.toLowerCase();
  const given: unknown = text;
  throw graphError(
    "BadRequest",
    `'${visibleText(String(given), 64)}' is not a GUID. A mobile app's id looks like 06a792e9-92e9-06a7-e992-a706e992a706.`,
  );
}
