import { describe, expect, test } from "vitest";
import { checkHost, isLoopback } from "./hosts.ts";

describe("hosts", () => {
  test.each(["localhost", "LOCALHOST:8420", "127.0.0.1:1", "127.1.2.3", "[::1]:8420", "10.0.0.5:80"])(
    "%s is served",
    (host) => {
      expect(() => checkHost(host, "10.0.0.5")).not.toThrow();
    },
  );

  test.each([
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "128.0.0.1",
    "[::2]",
    "10.0.0.6",
    "",
  ])("%s is not", (host) => {
    expect(() => checkHost(host, "10.0.0.5")).toThrow(`The host '${host}' is not served here.`);
  });

  test("an address of IPv6 is served as it stands in a URL", () => {
    expect(() => checkHost("[fd00::1]:80", "fd00::1")).not.toThrow();
    expect(isLoopback("::1")).toBe(true);
  });
});
