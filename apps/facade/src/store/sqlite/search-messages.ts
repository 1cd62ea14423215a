import { changeOrigins, installSummaryPatchSchema } from "@install-summary/core";
import type { AppPage, AppQuery, ChangePage, ChangeQuery } from "@install-summary/core/service";
import * as z from "zod";
import { appQuery } from "./app-query-schema.ts";

/** A search that the thread is asked for: of apps, or of changes. */
export type SearchRequest = {
  readonly id: number;
  readonly tenantId: string;
  /** One 32-bit number, which is 1 once the search is to stop. */
  readonly stop: SharedArrayBuffer;
} & ({ readonly apps: AppQuery } | { readonly changes: ChangeQuery });

/** The response to a search, under the same id. */
export type SearchResponse =
  | { readonly id: number; readonly page: AppPage }
  | { readonly id: number; readonly changes: ChangePage }
  | { readonly id: number; readonly fault: SearchFault };

/** An error with what tells faults of files apart, which the copy that a thread sends would lose. */
export interface SearchFault {
  readonly message: string;
  readonly errcode?: number;
  readonly syscall?: string;
}

const text = z.string();
const origin = z.enum(changeOrigins);

const changeQuery = z.object({
  top: z.int(),
  order: z.enum(["asc", "desc"]),
  after: z.int().optional(),
  appId: text.optional(),
  actor: text.optional(),
  origin: origin.optional(),
  since: text.optional(),
  until: text.optional(),
});

const from = { id: z.int(), tenantId: text, stop: z.instanceof(SharedArrayBuffer) };
const request: z.ZodType<SearchRequest> = z.union([
  z.object({ ...from, apps: appQuery }),
  z.object({ ...from, changes: changeQuery }),
]);

const page = z.object({
  apps: z.array(z.object({ id: text, type: text, etag: text, properties: text, summary: text })),
  next: text.exactOptional(),
  count: z.int().exactOptional(),
});

const changePage = z.object({
  changes: z.array(
    z.object({
      sequence: z.int(),
      appId: text,
      displayName: text.nullable(),
      version: z.int(),
      changedAt: text,
      actor: text,
      origin,
      requestId: text,
      clientRequestId: text.exactOptional(),
      before: installSummaryPatchSchema,
      after: installSummaryPatchSchema,
    }),
  ),
  next: z.int().exactOptional(),
  hasGap: z.boolean(),
  olderRemoved: z.boolean().exactOptional(),
});

const fault = z.object({
  message: text,
  errcode: z.int().exactOptional(),
  syscall: text.exactOptional(),
});

const response: z.ZodType<SearchResponse> = z.union([
  z.object({ id: z.int(), page }),
  z.object({ id: z.int(), changes: changePage }),
  z.object({ id: z.int(), fault }),
]);

/** Parses a message to the thread. Throws for anything else. */
export function parseSearchRequest(message: unknown): SearchRequest {
  return request.parse(message);
}

/** Parses a message from the thread. Throws for anything else. */
export function parseSearchResponse(message: unknown): SearchResponse {
  return response.parse(message);
}
