import { GraphError } from "../http/graph-error.ts";
import type { UpdatedSummary } from "./types.ts";
import { isDryRun, readDryRun } from "./responses.ts";
import type { Call, Transport } from "./transport.ts";

/** Asks the server what a PATCH would come to. */
export type DryRun = (call: Call, appId: string) => Promise<UpdatedSummary>;

/**
 * A host that does not know dry runs would apply the change. So the first one is asked with an empty patch, which
 * changes nothing anywhere, and only a host that answers it as a dry run ever gets to see the real patch.
 */
export function createDryRun(send: Transport): DryRun {
  let isKnown = false;

  return async (change, appId) => {
    const url = new URL(change.url);
    url.search = "dryRun=true";
    const call: Call = { ...change, url, isDryRun: true };
    if (!isKnown) {
      const answer = await send({ ...call, body: {} });
      if (!isDryRun(answer)) throw notSupported(url, answer.requestId);
      isKnown = true;
    }
    return readDryRun(await send(call), appId);
  };
}

function notSupported({ origin }: URL, requestId: string | undefined): GraphError {
  const message = `${origin} does not know dry runs, so it was not sent the change. What would be can be computed without it: see applyPatch and warnings.`;
  return new GraphError({ status: 501, code: "DryRunNotSupported", message, requestId });
}
