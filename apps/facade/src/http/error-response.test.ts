import { graphError } from "@install-summary/core";
import { describe, expect, test } from "vitest";
import { errorAnswer } from "./error-response.ts";
import { Refusal } from "./refusal.ts";

describe("errors", () => {
  const ids = { requestId: "r", clientRequestId: "c" };
  const date = new Date("2023-06-23T12:19:44.500Z");

  test("of the contract are answered with their code, their ids and a date without zone", () => {
    const error = graphError("PreconditionFailed", "Changed.", { innerCode: "resourceModified" });
    const answer = errorAnswer(new Refusal(error, { ETag: 'W/"7"' }), ids, date);
    expect(answer).toEqual({
      status: 412,
      headers: { "Content-Type": "application/json", ETag: 'W/"7"' },
      body: '{"error":{"code":"PreconditionFailed","message":"Changed.","innerError":{"code":"resourceModified","date":"2023-06-23T12:19:44","request-id":"r","client-request-id":"c"}}}',
    });
  });

  test("that nobody expected tell nothing of what happened", () => {
    const { status, body } = errorAnswer(new TypeError("secret"), ids, date);
    expect(status).toBe(500);
    expect(body).toContain('"code":"InternalServerError"');
    expect(body).not.toContain("secret");
  });

  test("that will pass name the seconds to wait", () => {
    expect(errorAnswer(graphError("ServiceUnavailable", "Busy."), ids).headers["Retry-After"]).toBe("1");
    const patient = graphError("TooManyRequests", "Busy.", { retryAfter: 7 });
    expect(errorAnswer(patient, ids).headers["Retry-After"]).toBe("7");
  });
});
