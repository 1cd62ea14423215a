import { parseAppId } from "../app-id.ts";
import { compareAnswer } from "./compare-answer.ts";
import { fillIn, fillInJson, findMissingETag } from "./fill-in.ts";
import type { GoldenPair, PairIdentity, PairRequest } from "./golden-pair.ts";

/** A request as it goes out: nothing in it is left to fill in. */
export interface SentRequest extends PairRequest {
  /** Whose token goes with it. */
  readonly identity: PairIdentity;
}

/**
 * Sends a request to the server in question: adds base URL and token, follows no redirect, and gives status, headers
 * and body of the answer as they are. `fetch` will do, and so will a server's own handler.
 */
export type SendRequest = (request: SentRequest) => Promise<Response>;

/** What the pairs of one run share. */
export interface PairRun {
  /** The app whose counters the pairs overwrite. */
  readonly appId: string;
  /** The ETags that were captured so far, by the names that the pairs give them; empty at the beginning. */
  readonly etags: Map<string, string>;
}

/**
 * Sends the request of a pair and gives the differences between its answer and the contract's, as sentences; none
 * when the server does as the contract says. Compared are status, named headers, an error's code, target and the
 * targets of its details, and the members and values of a success; never what messages, dates and request ids say.
 * URLs in an answer must begin as the URL of its `Response` does, where it has one, and be absolute in any case. The
 * pairs run in order, since later ones build on what earlier ones wrote and captured.
 */
export async function checkPair(
  pair: GoldenPair,
  send: SendRequest,
  run: PairRun,
): Promise<readonly string[]> {
  const fillings = { appId: parseAppId(run.appId), etags: run.etags };
  const { method, path, headers, body } = pair.request;
  const request: SentRequest = {
    method,
    path: fillIn(path, fillings),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, fillIn(value, fillings)]),
    ),
    ...(body !== undefined && { body: fillInJson(body, fillings) }),
    identity: pair.identity,
  };
  const missing = findMissingETag([
    request.path,
    request.body ?? "",
    ...Object.values(request.headers),
    fillInJson(JSON.stringify(pair.expected.body ?? null), fillings),
  ]);
  if (missing !== undefined) {
    return [`the pair needs the ETag '${missing}', which no pair before it has captured`];
  }
  const response = await send(request);
  const answer = { status: response.status, headers: response.headers, text: await response.text() };
  const base = findBase(response.url, request.path);
  return compareAnswer(answer, pair.expected, { ...fillings, ...(base !== undefined && { base }) });
}

/** What stands before the path in a URL; undefined for a response that has no URL, or one of another request. */
function findBase(url: string, path: string): string | undefined {
  return url.endsWith(path) ? url.slice(0, -path.length) : undefined;
}
