import { ClientError } from "./errors.ts";
import type { UpdatedSummary } from "./types.ts";
import { isDryRun, parseDryRunResponse } from "./responses.ts";
import type { OutgoingRequest, Send } from "./transport.ts";

/** Asks the server what a PATCH would change. */
export type DryRun = (call: OutgoingRequest, appId: string) => Promise<UpdatedSummary>;

/**
 * A host that does not know dry runs would apply the change. So the first request carries an empty patch, which changes
 * nothing anywhere. Only a host that responds to it as a dry run is sent the real patch.
 */
export function createDryRun(send: Send): DryRun {
  let isKnown = false;

  return async (change, appId) => {
    const url = new URL(change.url);
    url.search = "dryRun=true";
    const { retry: _, ...call } = { ...change, url };
    if (!isKnown) {
      const response = await send({ ...call, body: {} });
      if (!isDryRun(response)) throw notSupported(url, response.requestId);
      isKnown = true;
    }
    return parseDryRunResponse(await send(call), appId);
  };
}

function notSupported({ origin }: URL, requestId: string | undefined): ClientError {
  const message = `${origin} does not support dry runs, so it was not sent the change. applyPatch and warnings compute the result without a server.`;
  return new ClientError("DryRunNotSupported", message, { requestId });
}
