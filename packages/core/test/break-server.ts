import { checkPair, type SentRequest } from "../src/contract/check/check-pair.ts";
import type { GoldenPair } from "../src/contract/format/golden-pair.ts";
import { goldenPairs } from "../src/contract/pairs/golden-pairs.ts";
import type { ContractResponse, Respond } from "./contract-respond.ts";
import { openContractServer, sendTo, type ContractServer } from "./contract-server.ts";
import { appId } from "./samples.ts";

/** Makes a server of the contract wrong in one way. */
export type Break = (server: ContractServer) => Respond;

/** A wrong server, with a pair that finds it and the sentence that this pair gives. */
export type BrokenServer = readonly [what: string, server: Break, pair: string, sentence: string];

/** The differences of a server by the names of the pairs that find them. */
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

/** The responses of the right server, changed. */
export function responses(
  change: (response: ContractResponse, request: SentRequest) => ContractResponse,
): Break {
  return (server) => async (request) => change(await server.respond(request), request);
}

/** The same with other headers; undefined leaves one out. */
export function headers(
  change: (response: ContractResponse, request: SentRequest) => Readonly<Record<string, string | undefined>>,
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

/** The same with every member of the bodies changed; undefined leaves it out. */
export function members(change: (name: string, value: unknown, request: SentRequest) => unknown): Break {
  return responses((response, request) => {
    if (response.body === undefined) return response;
    const body: unknown = JSON.parse(JSON.stringify(response.body), (name, value: unknown) =>
      change(name, value, request),
    );
    return { ...response, body };
  });
}

/** Changes one counter, in all responses or some. */
export function counters(
  change: (value: unknown) => unknown,
  isChosen?: (request: SentRequest) => boolean,
): Break {
  return member("failedDeviceCount", change, isChosen);
}

export function ids(change: (id: string) => unknown, isChosen?: (request: SentRequest) => boolean): Break {
  return member("id", (id) => change(String(id)), isChosen);
}

export function member(
  wanted: string,
  change: (value: unknown) => unknown,
  isChosen: (request: SentRequest) => boolean = () => true,
): Break {
  return members((name, value, request) => (name === wanted && isChosen(request) ? change(value) : value));
}

/** The right server, but some requests get another response. */
export function when(
  isChosen: (request: SentRequest) => boolean,
  respond: (request: SentRequest, server: ContractServer) => ContractResponse | Promise<ContractResponse>,
): Break {
  return (server) => async (request) =>
    isChosen(request) ? respond(request, server) : server.respond(request);
}

/** The right server, but without one header of some requests. */
export function ignoring(name: string, isChosen: (request: SentRequest) => boolean = () => true): Break {
  return when(isChosen, (request, server) => {
    const { [name]: _ignored, ...heard } = request.headers;
    return server.respond({ ...request, headers: heard });
  });
}

/** Whether a body that is not compressed has a part. */
export function hasText(body: SentRequest["body"], part: string): boolean {
  return typeof body === "string" && body.includes(part);
}

export function isList({ path }: SentRequest): boolean {
  return path.includes("mobileApps?");
}
