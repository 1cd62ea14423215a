import type { SentRequest } from "../src/contract/check/check-pair.ts";
import type { MemoryResponse } from "../src/contract/memory/message.ts";

/** Gives the response to a request as data, so that a test can spoil it. */
export type Respond = (request: SentRequest) => MemoryResponse;
