import { connectionFaultOf, connectionFaultText } from "@install-summary/command-line/errors";
import { hideSecrets, visibleText } from "@install-summary/core/text";

type Fetch = typeof globalThis.fetch;

/**
 * A fetch that tells each request with its method, URL, status, time and ids. Neither headers nor bodies are told, nor an id that
 * repeats a header, so that no token is.
 */
export function traceFetch(fetch: Fetch, tell: (line: string) => void): Fetch {
  return async (input, init) => {
    const request = input instanceof Request ? input : new Request(input, init);
    const what = `${request.method} ${visibleText(request.url, 2000)}`;
    const started = performance.now();
    const took = (): string => `${Math.round(performance.now() - started)} ms`;
    try {
      const response = await fetch(input, init);
      const ids = ["request-id", "client-request-id"].flatMap((name) => {
        const id = response.headers.get(name);
        return id === null ? [] : [`${name} ${visibleText(hideSecrets(id, request.headers), 128)}`];
      });
      tell([what, String(response.status), took(), ...ids].join("  "));
      return response;
    } catch (error) {
      const fault = connectionFaultOf(error);
      const why = fault === undefined ? "no response" : connectionFaultText(fault);
      tell([what, "no response", took(), why].join("  "));
      throw error;
    }
  };
}
