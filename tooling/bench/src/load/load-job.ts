import * as z from "zod";

const text = z.string();

const loadJob = z
  .object({
    port: z.int(),
    /** Whether the server speaks HTTPS, with whatever certificate. */
    isTls: z.boolean().exactOptional(),
    method: z.enum(["GET", "PATCH", "POST"]),
    /**
     * With `{id}` for the id of a sample app, and `{n}` for a number that no other request has. `{id+1}` is the id of the
     * app after that one.
     */
    path: text,
    /** How many sample apps there are; requests go to all of them, in no order. */
    apps: z.int(),
    headers: z.record(text, text).readonly(),
    body: text.exactOptional(),
    /** How many requests a batch holds; costs are for each of them. */
    holds: z.int().exactOptional(),
    expected: z.object({ status: z.int(), contains: z.array(text).readonly() }).readonly(),
    connections: z.int(),
    milliseconds: z.number(),
  })
  .readonly();

/** What the load generator does, and what every response must be. */
export type LoadJob = z.infer<typeof loadJob>;

const loadResult = z
  .object({
    requests: z.int(),
    bad: z.int(),
    milliseconds: z.number(),
    p50Us: z.number(),
    p99Us: z.number(),
    maxUs: z.number(),
    /** The share of the time for which the load generator itself was computing. */
    busy: z.number(),
    /** The first wrong response. */
    firstBad: text.exactOptional(),
  })
  .readonly();

/** What the load generator saw. */
export type LoadResult = z.infer<typeof loadResult>;

/** Reads a message to the load generator. Throws for anything else. */
export function parseLoadJob(message: unknown): LoadJob {
  return loadJob.parse(message);
}

/** Reads a message from the load generator. Throws for anything else. */
export function parseLoadResult(message: unknown): LoadResult {
  return loadResult.parse(message);
}
