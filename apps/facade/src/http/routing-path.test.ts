import { expect, test } from "vitest";
import { routingPath } from "./routing-path.ts";

test.each([
  ["/", "/"],
  ["//", "/"],
  ["/livez", "/livez"],
  ["/readyz/", "/readyz"],
  ["//READYZ//", "/readyz"],
  ["/livez/x", "/livez/x"],
  ["/beta", "/beta"],
  ["/Beta/", "/beta"],
  ["/beta/Me//x", "/beta/Me//x"],
  ["//Beta//Me", "/beta/Me"],
  ["/%62eta/Me%2F", "/beta/Me%2F"],
  ["/beta%2FMe", "/beta%2fme"],
  ["/%zz/x", "/%zz/x"],
  ["/bet\u00e1", "/bet\u00e1"],
])("%s is routed as %s", (path, routed) => {
  expect(routingPath(path)).toBe(routed);
});
