import { graphError, type GraphError } from "../../http/graph-error.ts";
import { asciiLowerCase } from "../../text/ascii-case.ts";
import { shown } from "./batch-json.ts";

/** The parts of an item's URL, still percent-encoded. */
export interface ItemUrl {
  /** With the version that it begins with, such as `/beta/deviceAppManagement`. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
}

/**
 * Parses the relative URL of a batch's item, with or without `/` or `/beta/` at its start. Dot segments are removed, as a
 * client does before it sends a URL. Throws `GraphError` 400 for a URL that leads elsewhere or has a `#`, 414 for one over
 * `maxLength`.
 */
export function parseItemUrl(url: string, maxLength: number): ItemUrl {
  if (url.length > maxLength) {
    throw graphError("UriTooLong", `The URL is longer than ${maxLength} bytes.`);
  }
  if (/^(?:[a-z][a-z0-9+.-]*:|[/\\]{2})/i.test(url)) throw notRelative(url);
  // What follows it would be dropped, as no client sends a fragment: the end of a filter, or the dryRun of a change.
  if (url.includes("#")) throw unusable(url, "write %23 in place of #");
  const mark = url.indexOf("?");
  const end = mark === -1 ? url.length : mark;
  return { path: removeDots(url.slice(0, end), url), query: url.slice(end + 1) };
}

function removeDots(path: string, url: string): string {
  const segments = path.split("/").filter((segment) => segment !== "");
  const first = asciiLowerCase(segments[0] ?? "");
  const [version = "beta", ...rest] = first === "beta" || first === "v1.0" ? segments : ["beta", ...segments];
  const kept: string[] = [];
  for (const segment of rest) {
    const dots = segment.replaceAll(/%2e/gi, ".");
    if (dots === ".") continue;
    if (dots !== "..") kept.push(segment);
    else if (kept.pop() === undefined) throw notRelative(url);
  }
  return ["", version, ...kept].join("/");
}

function unusable(url: string, must: string): GraphError {
  return graphError("BadRequest", `The URL of a request in a batch must ${must}; got ${shown(url)}.`);
}

function notRelative(url: string): GraphError {
  return unusable(url, "be relative and below /beta, such as /deviceAppManagement/mobileApps");
}
