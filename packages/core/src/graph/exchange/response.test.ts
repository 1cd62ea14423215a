import { graphError } from "../../http/graph-error.ts";
import { describe, expect, test } from "vitest";
import { errorResponse, GraphErrorWithHeaders } from "./response.ts";

describe("errors", () => {
  const ids = { requestId: "r", clientRequestId: "c" };
  const date = new Date("2023-06-23T12:19:44.500Z");

  test("of the contract have a response with their code, their ids and a date without zone", () => {
    const error = graphError("PreconditionFailed", "Changed.", { innerCode: "resourceModified" });
    const response = errorResponse(new GraphErrorWithHeaders(error, { ETag: 'W/"7"' }), ids, date);
    expect(response).toEqual({
      status: 412,
      headers: { "Content-Type": "application/json", ETag: 'W/"7"' },
      body: '{"error":{"code":"PreconditionFailed","message":"Changed.","innerError":{"code":"resourceModified","date":"2023-06-23T12:19:44","request-id":"r","client-request-id":"c"}}}',
    });
  });

  test("that were not expected reveal nothing of what happened", () => {
    const { status, body } = errorResponse(new TypeError("secret"), ids, date);
    expect(status).toBe(500);
    expect(body).toContain('"code":"InternalServerError"');
    expect(body).not.toContain("secret");
  });

  test("that are temporary name the seconds to wait", () => {
    expect(errorResponse(graphError("ServiceUnavailable", "Busy."), ids).headers["Retry-After"]).toBe("1");
    const patient = graphError("TooManyRequests", "Busy.", { retryAfter: 7 });
    expect(errorResponse(patient, ids).headers["Retry-After"]).toBe("7");
  });
});
