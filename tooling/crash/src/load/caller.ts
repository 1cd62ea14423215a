import { setTimeout as wait } from "node:timers/promises";
import type { Moment, Outcome } from "../history/history.ts";
import { outcomeOf } from "./outcome.ts";

/** Where requests go, and what they carry. */
export interface CallerOptions {
  /** The origins of the facades that serve now, at least one; they may change. */
  readonly targets: () => readonly string[];
  readonly token: string;
  /** Milliseconds after which a response is waited for no longer. */
  readonly timeout: number;
  /** Is told the method and what came back, or why nothing did. */
  readonly note: (told: string) => void;
}

/** A request that is sent. */
export interface Call {
  readonly method: "GET" | "PATCH" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** How a request ended. */
export interface Ended {
  readonly start: Moment;
  readonly end: Moment;
  /** 0 where no response came. */
  readonly status: number;
  readonly headers: Headers;
  /** Undefined where no response came, or only a part of it. */
  readonly text: string | undefined;
  /** What the response says of changes. */
  readonly outcome: Outcome;
  /** False where no connection was opened: there is nothing to write down then. */
  readonly wasSent: boolean;
  /** The method, and the status or the reason why no response came. */
  readonly told: string;
}

/** Sends requests, one at a time, and goes on to the next facade where one does not serve. */
export interface Caller {
  send(call: Call): Promise<Ended>;
  /** Opens a response that does not end; undefined where no success came. */
  open(call: Call, signal: AbortSignal): Promise<Response | undefined>;
}

/** Milliseconds until a request after one that was not served. */
const pause = 20;

/** Creates a caller that begins with the facade at a place in the list. */
export function createCaller({ targets, token, timeout, note }: CallerOptions, place: number): Caller {
  let next = place;

  const request = ({ method, path, headers, body }: Call, signal: AbortSignal): Promise<Response> => {
    const origins = targets();
    const origin = origins[next % origins.length] ?? "";
    return fetch(origin + path, {
      method,
      signal,
      headers: { Authorization: `Bearer ${token}`, ...headers },
      ...(body !== undefined && { body }),
    });
  };

  const goOn = async (): Promise<void> => {
    next += 1;
    await wait(pause);
  };

  return {
    async send(call) {
      const start = performance.now();
      try {
        const response = await request(call, AbortSignal.timeout(timeout));
        const { status, headers } = response;
        const told = `${call.method} ${status}`;
        note(told);
        const text = await response.text().catch(() => undefined);
        const end = performance.now();
        if (status >= 500) await goOn();
        return {
          start,
          end,
          status,
          headers,
          text,
          outcome: outcomeOf(status, text),
          wasSent: true,
          told,
        };
      } catch (error) {
        const end = performance.now();
        await goOn();
        const why = reasonOf(error);
        const told = `${call.method} ${why}`;
        note(told);
        return {
          start,
          end,
          status: 0,
          headers: new Headers(),
          text: undefined,
          outcome: "unknown",
          wasSent: why !== "ECONNREFUSED",
          told,
        };
      }
    },
    async open(call, signal) {
      try {
        const response = await request(call, signal);
        note(`${call.method} ${response.status}`);
        if (response.ok) return response;
        await response.body?.cancel();
      } catch {
        // It is tried again.
      }
      await goOn();
      return undefined;
    },
  };
}

function reasonOf(error: unknown): string {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") return cause.code;
    if (cause.name === "TimeoutError") return "timeout";
  }
  return String(error);
}
