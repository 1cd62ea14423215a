import { listETags } from "../../http/etag.ts";
import type { Preconditions } from "../../patch/decide-patch.ts";
import { judgeRepetition, type RefusedRequest, type Repetition } from "../../patch/judge-repetition.ts";
import type { InstallSummary } from "../../resource/install-summary.ts";
import type { TenantStore } from "../../store/store.ts";

/** More ETags than any caller lists; each one costs a read. */
const maxETags = 10;

/**
 * What the change log says about a PATCH whose preconditions have failed: whether it repeats a request that was applied.
 * Only the way to a 412 comes here.
 */
export async function findRepetition(
  tenant: TenantStore,
  request: RefusedRequest,
  { ifMatch, ifNoneMatch }: Preconditions,
  current: InstallSummary,
): Promise<Repetition> {
  if (request.clientRequestId === undefined || ifMatch === undefined || ifNoneMatch !== undefined)
    return "unknown";
  const etags = listETags(ifMatch);
  if (etags.length > maxETags) return "unknown";
  const changes = await Promise.all(etags.map((etag) => tenant.readChangeAfter(current.id, etag)));
  return judgeRepetition(request, changes, current);
}
