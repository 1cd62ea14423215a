import { changeOrigins, parseAppId } from "@install-summary/core";
import { type Caller, type ChangeQuery, invalidQueryOption } from "@install-summary/core/service";
import { isCalendarDay } from "@install-summary/core/text";
import { invalidValue, oneOf, pickOptions } from "../query/pick-options.ts";
import { parseChangeCursor } from "./change-json.ts";
import type { ChangeFormat } from "./negotiate-format.ts";

/** What changes must be like. */
export type ChangeFilter = Omit<ChangeQuery, "order" | "top" | "after">;

/** The options of `GET /api/changes`. */
export interface ChangeLogOptions {
  readonly query: ChangeFilter & Pick<ChangeQuery, "order">;
  readonly after: number | undefined;
  readonly top: number | undefined;
  readonly format: ChangeFormat | undefined;
  /**
   * The options of a stream of events, which `Last-Event-ID` lets go on. Throws `GraphError` 400 for those that a
   * stream cannot have.
   */
  forEvents(lastEventId: string | null): {
    readonly filter: ChangeFilter;
    readonly after: number | undefined;
  };
}

const names = ["appId", "actor", "origin", "since", "until", "after", "top", "order", "format"] as const;

/** Parses the query of a URL. Throws `GraphError` 400 for an unknown or repeated name, and for a value that is not valid. */
export function parseChangeOptions(query: string, { tenantId, actor }: Caller): ChangeLogOptions {
  const values = pickOptions(query, names);
  const value = <Value>(name: (typeof names)[number], parse: (text: string) => Value): Value | undefined => {
    const text = values.get(name);
    return text === undefined ? undefined : parse(text);
  };
  const filter: ChangeFilter = {
    appId: value("appId", parseAppId),
    actor: value("actor", (text) => parseActor(text, actor)),
    origin: value("origin", (text) => oneOf("origin", changeOrigins, text)),
    since: value("since", (text) => parseTime("since", text)),
    until: value("until", (text) => parseTime("until", text)),
  };
  const after = value("after", (text) => parseChangeCursor(text, tenantId));
  return {
    query: {
      ...filter,
      order: value("order", (text) => oneOf("order", ["asc", "desc"] as const, text)) ?? "asc",
    },
    after,
    top: value("top", parseTop),
    format: value("format", (text) => oneOf("format", ["json", "csv"] as const, text)),
    forEvents(lastEventId) {
      const refused = (["order", "top", "since", "until"] as const).find((name) => values.has(name));
      if (refused !== undefined) throw invalidQueryOption(`A stream of events cannot have '${refused}'.`);
      return { filter, after: lastEventId === null ? after : parseChangeCursor(lastEventId, tenantId) };
    },
  };
}

/** An empty variable of a script would find nothing, and read as a result. */
function parseActor(text: string, caller: string): string {
  if (text === "") throw invalidValue("actor", text, "Use the name of a user, or me.");
  return text === "me" ? caller : text;
}

/** How many changes a page may have. */
export const maxChanges = 1000;

function parseTop(text: string): number {
  const top = /^[0-9]{1,4}$/.test(text) ? Number(text) : 0;
  if (top >= 1 && top <= maxChanges) return top;
  throw invalidValue("top", text, `Use a whole number from 1 to ${maxChanges}.`);
}

const timeForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/i;

/** A moment in the form of the log. A plus sign that was not encoded has become a blank. Source: RFC 3339 §5.6. */
function parseTime(name: string, text: string): string {
  const given = text.replace(/ (?=\d\d:\d\d$)/, "+");
  const isTime = timeForm.test(given) && isCalendarDay(given.slice(0, 10));
  const time = new Date(isTime ? given : Number.NaN);
  // An offset may lead out of the years that the log can have.
  const year = time.getUTCFullYear();
  if (year >= 0 && year <= 9999) return time.toISOString();
  throw invalidValue(name, text, "Use a moment such as 2026-11-26T08:00:00Z.");
}
