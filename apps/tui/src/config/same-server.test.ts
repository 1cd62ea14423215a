import { expect, test } from "vitest";
import { isSameServer } from "./same-server.ts";

test.each([
  ["https://intune.example/beta", "https://Intune.example:443/beta/", true],
  ["http://localhost:8420/beta", "http://127.0.0.1:8420/beta", true],
  ["http://[::1]:8420/beta", "http://localhost:8420/beta", true],
  ["http://localhost:8420/beta", "http://localhost:8421/beta", false],
  ["http://localhost:8420/beta", "https://localhost:8420/beta", false],
  ["http://localhost:8420/beta", "http://localhost:8420/v1.0", false],
  ["https://intune.example/beta", "https://intune.example.net/beta", false],
  ["https://127.0.0.1.example/beta", "https://127.0.0.1/beta", false],
  ["no URL", "no URL", true],
  ["no URL", "https://intune.example/beta", false],
])("%s and %s are one server: %s", (one, other, isSame) => {
  expect(isSameServer(one, other)).toBe(isSame);
});
