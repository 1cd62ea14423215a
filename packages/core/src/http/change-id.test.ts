import { expect, test } from "vitest";
import { isChangeId, randomChangeId } from "./change-id.ts";

test("an id of a change is a GUID that tells itself from those of gateways and servers, and each is another", () => {
  const ids = Array.from({ length: 1000 }, randomChangeId);
  expect(ids.every(isChangeId)).toBe(true);
  expect(new Set(ids).size).toBe(1000);
  const others = [
    ...Array.from({ length: 1000 }, () => crypto.randomUUID()),
    "",
    "gateway-0",
    "7f3c1a524d0e8c7b9b1f2f5a6c8d9e01",
    "018f3c1a-524d-7e0c-8b9b-1f2f5a6c8d9e",
    `${randomChangeId()}-2`,
  ];
  expect(others.filter(isChangeId)).toEqual([]);
});
