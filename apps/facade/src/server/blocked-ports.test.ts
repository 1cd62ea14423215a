import { describe, expect, test } from "vitest";
import { blockedPorts, blockedPortWarning } from "./blocked-ports.ts";

describe("fetch", () => {
  test.each([...blockedPorts])("blocks port %i", async (port) => {
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      cause: expect.objectContaining({ message: "bad port" }),
    });
  });
});

test.each([0, 80, 443, 3000, 5000, 5432, 6443, 8080, 8420, 8443, 9090, 65_535])(
  "no warning comes for port %i",
  (port) => {
    expect(blockedPortWarning(port)).toBeUndefined();
  },
);
