import { parseAppId } from "../../resource/app-id.ts";
import { visibleText } from "../../text/visible-text.ts";
import { findMissing } from "./captures.ts";
import { compareAnswer, type ReceivedAnswer } from "./compare-answer.ts";
import { fillIn, fillInJson } from "./fill-in.ts";
import type { GoldenPair, PairIdentity, PairRequest } from "../format/golden-pair.ts";

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
  /** What was captured so far, ETags for the most part, by the names that the pairs give it; empty at the beginning. */
  readonly etags: Map<string, string>;
}

/**
 * Sends the request of a pair and gives the differences between its answer and the contract's, as sentences; none
 * when the server does as the contract says. Compared are status, named headers, an error's codes, target and the
 * targets of its details, and the members and values of a success; never what messages, dates and request ids say.
 * URLs in an answer must begin as the URL of its `Response` does, where it has one, and be absolute in any case. The
 * pairs run in order, since later ones build on what earlier ones wrote and captured; a pair that needs what was not
 * captured is not sent. A request without an answer is a difference, too. Throws only for a pair, or an app's id, that
 * is none.
 */
export async function checkPair(
  pair: GoldenPair,
  send: SendRequest,
  run: PairRun,
): Promise<readonly string[]> {
  const fillings = { appId: parseAppId(run.appId), captured: run.etags };
  const missing = findMissing(pair, run.etags);
  if (missing !== undefined) return [missing];
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
  let url: string;
  let answer: ReceivedAnswer;
  try {
    const response = await send(request);
    url = response.url;
    answer = { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    return [`no answer: ${describe(error)}`];
  }
  if (url === "") return compareAnswer(answer, pair.expected, fillings);
  const base = findBase(url, request.path);
  if (base === undefined) {
    return [
      `the answer must come from ${visibleText(request.path, 200)}, came from ${visibleText(url, 200)}`,
    ];
  }
  return compareAnswer(answer, pair.expected, { ...fillings, base });
}

/** What went wrong, and why: `fetch` says only in its cause what kept it from its server. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return visibleText(String(error), 200);
  const cause = error.cause instanceof Error && error.cause.message !== "" ? ` (${error.cause.message})` : "";
  return visibleText(error.message + cause, 200);
}

/** What stands before the path in a URL, which has blanks and quotes percent-encoded; undefined where it ends otherwise. */
function findBase(url: string, path: string): string | undefined {
  const { origin, href } = new URL(`https://host${path}`);
  const asSent = [path, href.slice(origin.length)].find((end) => url.endsWith(end));
  return asSent === undefined ? undefined : url.slice(0, -asSent.length);
}
