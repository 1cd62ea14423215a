import { parseETags } from "../../http/etag.ts";
import { graphError } from "../../http/graph-error.ts";
import type { Preconditions } from "../../patch/decide-patch.ts";
import { visibleText } from "../../text/visible-text.ts";
import type { MemoryRequest } from "./message.ts";

/** How much control information a response has; the memory service has no more than `minimal`. */
export type MetadataLevel = "none" | "minimal";

/** The metadata level that a request accepts. Throws `GraphError` 406, or 400 for an OData version before 4.0. */
export function parseAccept({ headers }: MemoryRequest): MetadataLevel {
  const { "odata-version": version = "4.0", "odata-maxversion": maximum = "4.01" } = headers;
  if (!/^4\.01?(?:;|$)/.test(version) || !(Number.parseFloat(maximum) >= 4)) {
    throw graphError("BadRequest", "The service speaks OData 4.0 and 4.01.");
  }
  const ranges = (headers["accept"] ?? "*/*").toLowerCase().split(",");
  const accepted = ranges.find((range) => {
    const [type = ""] = range.split(";");
    return ["*/*", "application/*", "application/json"].includes(type.trim());
  });
  if (accepted !== undefined)
    return /;\s*(?:odata\.)?metadata=none\s*(?:;|$)/.test(accepted) ? "none" : "minimal";
  throw graphError("NotAcceptable", "Only application/json can be served.", {
    innerCode: "invalidAcceptType",
  });
}

/** The `return` preference; other preferences are ignored. */
export function parsePrefer({ headers }: MemoryRequest): "minimal" | "representation" | undefined {
  const preferences = (headers["prefer"] ?? "").toLowerCase().split(",");
  const values = preferences.map((preference) => /^return=(.*)$/.exec(preference.trim())?.[1]);
  const value = values.find((one) => one !== undefined);
  return value === "minimal" || value === "representation" ? value : undefined;
}

/** Checks that a body is JSON in UTF-8, not compressed. Throws `GraphError` 415, or 400 where no type is given. */
export function checkContentType({ headers }: MemoryRequest): void {
  const type = headers["content-type"];
  if (type === undefined) {
    throw graphError(
      "BadRequest",
      "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
    );
  }
  const [media = "", ...parameters] = type
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))?.slice("charset=".length);
  const isUtf8 = charset === undefined || charset.replaceAll('"', "") === "utf-8";
  if (media !== "application/json" || !isUtf8) {
    const shown = visibleText(type, 64);
    throw graphError(
      "UnsupportedMediaType",
      `The media type '${shown}' is not supported. Use application/json.`,
    );
  }
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding.toLowerCase() === "identity") return;
  throw graphError(
    "UnsupportedMediaType",
    `The content encoding '${visibleText(encoding, 64)}' is not supported.`,
  );
}

/** The conditional headers. Throws `GraphError` 400 for a malformed one, and for one that would be ignored. */
export function parsePreconditions({ method, headers }: MemoryRequest): Preconditions {
  if (method === "PATCH" && headers["if-unmodified-since"] !== undefined) {
    throw graphError("BadRequest", "The If-Unmodified-Since header is not supported. Use If-Match.");
  }
  const { "if-match": ifMatch, "if-none-match": ifNoneMatch } = headers;
  for (const header of [ifMatch, ifNoneMatch]) if (header !== undefined) parseETags(header);
  return { ifMatch, ifNoneMatch };
}
