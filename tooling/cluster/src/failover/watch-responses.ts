import { setTimeout as wait } from "node:timers/promises";

/** A response as a client sees it that sends a request again and again. */
export interface SeenResponse {
  readonly method: string;
  /** 0 where no response came. */
  readonly status: number;
  readonly retryAfter: string | null;
  /** What went wrong where no response came, else the body. */
  readonly text: string;
}

/** The facades that are watched. */
export interface WatchOptions {
  readonly origins: readonly string[];
  readonly token: string;
}

/** Milliseconds between two requests to a facade. */
const pause = 100;

/**
 * Reads a list of each facade again and again, and sends it a PATCH for an app that does not exist. Returns what ends that
 * and resolves to all responses.
 */
export function watchResponses({ origins, token }: WatchOptions): () => Promise<readonly SeenResponse[]> {
  const responses: SeenResponse[] = [];
  const stopping = new AbortController();
  const send = async (method: string, url: string, body?: string): Promise<void> => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    try {
      const response = await fetch(url, { method, headers, ...(body !== undefined && { body }) });
      const retryAfter = response.headers.get("retry-after");
      responses.push({ method, status: response.status, retryAfter, text: await response.text() });
    } catch (error) {
      responses.push({ method, status: 0, retryAfter: null, text: String(error) });
    }
    await wait(pause);
  };
  const watch = async (origin: string): Promise<void> => {
    const apps = `${origin}/beta/deviceAppManagement/mobileApps`;
    const unknown = `${apps}/99999999-9999-4999-8999-999999999999/installSummary`;
    while (!stopping.signal.aborted) {
      await send("GET", `${apps}?$top=1`);
      await send("PATCH", unknown, '{"failedDeviceCount":1}');
    }
  };
  const watching = Promise.all(origins.map(watch));
  return async () => {
    stopping.abort();
    await watching;
    return responses;
  };
}
