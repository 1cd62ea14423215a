import type { SentRequest } from "../src/contract/check/check-pair.ts";

/** A response as data, its headers by names in lower case and a body of JSON parsed. */
export interface ContractResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Gives the response to a request as data, so that a test can spoil it. */
export type Respond = (request: SentRequest) => Promise<ContractResponse>;

/** Makes data of a response of the service. */
export async function readResponse(response: Response): Promise<ContractResponse> {
  const headers = Object.fromEntries(response.headers);
  const text = await response.text();
  const isJson = headers["content-type"]?.startsWith("application/json") === true;
  return {
    status: response.status,
    headers,
    ...(text !== "" && { body: isJson ? JSON.parse(text) : text }),
  };
}
