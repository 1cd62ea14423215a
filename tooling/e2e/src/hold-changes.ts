import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";

/**
 * A way to a facade on which changes can be held: on their way there, with their response on its way back, or as a `loss`:
 * such a change never arrives, and its connection breaks when it is let go. So does that of a `responseLoss`, which has
 * arrived.
 */
export interface ChangeHolder extends AsyncDisposable {
  readonly url: string;
  /** Holds the next change at that moment. Resolves once it is there, with what lets it go on. */
  hold(moment: Moment): Promise<() => Promise<void>>;
  /** How many changes have come. */
  count(): number;
}

type Moment = "request" | "response" | "loss" | "responseLoss";

interface Way {
  /** Whether it gives writes ids of its own in place of their `client-request-id`, as some gateways do. */
  readonly replacesIds?: boolean;
}

/** Opens a way to the facade at that URL. */
export async function holdChanges(target: string, { replacesIds = false }: Way = {}): Promise<ChangeHolder> {
  let wanted: { readonly moment: Moment; readonly arrived: (go: () => Promise<void>) => void } | undefined;
  let changes = 0;

  const server = createServer((request, response) => void pass(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The way has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    hold: (moment) =>
      new Promise((resolve) => {
        wanted = { moment, arrived: resolve };
      }),
    count: () => changes,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const isChange = request.method === "PATCH";
    if (isChange) changes += 1;
    const held = isChange ? wanted : undefined;
    if (held !== undefined) wanted = undefined;
    if (held?.moment === "loss") {
      held.arrived(async () => void response.destroy());
      return;
    }
    if (held?.moment === "request") {
      const released = Promise.withResolvers<void>();
      const done = Promise.withResolvers<void>();
      held.arrived(() => {
        released.resolve();
        return done.promise;
      });
      await released.promise;
      await respond(request, response, body);
      done.resolve();
      return;
    }
    const release = await forward(request, body);
    if (held?.moment === "responseLoss") {
      held.arrived(async () => void response.destroy());
      return;
    }
    if (held === undefined) return release(response);
    const released = Promise.withResolvers<void>();
    held.arrived(async () => released.resolve());
    await released.promise;
    return release(response);
  }

  async function respond(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    (await forward(request, body))(response);
  }

  async function forward(request: IncomingMessage, body: Buffer): Promise<(to: ServerResponse) => void> {
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      if (typeof value === "string" && !hopByHop.has(name)) headers.set(name, value);
    }
    const { method = "GET", url = "/" } = request;
    if (replacesIds && method === "PATCH") headers.set("client-request-id", randomUUID());
    const sent = method === "GET" ? {} : { body: new Uint8Array(body) };
    const received = await fetch(new URL(url, target), { method, headers, ...sent });
    const text = Buffer.from(await received.arrayBuffer());
    return (to) => {
      const back = [...received.headers].filter(([name]) => !hopByHop.has(name));
      to.writeHead(received.status, Object.fromEntries(back)).end(text);
    };
  }
}

const hopByHop: ReadonlySet<string> = new Set([
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "content-encoding",
  "accept-encoding",
  "keep-alive",
]);
