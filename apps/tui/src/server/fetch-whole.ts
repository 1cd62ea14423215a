import { readBody, type ReadBody } from "@install-summary/core/text";

/** A response whose body was read. */
export interface WholeResponse extends ReadBody {
  readonly response: Response;
}

/**
 * Fetches a response with its body, up to a size in MiB. A connection that breaks anywhere on the way rejects in one form,
 * which ky and `connectionFaultOf` know: to a person it is all the same whether the head had arrived.
 */
export async function fetchWhole(
  request: Request | URL,
  init: RequestInit | undefined,
  maxSize: number,
): Promise<WholeResponse> {
  try {
    const response = await fetch(request, init);
    return { response, ...(await readBody(response, maxSize)) };
  } catch (error) {
    // What ended it on purpose is thrown as it is.
    init?.signal?.throwIfAborted();
    if (request instanceof Request) request.signal.throwIfAborted();
    throw new TypeError("fetch failed", { cause: error });
  }
}
