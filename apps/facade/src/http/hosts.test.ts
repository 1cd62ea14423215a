import { describe, expect, test } from "vitest";
import { createHostCheck } from "./hosts.ts";
import { isLoopback } from "./addresses.ts";

const checkHost = createHostCheck(["10.0.0.5", "Summaries.contoso.com"]);

describe("hosts", () => {
  test.each([
    "localhost",
    "LOCALHOST:8420",
    "127.0.0.1:1",
    "127.1.2.3",
    "[::1]:8420",
    "10.0.0.5:80",
    "summaries.Contoso.com",
    "app_1.my-service.localhost:8420",
  ])("%s is served", (host) => {
    expect(() => checkHost(host)).not.toThrow();
  });

  test.each([
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "127.0.0.256",
    "128.0.0.1",
    "[::2]",
    "10.0.0.6",
    "contoso.com",
    "",
    ".localhost",
    "a..localhost",
    'a"b.localhost',
    'x","value":[],"y":".localhost',
    "a b.localhost",
    "a@b.localhost",
    "ä.localhost",
  ])("%s is not served", (host) => {
    expect(() => checkHost(host)).toThrow(`The host '${host}' is not served here.`);
  });

  test("an IPv6 address is served as a URL writes it", () => {
    expect(() => createHostCheck(["fd00::1"])("[fd00::1]:80")).not.toThrow();
  });
});

test.each(["0.0.0.0", "::"])("where %s is listened on, any address is served, and no name is", (host) => {
  const check = createHostCheck([host]);
  for (const address of ["10.0.0.6", "10.0.0.6:8420", "[fd00::1]", "[fd00::1]:8420", "localhost"]) {
    expect(() => check(address)).not.toThrow();
  }
  for (const name of ["evil.example", "10.0.0.6.evil.example", "10.0.0.256", "[evil]", "fd00::1", ""]) {
    expect(() => check(name)).toThrow("is not served here");
  }
});

test.each(["localhost", "127.0.0.1", "127.255.0.9", "::1", "[::1]"])("%s is loopback", (host) => {
  expect(isLoopback(host)).toBe(true);
});

test.each(["0.0.0.0", "::", "127.1", "127.evil.example", "example.com"])("%s is not loopback", (host) => {
  expect(isLoopback(host)).toBe(false);
});

test("a container's name for its machine is told what to set", () => {
  for (const name of ["host.docker.internal", "host.containers.internal"]) {
    expect(() => checkHost(`${name}:8420`)).toThrow(
      `The host '${name}:8420' is not served here. That is how a container reaches its machine. Start the facade with --hosts ${name}, or INSTALL_SUMMARY_HOSTS=${name}.`,
    );
    expect(() => createHostCheck([name])(`${name}:8420`)).not.toThrow();
  }
});
