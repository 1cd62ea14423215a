import { developmentToken } from "./connect.ts";
import type { Place } from "./fresh-place.ts";

/** The failed devices before a writer's first write, above every number of the sample. */
export const startValue = 1_000_000;

/** How many writes a writer sent, and how many of them were acknowledged. */
export interface Written {
  readonly acknowledged: number;
  readonly sent: number;
}

export interface Writer {
  /** Resolves once so many writes are acknowledged as were asked for. */
  readonly isUnderWay: Promise<void>;
  /** What it got done until the facade was gone. */
  readonly ended: Promise<Written>;
}

/** Counts the failed devices of an app up by one, PATCH after PATCH, until no answer comes. */
export function startWriter(place: Place, id: string, enough: number): Writer {
  const { promise: isUnderWay, resolve } = Promise.withResolvers<void>();
  const write = async (): Promise<Written> => {
    const authorization = `Bearer ${await developmentToken(place)}`;
    const url = `http://127.0.0.1:${place.port}/beta/deviceAppManagement/mobileApps/${id}/installSummary`;
    for (let sent = 1; ; sent += 1) {
      const body = JSON.stringify({ failedDeviceCount: startValue + sent });
      const headers = { authorization, "content-type": "application/json" };
      const answer = await fetch(url, { method: "PATCH", headers, body }).catch(() => undefined);
      if (answer === undefined) return { acknowledged: sent - 1, sent };
      if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
      await answer.body?.cancel();
      if (sent >= enough) resolve();
    }
  };
  return { isUnderWay, ended: write() };
}
