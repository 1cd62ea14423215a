import type { GraphErrorCode } from "@install-summary/core";
import { maxItems, type ContractKind } from "@install-summary/core/service";
import * as z from "zod";
import type { ZodOpenApiOperationObject } from "zod-openapi";
import type { Settings } from "../settings/settings.ts";
import * as parameters from "./parameters.ts";
import { errorResponses, etagHeader, jsonWith, responseWith, withoutBody } from "./responses.ts";
import * as schemas from "./schemas.ts";
import { securityOf, type Access } from "./security.ts";

/** The methods of a path that have an operation of their own. HEAD and OPTIONS follow from the others. */
export interface PathOperations {
  readonly get?: ZodOpenApiOperationObject;
  readonly patch?: ZodOpenApiOperationObject;
  readonly post?: ZodOpenApiOperationObject;
}

/** What any request with a token can get. */
export function accessErrors({ limits }: Pick<Settings, "limits">): readonly GraphErrorCode[] {
  const access: readonly GraphErrorCode[] = ["BadRequest", "InvalidAuthenticationToken", "Forbidden"];
  return limits.requestsPerMinute === 0 ? access : [...access, "TooManyRequests"];
}

/** The operations of the contract, by what their paths name. */
export function contractOperations(settings: Settings): Readonly<Record<ContractKind, PathOperations>> {
  const { policy } = settings;
  const common = (operationId: string, summary: string, access: Access) => ({
    operationId,
    summary,
    tags: ["Contract"],
    security: securityOf(settings, access),
  });
  const readErrors = [...accessErrors(settings), "NotAcceptable"] as const;
  const page = { tags: ["Model"], security: [] };
  const pageParams = { query: parameters.pageQuery, header: parameters.readHeader };
  return {
    service: {
      get: {
        ...page,
        operationId: "readServiceDocument",
        summary: "The service document",
        requestParams: pageParams,
        responses: {
          200: jsonWith("What the service has at its root", schemas.serviceDocument),
          ...errorResponses(["BadRequest", "NotAcceptable"]),
        },
      },
    },
    metadata: {
      get: {
        ...page,
        operationId: "readModel",
        summary: "The model of OData",
        requestParams: pageParams,
        responses: {
          200: responseWith("Entity types and properties (CSDL)", { "application/xml": z.string() }),
          ...errorResponses(["BadRequest", "NotAcceptable"]),
        },
      },
    },
    apps: {
      get: {
        ...common("listApps", "List apps, with their summaries", "read"),
        requestParams: { query: parameters.appsQuery(settings), header: parameters.listHeader },
        responses: { 200: jsonWith("A page of apps", schemas.apps), ...errorResponses(readErrors) },
      },
    },
    count: {
      get: {
        ...common("countApps", "Count apps", "read"),
        requestParams: { query: parameters.countQuery, header: parameters.readHeader },
        responses: {
          200: responseWith("The number of apps", { "text/plain": z.string() }),
          ...errorResponses(readErrors),
        },
      },
    },
    app: {
      get: {
        ...common("readApp", "Read an app", "read"),
        requestParams: {
          path: parameters.appPath,
          query: parameters.appQuery,
          header: parameters.readHeader,
        },
        responses: {
          200: jsonWith("The app", schemas.app),
          ...errorResponses([...readErrors, "ResourceNotFound"]),
        },
      },
    },
    summary: { get: readSummary(), patch: patchSummary() },
    batch: {
      post: {
        ...common("sendBatch", `Send up to ${maxItems} requests in one`, "read"),
        requestParams: { header: parameters.readHeader },
        requestBody: { required: true, content: { "application/json": { schema: schemas.batch } } },
        responses: {
          200: jsonWith("The responses in the order of the requests", schemas.batchResponses),
          ...errorResponses([
            ...readErrors.filter((code) => code !== "Forbidden"),
            "RequestEntityTooLarge",
            "UnsupportedMediaType",
          ]),
        },
      },
    },
  };

  function readSummary(): ZodOpenApiOperationObject {
    return {
      ...common("readSummary", "Read an app's install summary", "read"),
      requestParams: {
        path: parameters.appPath,
        query: parameters.summaryQuery,
        header: parameters.summaryHeader,
      },
      responses: {
        200: jsonWith("The summary", policy.wrapGet ? schemas.wrappedSummary : schemas.summary, etagHeader),
        304: withoutBody("The summary has the ETag of `If-None-Match`", etagHeader),
        ...errorResponses([...readErrors, "ResourceNotFound", "PreconditionFailed"]),
      },
    };
  }

  function patchSummary(): ZodOpenApiOperationObject {
    const refused = [...accessErrors(settings), "RequestEntityTooLarge"] as const;
    const operation = {
      ...common("patchSummary", "Change counters of an app's install summary", "write"),
      requestParams: {
        path: parameters.appPath,
        query: parameters.patchQuery,
        header: parameters.patchHeader(settings),
      },
      requestBody: { required: true, content: { "application/json": { schema: schemas.patch } } },
    };
    if (policy.readOnly) {
      const description = "The service is read-only and refuses every change.";
      return { ...operation, description, responses: errorResponses(refused) };
    }
    return {
      ...operation,
      responses: {
        200: jsonWith("The summary after the change", schemas.patched, etagHeader),
        204: withoutBody("The same, with `Prefer: return=minimal`", etagHeader),
        ...errorResponses([
          ...refused,
          "ModelValidationFailure",
          "NotAcceptable",
          "ResourceNotFound",
          "PreconditionFailed",
          "UnsupportedMediaType",
          ...(policy.requireIfMatch ? (["PreconditionRequired"] as const) : []),
        ]),
      },
    };
  }
}
