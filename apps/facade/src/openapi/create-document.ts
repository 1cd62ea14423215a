import { contractPaths } from "@install-summary/core/service";
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiOverrideContext,
  type ZodOpenApiPathItemObject,
} from "zod-openapi";
import { apiPaths } from "../api/api-paths.ts";
import { pagePaths, type ServedPath } from "../http/page-paths.ts";
import type { Settings } from "../settings/settings.ts";
import { apiOperations } from "./api-operations.ts";
import { contractOperations, type PathOperations } from "./contract-operations.ts";
import { pageOperations } from "./page-operations.ts";
import { withoutBody } from "./responses.ts";
import { securitySchemes } from "./security.ts";

/** An OpenAPI document, but for the servers. */
export type Description = Omit<ReturnType<typeof createDocument>, "servers">;

/**
 * Describes what a facade with these settings serves, from the tables that it is served by: core's schemas, properties,
 * errors and paths. Source: OpenAPI 3.1.1.
 */
export function createDescription(settings: Settings, version: string): Description {
  const description: ZodOpenApiObject = {
    openapi: "3.1.1",
    info: {
      title: "Install Summary",
      version,
      summary: "Microsoft Graph's contract of an Intune app's install summary",
      license: { name: "MIT", identifier: "MIT" },
    },
    tags: [
      { name: "Contract", description: "Apps and their install summaries, as Microsoft Graph has them" },
      { name: "API", description: "The change log, and imports" },
      { name: "Model", description: "For generators and readers of OData" },
      { name: "Service", description: "For people, probes and programs" },
      { name: besides, description: "What follows from the other methods of each path" },
    ],
    paths: {
      ...pathsOf(contractPaths, contractOperations(settings)),
      ...pathsOf(apiPaths, apiOperations(settings)),
      ...pathsOf(pagePaths, pageOperations),
    },
    components: { securitySchemes: securitySchemes(settings) },
  };
  return createDocument(description, { override: openResponse });
}

/** Full metadata adds annotations to a response, and a later version may add members, so none of them is closed. */
function openResponse({ jsonSchema, io }: ZodOpenApiOverrideContext): void {
  if (io === "output" && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
}

/** The group of the operations that follow from others. */
const besides = "HEAD and OPTIONS";

function pathsOf<Name extends string>(
  paths: Readonly<Record<Name, ServedPath>>,
  operations: Readonly<Record<Name, PathOperations>>,
): Record<string, ZodOpenApiPathItemObject> {
  const items: Record<string, ZodOpenApiPathItemObject> = {};
  for (const name in paths) items[paths[name].template] = itemOf(paths[name], operations[name]);
  return items;
}

/** A path's operations, and those that follow from them. */
function itemOf({ methods }: ServedPath, operations: PathOperations): ZodOpenApiPathItemObject {
  const { get, patch, post } = operations;
  const some = get ?? patch ?? post;
  const path = some?.requestParams?.path;
  return {
    ...operations,
    ...(get !== undefined && methods.includes("HEAD") && { head: headOf(get) }),
    options: {
      operationId: `${some?.operationId}Options`,
      summary: "The methods of this path",
      tags: [besides],
      security: [],
      ...(path !== undefined && { requestParams: { path } }),
      responses: { 204: withoutBody("`Allow` lists them"), default: { description: "Any error" } },
    },
  };
}

/** The same as GET, without bodies. */
function headOf({
  operationId,
  summary,
  responses,
  ...rest
}: ZodOpenApiOperationObject): ZodOpenApiOperationObject {
  const bare = Object.entries(responses).map(([status, response]) => {
    const { content: _, ...others } = "content" in response ? response : { ...response, content: undefined };
    return [status, others];
  });
  return {
    ...rest,
    tags: [besides],
    operationId: `${operationId}Head`,
    summary: `${summary}: the headers alone`,
    responses: Object.fromEntries(bare),
  };
}
