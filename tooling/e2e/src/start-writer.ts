import { developmentToken } from "./connect.ts";
import type { Sandbox } from "./sandbox.ts";

/** The failed devices before a writer's first change: more than any app of the sample has. */
export const startValue = 1_000_000;

/** The number of changes that a writer sent, and of those that were acknowledged. */
export interface Written {
  readonly acknowledged: number;
  readonly sent: number;
}

/** A caller that changes numbers until no response comes. */
export interface Writer {
  /** Resolves once the requested number of changes is acknowledged. */
  readonly isUnderWay: Promise<void>;
  /** The result once the facade has ended. */
  readonly ended: Promise<Written>;
}

/** Increments the failed devices of an app by PATCH after PATCH until no response comes. */
export function startWriter(sandbox: Sandbox, id: string, enough: number): Writer {
  const { promise: isUnderWay, resolve } = Promise.withResolvers<void>();
  const write = async (): Promise<Written> => {
    const authorization = `Bearer ${await developmentToken(sandbox)}`;
    const url = `http://127.0.0.1:${sandbox.port}/beta/deviceAppManagement/mobileApps/${id}/installSummary`;
    for (let sent = 1; ; sent += 1) {
      const body = JSON.stringify({ failedDeviceCount: startValue + sent });
      const headers = { authorization, "content-type": "application/json" };
      const response = await fetch(url, { method: "PATCH", headers, body }).catch(() => undefined);
      if (response === undefined) return { acknowledged: sent - 1, sent };
      if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
      await response.body?.cancel();
      if (sent >= enough) resolve();
    }
  };
  return { isUnderWay, ended: write() };
}
