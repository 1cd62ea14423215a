import { checkPair, type SentRequest } from "../src/contract/check/check-pair.ts";
import type { GoldenPair } from "../src/contract/format/golden-pair.ts";
import { goldenPairs } from "../src/contract/golden-pairs.ts";
import type { MemoryResponse } from "../src/contract/memory/message.ts";
import type { Respond } from "./contract-respond.ts";
import { openContractServer, sendTo, type ContractServer } from "./contract-server.ts";
import { appId } from "./samples.ts";

/** Makes a server of the contract one that is wrong in one way. */
export type Break = (server: ContractServer) => Respond;

/** A server that is wrong, with a pair that finds it and the sentence that this pair says. */
export type BrokenServer = readonly [what: string, server: Break, pair: string, sentence: string];

/** What the pairs say of a server, by their names; those that find nothing are left out. */
export async function runPairs(
  breakServer: Break,
  pairs: readonly GoldenPair[] = goldenPairs,
  after: (pair: GoldenPair, server: ContractServer) => void = () => {},
): Promise<ReadonlyMap<string, readonly string[]>> {
  const server = openContractServer();
  const send = sendTo(breakServer(server));
  const run = { appId, etags: new Map<string, string>() };
  const found = new Map<string, readonly string[]>();
  for (const pair of pairs) {
    const differences = await checkPair(pair, send, run);
    if (differences.length > 0) found.set(pair.name, differences);
    after(pair, server);
  }
  return found;
}

/** The answers of the honest server, changed on their way. */
export function responses(change: (response: MemoryResponse, request: SentRequest) => MemoryResponse): Break {
  return (server) => (request) => change(server.respond(request), request);
}

/** The same with other headers; undefined leaves one out. */
export function headers(
  change: (response: MemoryResponse, request: SentRequest) => Readonly<Record<string, string | undefined>>,
): Break {
  return responses((response, request) => {
    const changed = Object.entries({ ...response.headers, ...change(response, request) });
    return {
      ...response,
      headers: Object.fromEntries(
        changed.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      ),
    };
  });
}

/** The same with every member of the bodies passed through; undefined leaves it out. */
export function members(change: (name: string, value: unknown, request: SentRequest) => unknown): Break {
  return responses((response, request) => {
    if (response.body === undefined) return response;
    const body: unknown = JSON.parse(JSON.stringify(response.body), (name, value: unknown) =>
      change(name, value, request),
    );
    return { ...response, body };
  });
}

/** A counter changed, in all answers or some. */
export function counters(
  change: (value: unknown) => unknown,
  isMeant?: (request: SentRequest) => boolean,
): Break {
  return member("failedDeviceCount", change, isMeant);
}

export function ids(change: (id: string) => unknown, isMeant?: (request: SentRequest) => boolean): Break {
  return member("id", (id) => change(String(id)), isMeant);
}

export function member(
  wanted: string,
  change: (value: unknown) => unknown,
  isMeant: (request: SentRequest) => boolean = () => true,
): Break {
  return members((name, value, request) => (name === wanted && isMeant(request) ? change(value) : value));
}

/** The honest server, but the requests that are meant are answered otherwise. */
export function when(
  isMeant: (request: SentRequest) => boolean,
  respond: (request: SentRequest, server: ContractServer) => MemoryResponse,
): Break {
  return (server) => (request) => (isMeant(request) ? respond(request, server) : server.respond(request));
}

/** The honest server, without one header of the requests that are meant. */
export function deafTo(name: string, isMeant: (request: SentRequest) => boolean = () => true): Break {
  return when(isMeant, (request, server) => {
    const { [name]: _ignored, ...heard } = request.headers;
    return server.respond({ ...request, headers: heard });
  });
}

export function isList({ path }: SentRequest): boolean {
  return path.includes("mobileApps?");
}
