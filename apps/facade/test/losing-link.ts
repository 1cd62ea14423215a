import { connect, createServer } from "node:net";
import { onTestFinished } from "vitest";

/**
 * What a link loses: what it was to send to the server, or the response to that, or the request together with the session of
 * the server, which else waits for it.
 */
export type Lost = "request" | "response" | "session";

/** A link to a port of this machine that loses one message, and the connection of its sender with it. */
export interface LosingLink {
  readonly port: number;
  /**
   * Loses what is sent next with a text in it, or the response to it. What was lost on its way to the server arrives there when
   * `arrive` is called. `before` is awaited before the sender hears that its connection is gone.
   */
  loseNext(
    lost: Lost,
    text: string,
    before?: () => Promise<unknown>,
  ): { readonly arrive: () => Promise<void> };
}

/** How the messages of a client end that waits for a response: with `Sync`, or with a simple query. */
const sync = Buffer.from([0x53, 0, 0, 0, 4]);

/** Starts a link to a port of PostgreSQL, which ends with the test. */
export async function startLosingLink(to: number): Promise<LosingLink> {
  let armed: { lost: Lost; text: string; before: () => Promise<unknown>; arrival: Arrival } | undefined;
  const listener = createServer((client) => {
    const target = connect(to, "127.0.0.1");
    for (const socket of [client, target]) socket.on("error", () => undefined);
    onTestFinished(() => [client, target].forEach((socket) => socket.destroy()));
    let losing: typeof armed;
    let held = Buffer.alloc(0);
    client.on("close", () => losing === undefined && target.destroy());
    target.on("close", () => client.destroy());
    const lose = async (): Promise<void> => {
      await losing?.before();
      client.destroy();
      if (losing?.lost === "session") target.destroy();
    };
    client.on("data", (data) => {
      if (armed !== undefined && data.includes(armed.text)) [losing, armed] = [armed, undefined];
      if (losing === undefined || losing.lost === "response") return void target.write(data);
      held = Buffer.concat([held, data]);
      if (!held.subarray(-sync.length).equals(sync) && held[0] !== 0x51) return undefined;
      losing.arrival.resolve(
        () =>
          new Promise((resolve) => {
            target.once("data", () => resolve());
            target.write(held);
          }),
      );
      return void lose();
    });
    target.on("data", (data) => {
      if (losing === undefined) client.write(data);
      else if (losing.lost === "response") void lose();
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void listener.close());
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("The link has no port.");
  return {
    port: address.port,
    loseNext(lost, text, before = () => Promise.resolve()) {
      const arrival: Arrival = Promise.withResolvers();
      armed = { lost, text, before, arrival };
      return { arrive: async () => (await arrival.promise)() };
    },
  };
}

type Arrival = PromiseWithResolvers<() => Promise<void>>;
