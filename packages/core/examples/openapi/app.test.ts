import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import {
  counterNames,
  installSummaryChangeSchema,
  installSummaryPatchSchema,
  installSummarySchema,
  mobileAppPageSchema,
  mobileAppSchema,
  wrappedInstallSummarySchema,
} from "@install-summary/core";
import { exampleSummary } from "@install-summary/core/contract";
import { expect, test } from "vitest";
import { createDocument } from "zod-openapi";
import { createApp } from "./app.ts";

const counter = { type: "integer", minimum: 0, maximum: 2147483647 };
const schemas = {
  installSummarySchema,
  wrappedInstallSummarySchema,
  installSummaryPatchSchema,
  installSummaryChangeSchema,
  mobileAppSchema,
  mobileAppPageSchema,
};

test("the server patches, and its document has the bounds of every counter, none of which a patch requires", async () => {
  const app = createApp(exampleSummary);
  const headers = { "content-type": "application/json" };
  const patched = await app.request(`/apps/${exampleSummary.id}/summary`, {
    method: "PATCH",
    headers,
    body: '{"failedDeviceCount":3}',
  });
  expect(await patched.json()).toEqual({ ...exampleSummary, failedDeviceCount: 3 });

  const described: unknown = await (await app.request("/openapi.json")).json();
  const properties = Object.fromEntries(counterNames.map((name) => [name, counter]));
  expect(described).toMatchObject({
    paths: {
      "/apps/{id}/summary": {
        patch: {
          requestBody: { content: { "application/json": { schema: { type: "object", properties } } } },
          responses: {
            200: {
              content: { "application/json": { schema: { properties, required: ["id", ...counterNames] } } },
            },
          },
        },
      },
    },
  });
  expect(described).not.toHaveProperty([...pathToBody, "required"]);
});

const pathToBody = [
  "paths",
  "/apps/{id}/summary",
  "patch",
  "requestBody",
  "content",
  "application/json",
  "schema",
];

test.each(Object.entries(schemas))(
  "@hono/zod-openapi describes %s in requests and responses",
  (_name, schema) => {
    const app = new OpenAPIHono();
    const content = { "application/json": { schema } };
    app.openAPIRegistry.registerPath(
      createRoute({
        method: "post",
        path: "/",
        request: { body: { content } },
        responses: { 200: { description: "the same", content } },
      }),
    );
    expect(app.getOpenAPI31Document({ openapi: "3.1.0", info }).paths?.["/"]?.post).toMatchObject(described);
  },
);

test.each(Object.entries(schemas))("zod-openapi describes %s in requests and responses", (_name, schema) => {
  const content = { "application/json": { schema } };
  const { paths } = createDocument({
    openapi: "3.1.1",
    info,
    paths: {
      "/": { post: { requestBody: { content }, responses: { 200: { description: "the same", content } } } },
    },
  });
  expect(paths?.["/"]?.post).toMatchObject(described);
});

const info = { title: "Summaries", version: "1" };
const object = {
  content: { "application/json": { schema: { type: "object", properties: expect.any(Object) } } },
};
const described = { requestBody: object, responses: { 200: object } };
