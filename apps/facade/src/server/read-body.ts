import {
  bodyIncomplete,
  bodyTooLarge,
  LimitError,
  shuttingDown,
  type ByteLimit,
} from "@install-summary/core/service";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Limits } from "../settings/settings.ts";
import { collectBytes } from "./collect-bytes.ts";

/** A request of Node with its response, on which the server also answers `Expect: 100-continue`. */
export interface NodeExchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

/** How a body that is kept is read. */
export interface BodyReading {
  readonly times: Pick<BodyTimes, "requestSeconds">;
  /** Is told of bytes before they are kept. Throws where there is no room for them. */
  readonly hold: (length: number) => void;
  /** Goes on with a body that came in pieces once it has its turn. */
  readonly inTurn: (work: () => void) => void;
}

/** The times in which a body must arrive. */
export type BodyTimes = Pick<Limits, "requestSeconds" | "importSeconds">;

/**
 * Whether a request holds its body back until it gets 100. That is sent when the body is wanted: a request that is
 * refused by its head gets its final response at once. Source: RFC 9110 §10.1.1.
 */
export function expectsContinue({ headers, httpVersion }: IncomingMessage): boolean {
  return headers.expect !== undefined && httpVersion === "1.1" && /^100-continue$/i.test(headers.expect);
}

/**
 * Reads a body: at once where all of it has arrived, else by events, which cost a sixth less than `for await`. Rejects with
 * `GraphError` 413 for more than the limit, 408 where it does not arrive within `requestSeconds`, 400 where it ends early, and
 * what `hold` throws.
 */
export function readBytes(
  exchange: NodeExchange,
  limit: ByteLimit,
  reading: BodyReading,
): Promise<Uint8Array> {
  const { incoming, outgoing } = exchange;
  askForBody(incoming, outgoing);
  // Most bodies come in one piece with their head.
  const isThere = incoming.readableLength === Number(incoming.headers["content-length"]);
  const bytes: Buffer | null = isThere && !incoming.destroyed ? incoming.read() : null;
  if (bytes === null) return receiveBytes(exchange, limit, reading);
  return bytes.length > limit.maxBytes ? Promise.reject(bodyTooLarge(limit)) : Promise.resolve(bytes);
}

/** Reads a body by events. A timer that waited for one whose response was sent would keep the process alive. */
function receiveBytes(
  { incoming, outgoing }: NodeExchange,
  limit: ByteLimit,
  { times: { requestSeconds }, hold, inTurn }: BodyReading,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const bytes = collectBytes();
    const take = (chunk: Buffer): void => {
      try {
        if (bytes.length() + chunk.length > limit.maxBytes) throw bodyTooLarge(limit);
        hold(chunk.length);
        bytes.add(chunk);
      } catch (error) {
        stop();
        incoming.pause();
        reject(error);
      }
    };
    const finish = (): void => {
      stop();
      inTurn(() => {
        if (outgoing.destroyed) reject(bodyIncomplete());
        else resolve(bytes.whole());
      });
    };
    const refuse = (error: Error): void => {
      stop();
      reject(error);
    };
    const fail = (error?: Error): void => refuse(bodyIncomplete(error));
    const endLate = (): void => {
      outgoing.shouldKeepAlive = false;
      refuse(late("requestSeconds", "The request did not arrive in time."));
    };
    const answer = watchAnswer(outgoing, refuse);
    const timer = setTimeout(endLate, requestSeconds * 1000);
    const stop = (): void => {
      clearTimeout(timer);
      incoming.off("data", take).off("end", finish).off("error", fail).off("close", fail);
      answer.unwatch();
    };
    incoming.on("data", take).on("end", finish).on("error", fail).on("close", fail);
    if (incoming.destroyed) fail();
    else answer.look();
  });
}

/** How long may be worked on a body that is read in chunks before the first byte of the response, in milliseconds. */
const longWork = 600_000;

/**
 * Reads a large body in chunks, as fast as they are taken. Throws `GraphError` 408 where nothing of it comes for
 * `requestSeconds` or not all of it within `importSeconds`, and 400 where it ends early.
 */
export async function* readChunks(
  { incoming, outgoing }: NodeExchange,
  { requestSeconds, importSeconds }: BodyTimes,
): AsyncGenerator<Uint8Array, undefined> {
  const { socket } = incoming;
  const usual = socket.timeout ?? 0;
  socket.setTimeout(longWork);
  outgoing.once("close", () => socket.setTimeout(usual));
  askForBody(incoming, outgoing);
  const end = performance.now() + importSeconds * 1000;
  while (!incoming.readableEnded) {
    const chunk: Buffer | null = incoming.read();
    if (chunk !== null) {
      yield chunk;
      continue;
    }
    const left = end - performance.now();
    const quiet = requestSeconds * 1000;
    if (await waitForMore({ incoming, outgoing }, Math.min(quiet, left))) continue;
    outgoing.shouldKeepAlive = false;
    throw quiet < left
      ? late("requestSeconds", `Nothing of the body arrived for ${requestSeconds} seconds.`)
      : late("importSeconds", `The body did not arrive within ${importSeconds} seconds.`);
  }
}

/**
 * Resolves once there is more to read or the body has ended; to false when neither comes in the time. Rejects with
 * `GraphError` 400 where the body ends early, and 503 where its response was sent before it.
 */
function waitForMore({ incoming, outgoing }: NodeExchange, milliseconds: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const go = (): void => {
      stop();
      resolve(true);
    };
    const refuse = (error: Error): void => {
      stop();
      reject(error);
    };
    const fail = (error?: Error): void => refuse(bodyIncomplete(error));
    const answer = watchAnswer(outgoing, refuse);
    const timer = setTimeout(
      () => {
        stop();
        resolve(false);
      },
      Math.max(0, milliseconds),
    );
    const stop = (): void => {
      clearTimeout(timer);
      incoming.off("readable", go).off("end", go).off("error", fail).off("close", fail);
      answer.unwatch();
    };
    incoming.on("readable", go).on("end", go).on("error", fail).on("close", fail);
    if (incoming.destroyed) fail();
    else answer.look();
  });
}

/**
 * Refuses the rest of a body whose response was sent before it has arrived, as happens where the service ends: Node says
 * nothing more of it.
 */
function watchAnswer(
  outgoing: ServerResponse,
  refuse: (error: Error) => void,
): Readonly<Record<"look" | "unwatch", () => void>> {
  const look = (): void => {
    if (outgoing.writableFinished) refuse(shuttingDown());
  };
  outgoing.on("close", look);
  return { look, unwatch: () => void outgoing.off("close", look) };
}

function askForBody(incoming: IncomingMessage, outgoing: ServerResponse): void {
  if (!expectsContinue(incoming)) return;
  outgoing.writeContinue();
  outgoing.shouldKeepAlive = true;
}

function late(limit: keyof BodyTimes, message: string): Error {
  return new LimitError({ limit, code: "RequestTimeout", message });
}
