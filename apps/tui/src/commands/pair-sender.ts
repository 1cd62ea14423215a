import type { SendRequest } from "@install-summary/core/contract";
import { hideSecrets } from "@install-summary/core/text";
import { ownVersions, type OwnVersions } from "./own-versions.ts";

interface Sender {
  readonly baseUrl: string;
  readonly writer: string;
  readonly reader: string | undefined;
  readonly signal: AbortSignal;
}

/** What sends the requests of pairs. */
export interface PairSender {
  readonly send: SendRequest;
  /** Whether a change that was sent has no known end, so that it may still arrive. */
  readonly mayArrive: () => boolean;
  /** The versions that the changes have made. */
  readonly own: OwnVersions;
  /** Hides in a text what it repeats of the tokens. */
  readonly hide: (text: string) => string;
}

/** How long a request, also a change that is waited for, may take, in milliseconds. */
export const changeLimit = 30_000;

/** Statuses of a gateway that waits no longer for the server behind it. */
const abandoned: ReadonlySet<number> = new Set([408, 502, 504]);

/**
 * Sends the requests of pairs as they are written, each with the token that it is for. The signal ends reads at once; a change
 * on its way is waited for, since one that is cut off arrives all the same, and later than what puts it right.
 */
export function pairSender({ baseUrl, writer, reader, signal }: Sender): PairSender {
  const base = baseUrl.replace(/\/+$/, "");
  const own = ownVersions();
  let isLost = false;
  const tokens = [writer, reader ?? ""].map((token) => ["authorization", token] as const);
  return { send, mayArrive: () => isLost, own, hide: (text) => hideSecrets(text, tokens) };

  async function send({
    method,
    path,
    headers,
    body,
    identity,
  }: Parameters<SendRequest>[0]): Promise<Response> {
    const token = identity === "reader" ? reader : writer;
    const sent = new Headers(headers);
    if (identity !== "none" && token !== undefined) sent.set("authorization", `Bearer ${token}`);
    const changes = !/^(?:GET|HEAD|OPTIONS)$/.test(method);
    const limit = AbortSignal.timeout(changeLimit);
    try {
      const response = await fetch(base + path, {
        method,
        headers: sent,
        ...(body !== undefined && { body }),
        redirect: "manual",
        signal: changes ? limit : AbortSignal.any([signal, limit]),
      });
      if (changes && abandoned.has(response.status)) isLost = true;
      if (changes) await own.note(method, response);
      return response;
    } catch (error) {
      if (changes) isLost = true;
      throw error;
    }
  }
}
