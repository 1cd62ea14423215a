import type { GoldenPair, PairResponse, PairRequest } from "../../format/golden-pair.ts";

/**
 * One pair. Its number is its place in the run, never changes and is given once. A request that must not be stored is
 * a function of the number: it sends the number as a counter's value.
 */
export function pair(
  number: number,
  name: string,
  request: PairRequest | ((number: number) => PairRequest),
  expected: PairResponse,
  { feature = "core", identity = "writer" }: Partial<Pick<GoldenPair, "feature" | "identity">> = {},
): GoldenPair {
  return {
    number,
    name,
    feature,
    identity,
    request: typeof request === "function" ? request(number) : request,
    expected,
  };
}
