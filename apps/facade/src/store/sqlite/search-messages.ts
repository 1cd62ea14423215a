import type { AppPage, AppQuery } from "@install-summary/core/service";
import * as z from "zod";

/** A search that the thread is asked for. */
export interface SearchRequest {
  readonly id: number;
  readonly tenantId: string;
  readonly query: AppQuery;
}

/** The response to a search, under the same id. */
export type SearchResponse =
  | { readonly id: number; readonly page: AppPage }
  | { readonly id: number; readonly fault: SearchFault };

/** An error with what tells faults of files apart, which the copy that a thread sends would lose. */
export interface SearchFault {
  readonly message: string;
  readonly errcode?: number;
  readonly syscall?: string;
}

const term = z.object({
  word: z.string(),
  property: z.enum(["displayName", "publisher"]).exactOptional(),
});

const request: z.ZodType<SearchRequest> = z.object({
  id: z.int(),
  tenantId: z.string(),
  query: z.object({
    top: z.int(),
    cursor: z.string().optional(),
    search: z.array(term).optional(),
    count: z.boolean().optional(),
  }),
});

const text = z.string();
const page = z.object({
  apps: z.array(z.object({ id: text, type: text, etag: text, properties: text, summary: text })),
  next: text.exactOptional(),
  count: z.int().exactOptional(),
});

const fault = z.object({
  message: text,
  errcode: z.int().exactOptional(),
  syscall: text.exactOptional(),
});

const response: z.ZodType<SearchResponse> = z.union([
  z.object({ id: z.int(), page }),
  z.object({ id: z.int(), fault }),
]);

/** Reads a message to the thread. Throws for anything else. */
export function readSearchRequest(message: unknown): SearchRequest {
  return request.parse(message);
}

/** Reads a message from the thread. Throws for anything else. */
export function readSearchResponse(message: unknown): SearchResponse {
  return response.parse(message);
}
