import { expect, test } from "vitest";
import { shortRequests } from "./short-requests.ts";

test.each([
  [
    "The response to GET http://127.0.0.1:8420/beta/deviceAppManagement/mobileApps?$top=1000&$skiptoken=abc cannot be used: it is not JSON.",
    "The response to GET 127.0.0.1:8420/…/mobileApps cannot be used: it is not JSON.",
  ],
  [
    "PATCH https://a.example/beta/x/installSummary returned 204. GET https://a.example/beta: late.",
    "PATCH a.example/…/installSummary returned 204. GET a.example/beta: late.",
  ],
  ["Use https://a.example/beta/x?y instead.", "Use https://a.example/beta/x?y instead."],
  ["GET https://[ is no URL.", "GET https://[ is no URL."],
])("%s", (text, short) => {
  expect(shortRequests(text)).toBe(short);
});
