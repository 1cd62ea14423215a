import * as z from "zod";
import type { PageName } from "../http/page-paths.ts";
import type { PathOperations } from "./contract-operations.ts";
import { errorResponses, responseWith } from "./responses.ts";

/** The operations of the pages for people and probes, which need no token. */
export const pageOperations: Readonly<Record<PageName, PathOperations>> = {
  home: pageOf("readHome", "What this is", { "text/plain": z.string() }),
  livez: pageOf("readLiveness", "Whether the process responds", { "text/plain": z.string() }),
  readyz: {
    get: {
      ...operationOf("readReadiness", "Whether requests can be served"),
      responses: {
        200: responseWith("They can", { "text/plain": z.string() }),
        ...errorResponses(["ServiceUnavailable"]),
      },
    },
  },
  openapi: pageOf("readDescription", "This description", { "application/json": z.unknown() }),
  docs: pageOf("readReference", "This description as a page", { "text/html": z.string() }),
};

function pageOf(
  operationId: string,
  summary: string,
  content: Readonly<Record<string, z.ZodType>>,
): PathOperations {
  const responses = { 200: responseWith(summary, content), ...errorResponses([]) };
  return { get: { ...operationOf(operationId, summary), responses } };
}

function operationOf(operationId: string, summary: string) {
  return { operationId, summary, tags: ["Service"], security: [] };
}
