import { parseAppId } from "../../resource/app-id.ts";
import { visibleText } from "../../text/visible-text.ts";
import type { GoldenPair, PairIdentity, PairRequest } from "../format/golden-pair.ts";
import { findMissingCapture } from "./captured-values.ts";
import { compareResponse, type ReceivedResponse } from "./compare-response.ts";
import { explainStored } from "./explain-stored.ts";
import { gzip, readText } from "./content-coding.ts";
import { fillIn, fillInJson, type PlaceholderValues } from "./placeholders.ts";

/** The bytes that `fetch` takes, in a form that TypeScript before 5.7 reads too: it has no `Uint8Array<ArrayBuffer>`. */
type BodyBytes = ReturnType<Uint8Array["slice"]>;

/** A request as it is sent: no placeholder is left in it. */
export interface SentRequest extends Pick<PairRequest, "method" | "path" | "headers"> {
  /** The text or, in a content coding, the bytes to send; absent where the request has no body. */
  readonly body?: string | BodyBytes;
  /** Whose token the request carries. */
  readonly identity: PairIdentity;
}

/**
 * Sends a request to the server that is checked: adds the base URL and the token, follows no redirect, and returns the
 * response as it is. `fetch` can do this, and so can a server's own handler.
 */
export type SendRequest = (request: SentRequest) => Promise<Response>;

/** What the pairs of one run share. */
export interface PairRun {
  /** The app whose counters the pairs overwrite. */
  readonly appId: string;
  /** The captured values, most of them ETags, by the names that the pairs give them; empty at the beginning. */
  readonly etags: Map<string, string>;
}

/**
 * Sends the request of a pair and returns the differences between the response and the contract's, one sentence each:
 * none from a server that follows the contract. It compares the status, the named headers, an error's codes, target
 * and the targets of its details, and the members and values of a success; never the content of messages, dates and
 * request ids. URLs in a response must be absolute, and begin as the URL of its `Response` does, where that has one.
 *
 * Run the pairs in order: later ones build on what earlier ones wrote and captured. A pair that needs a value which was
 * not captured is not sent. A request without a response is a difference, too. Throws for an app's id that is not a
 * GUID, and for a pair of your own that captures under a malformed name.
 */
export async function checkPair(
  pair: GoldenPair,
  send: SendRequest,
  run: PairRun,
): Promise<readonly string[]> {
  const values = { appId: parseAppId(run.appId), captured: run.etags };
  const missing = findMissingCapture(pair, run.etags);
  if (missing !== undefined) return [missing];
  const { method, path, headers, body, coding } = pair.request;
  const text = body === undefined ? undefined : fillInJson(body, values);
  const request: SentRequest = {
    method,
    path: fillIn(path, values),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, fillIn(value, values)]),
    ),
    ...(text !== undefined && { body: coding === undefined ? text : await gzip(text) }),
    identity: pair.identity,
  };
  let url: string;
  let received: ReceivedResponse;
  try {
    const response = await send(request);
    url = response.url;
    received = { status: response.status, headers: response.headers, text: await readText(response) };
  } catch (error) {
    return [describeNoResponse(error)];
  }
  if (url === "") return compare(values);
  const base = findBase(url, request.path);
  return base === undefined
    ? [`the response must come from ${visibleText(request.path, 200)} but came from ${visibleText(url, 200)}`]
    : compare({ ...values, base });

  function compare(known: PlaceholderValues): readonly string[] {
    const differences = compareResponse(received, pair.expected, known);
    return differences.map((difference) => explainStored(difference, pair));
  }
}

/**
 * Why no response can be compared: the message of an error with that of its cause, where `fetch` says why it did not reach
 * its server.
 */
export function describeNoResponse(error: unknown): string {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  const why = cause instanceof Error && cause.message !== "" ? ` (${cause.message})` : "";
  return `no usable response: ${visibleText(message + why, 200)}`;
}

/** The part of a URL before the path, which has blanks and quotes percent-encoded; undefined for another path. */
function findBase(url: string, path: string): string | undefined {
  const { origin, href } = new URL(`https://host${path}`);
  const asSent = [path, href.slice(origin.length)].find((end) => url.endsWith(end));
  return asSent === undefined ? undefined : url.slice(0, -asSent.length);
}
