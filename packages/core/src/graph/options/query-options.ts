import { visibleText } from "../../text/visible-text.ts";
import { graphError, type GraphError } from "../../http/graph-error.ts";
import { asciiLowerCase, isSameName } from "../../text/ascii-case.ts";

/** One name of a URL's query with its value. */
export interface QueryOption {
  /** A system option as `$skiptoken`, however it was written; a custom one as it was written. */
  readonly name: string;
  /** The name as it was written, for messages. */
  readonly written: string;
  readonly value: string;
  /** Both, still percent-encoded. */
  readonly raw: string;
}

// OData 4.01 allows these names without `$`. None of them may pass for a custom option, which would be ignored.
const systemNames: ReadonlySet<string> = new Set(
  "apply compute count deltatoken expand filter format index levels orderby schemaversion search select skip skiptoken top".split(
    " ",
  ),
);

/** Parses the query of a URL (without `?`). Throws `GraphError` 400 for malformed percent-encoding. */
export function parseQuery(query: string): readonly QueryOption[] {
  if (query === "") return [];
  return query
    .split("&")
    .filter((raw) => raw !== "")
    .map((raw) => parseOption(raw, decode));
}

/** Parses the options in the brackets after an expanded name: `$select=id;$top=1`. Throws `GraphError` 400 for a custom one. */
export function parseNestedOptions(text: string): readonly QueryOption[] {
  const options = text
    .split(";")
    .filter((item) => item.trim() !== "")
    .map((item) => parseOption(item, (part) => part));
  const custom = options.find(({ name }) => !name.startsWith("$"));
  if (custom !== undefined) throw notSupported(custom.written);
  return options;
}

function parseOption(raw: string, read: (part: string) => string): QueryOption {
  const at = raw.indexOf("=");
  const written = read(at === -1 ? raw : raw.slice(0, at)).trim();
  const value = at === -1 ? "" : read(raw.slice(at + 1)).trim();
  const lower = asciiLowerCase(written);
  const bare = lower.startsWith("$") ? lower.slice(1) : lower;
  const isSystem = lower.startsWith("$") || systemNames.has(bare);
  return { name: isSystem ? `$${bare}` : written, written, value, raw };
}

/**
 * Picks the system options that a resource supports. Another one, a repeated one, and a name with a `$` in its middle or
 * with one that is still encoded is a 400 that names it; custom options are ignored.
 */
export function pickSystemOptions(
  options: readonly QueryOption[],
  supported: readonly string[],
): ReadonlyMap<string, string> {
  // A `$` in the middle is a shell's quoting gone wrong, and one that is still encoded a URL that was encoded twice:
  // ignored, it would read as a response without what was asked for.
  return pick(
    options.filter(({ name }) => name.includes("$") || encodedMark.test(name)),
    supported,
  );
}

/** Picks the options of a write, and refuses every other one: a misspelt one must not change what is written. */
export function pickWriteOptions(
  options: readonly QueryOption[],
  supported: readonly string[],
): ReadonlyMap<string, string> {
  return pick(options, supported);
}

function pick(options: readonly QueryOption[], supported: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { name, written, value } of options) {
    const known = supported.find((one) => isSameName(name, one));
    if (known === undefined) throw notSupported(written);
    if (values.has(known)) {
      throw invalidQueryOption(
        `Query option '${visibleText(written, 64)}' was specified more than once, but it must be specified at most once.`,
      );
    }
    values.set(known, value);
  }
  return values;
}

/** The 400 for a fault in a query option. */
export function invalidQueryOption(message: string): GraphError {
  return graphError("BadRequest", message, { innerCode: "invalidQueryOption" });
}

function notSupported(written: string): Error {
  const message = `The query parameter '${visibleText(written, 64)}' is not supported.`;
  const [, meant = ""] = /(?:[^$]\$|%(?:25)*24)([a-z]+)$/i.exec(written) ?? [];
  const isMeant = systemNames.has(asciiLowerCase(meant));
  const help = encodedMark.test(written) ? " The URL was percent-encoded twice." : "";
  return invalidQueryOption(`${message}${help}${isMeant ? ` Did you mean '$${meant}'?` : ""}`);
}

/** The `$` of a name that was encoded more than once. */
const encodedMark = /%(?:25)*24/;

function decode(text: string): string {
  if (!/[%+]/.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw invalidQueryOption(
      `The query is malformed: '${visibleText(text, 64)}' is not percent-encoded UTF-8.`,
    );
  }
}
