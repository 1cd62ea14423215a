import { graphError } from "@install-summary/core";
import type { CryptoKey } from "jose";
import type { Log } from "../../log/log.ts";
import { connectionFaultText } from "../../http/connection-fault.ts";
import { fetchKeys, type PublishedKeys, type TenantIssuer } from "./fetch-keys.ts";

const second = 1_000;
const minute = 60 * second;

/** Keys older than this are fetched again, in the background. */
const maxAge = 60 * minute;
/** Keys older than this have not been asked for in a while; what asks for one waits for the fetch. */
const maxIdleAge = 120 * minute;
/** The pause between two fetches while there are keys: for an unknown key id, and while fetching fails. */
const refetchPause = 5 * minute;
/** The pause between two fetches while there are none. */
const firstFetchPause = 30 * second;
const usualFetchTime = 5 * second;

/** How keys are fetched; a test has a clock of its own, and less patience. */
export interface FetchOptions {
  readonly log: Log;
  /** Ends fetches that are under way. */
  readonly stop?: AbortSignal | undefined;
  /** Runs a fetch from a host, which may be watched. */
  readonly traceFetch?: (<Value>(host: string, fetch: () => Promise<Value>) => Promise<Value>) | undefined;
  /** The time in milliseconds. */
  readonly now?: () => number;
  /** How long a fetch may take, in milliseconds. */
  readonly maxFetchTime?: number;
}

/** The keys of one issuer: fetched when they are needed, refreshed hourly, and kept as long as refreshing fails. */
export interface IssuerKeys {
  /** Whether there are keys. */
  isReady(): boolean;
  /** Fetches the first keys, unless there are some or a fetch failed a moment ago. Never rejects. */
  prepare(): Promise<void>;
  /** The value of `iss` in the issuer's tokens. Rejects with a 503 while nothing could be fetched. */
  name(): Promise<string>;
  /** The key of this id, which may be a new one. Rejects with a 503 while nothing could be fetched. */
  find(keyId: string): Promise<CryptoKey | undefined>;
  /** Whether a key is one of those that were fetched last, and these are not too old. */
  has(key: unknown): boolean;
}

/** Opens the keys of an issuer. Nothing is fetched yet. */
export function openIssuerKeys(of: TenantIssuer, options: FetchOptions): IssuerKeys {
  const { log, stop, now = Date.now, maxFetchTime = usualFetchTime, traceFetch = runFetch } = options;
  let latest: FetchedKeys | undefined;
  let attempt: Promise<void> | undefined;
  let attemptedAt: number | undefined;

  return {
    isReady: () => latest !== undefined,
    async prepare() {
      if (latest === undefined) await refetch(firstFetchPause);
    },
    async name() {
      return (await usableKeys()).issuer;
    },
    async find(keyId) {
      const key = await findIn(await usableKeys(), keyId);
      if (key !== undefined) return key;
      await refetch(refetchPause);
      return findIn(await usableKeys(), keyId);
    },
    has(key) {
      if (latest === undefined || !latest.found.has(key)) return false;
      if (!isOver(latest.fetchedAt, maxAge)) return true;
      void refetch(refetchPause);
      return !mustWait(latest);
    },
  };

  async function usableKeys(): Promise<FetchedKeys> {
    if (latest === undefined) await refetch(firstFetchPause);
    else if (isOver(latest.fetchedAt, maxAge)) {
      const refresh = refetch(refetchPause);
      if (mustWait(latest)) await refresh;
    }
    if (latest !== undefined) return latest;
    throw graphError("ServiceUnavailable", "The signing keys of the token's tenant cannot be fetched.", {
      retryAfter: firstFetchPause / second,
    });
  }

  /** After a fetch has failed the keys that are there serve without delay. */
  function mustWait({ fetchedAt }: FetchedKeys): boolean {
    return isOver(fetchedAt, maxIdleAge) && attemptedAt === fetchedAt;
  }

  /** All that ask meanwhile wait for one fetch, and later ones for none until the pause is over. */
  async function refetch(pause: number): Promise<void> {
    if (attempt === undefined && attemptedAt !== undefined && !isOver(attemptedAt, pause)) return;
    attempt ??= fetchNow().finally(() => {
      attempt = undefined;
    });
    await attempt;
  }

  async function fetchNow(): Promise<void> {
    const startedAt = now();
    const { tenantId: tenant, version } = of;
    try {
      const timeout = AbortSignal.timeout(maxFetchTime);
      const signal = stop === undefined ? timeout : AbortSignal.any([timeout, stop]);
      const keys = await traceFetch(new URL(of.authority).host, () => fetchKeys(of, signal));
      if (latest !== undefined && latest.issuer !== keys.issuer) {
        throw new Error(`the issuer ${latest.issuer} now names itself ${keys.issuer}`);
      }
      latest = { ...keys, fetchedAt: startedAt, found: new Set() };
      log.info({ tenant, version }, "keys fetched");
    } catch (error) {
      if (stop?.aborted !== true)
        log.warn({ tenant, version, reason: connectionFaultText(error) }, "keys not fetched");
    }
    attemptedAt = startedAt;
  }

  /** A clock that was set back is over every time. */
  function isOver(since: number, duration: number): boolean {
    const elapsed = now() - since;
    return elapsed < 0 || elapsed >= duration;
  }
}

function runFetch<Value>(_: string, fetch: () => Promise<Value>): Promise<Value> {
  return fetch();
}

interface FetchedKeys extends PublishedKeys {
  readonly fetchedAt: number;
  /** The keys that were asked for. */
  readonly found: Set<unknown>;
}

async function findIn({ find, found }: FetchedKeys, keyId: string): Promise<CryptoKey | undefined> {
  const key = await find(keyId);
  if (key !== undefined) found.add(key);
  return key;
}
