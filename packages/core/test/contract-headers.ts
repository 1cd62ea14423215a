import type { SentRequest } from "../src/contract/check/check-pair.ts";
import { graphError } from "../src/http/graph-error.ts";

/** How much control information an answer has; this server has no more than `minimal`. */
export type MetadataLevel = "none" | "minimal";

/** The level of metadata that a request accepts. Throws the 406, and the 400 for a version of OData that is too old. */
export function readAccept({ headers }: SentRequest): MetadataLevel {
  const { "odata-version": version = "4.0", "odata-maxversion": most = "4.01" } = headers;
  if (!["4.0", "4.01"].includes(version) || Number.parseFloat(most) < 4) {
    throw graphError("BadRequest", "This service speaks OData 4.0.");
  }
  const ranges = (headers["accept"] ?? "*/*").toLowerCase().split(",");
  const accepted = ranges.find((range) => {
    const [type = ""] = range.split(";");
    return ["*/*", "application/*", "application/json"].includes(type.trim());
  });
  if (accepted === undefined) {
    throw graphError("NotAcceptable", "Only application/json can be served.", {
      innerCode: "invalidAcceptType",
    });
  }
  return /;\s*(?:odata\.)?metadata=none\s*(?:;|$)/.test(accepted) ? "none" : "minimal";
}

/** The `return` preference among those of a request; what else it would like is ignored. */
export function readReturn({ headers }: SentRequest): "minimal" | "representation" | undefined {
  const preferences = (headers["prefer"] ?? "").toLowerCase().split(",");
  const [first] = preferences
    .map((preference) => preference.trim())
    .filter((preference) => preference.startsWith("return="));
  if (first === "return=minimal") return "minimal";
  return first === "return=representation" ? "representation" : undefined;
}

/** Throws the 415 for a body that is no JSON in UTF-8, and the 413 for one that is too large. */
export function checkBody({ headers, body = "" }: SentRequest): void {
  const type = headers["content-type"];
  if (type === undefined) throw graphError("BadRequest", "Unable to read JSON request payload.");
  const [media = "", ...parameters] = type
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))?.replace(/^charset=/, "");
  const isUtf8 = charset === undefined || charset.replaceAll('"', "") === "utf-8";
  if (media !== "application/json" || !isUtf8) {
    throw graphError(
      "UnsupportedMediaType",
      `The media type '${type}' is not supported. Use application/json.`,
    );
  }
  if (new TextEncoder().encode(body).length > 65_536) {
    throw graphError("RequestEntityTooLarge", "The body is larger than 65536 bytes.");
  }
}
