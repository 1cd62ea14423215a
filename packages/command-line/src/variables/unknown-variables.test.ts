import { expect, test } from "vitest";
import { readVariable, unknownVariables } from "./unknown-variables.ts";
import { editorVariables, facadeVariables, programVariables } from "./variable-names.ts";

test("an unknown variable is named with the one that was meant", () => {
  expect(unknownVariables({ INSTALL_SUMMARY_READONLY: "true", PATH: "/bin" })).toEqual([
    "Unknown environment variable: INSTALL_SUMMARY_READONLY. Did you mean INSTALL_SUMMARY_READ_ONLY?",
  ]);
  expect(unknownVariables({ INSTALL_SUMMARY_SPELLING: "x" })).toEqual([
    expect.stringMatching(/^Unknown environment variable: INSTALL_SUMMARY_SPELLING\. Unset it/),
  ]);
});

test("each program accepts the variables of both", () => {
  const env = Object.fromEntries(
    [...editorVariables, ...facadeVariables, ...programVariables].map((name) => [name, "x"]),
  );
  expect(unknownVariables(env)).toEqual([]);
});

test("an empty variable is absent, known or not", () => {
  const env = { INSTALL_SUMMARY_SPELLING: "", INSTALL_SUMMARY_PORT: " " };
  expect(unknownVariables(env)).toEqual([]);
  expect(readVariable(env, "INSTALL_SUMMARY_PORT")).toBeUndefined();
});

test("what Kubernetes sets for a service of this name is ignored", () => {
  const env = {
    INSTALL_SUMMARY_SERVICE_HOST: "10.0.0.11",
    INSTALL_SUMMARY_SERVICE_PORT: "8420",
    INSTALL_SUMMARY_SERVICE_PORT_HTTP: "8420",
    INSTALL_SUMMARY_PORT: "tcp://10.0.0.11:8420",
    INSTALL_SUMMARY_PORT_8420_TCP: "tcp://10.0.0.11:8420",
    INSTALL_SUMMARY_PORT_8420_TCP_PROTO: "tcp",
    INSTALL_SUMMARY_PORT_8420_TCP_PORT: "8420",
    INSTALL_SUMMARY_PORT_8420_TCP_ADDR: "10.0.0.11",
    INSTALL_SUMMARY_FACADE_PORT: "tcp://10.0.0.12:80",
    INSTALL_SUMMARY_FACADE_SERVICE_HOST: "10.0.0.12",
  };
  expect(unknownVariables(env)).toEqual([]);
  expect(readVariable(env, "INSTALL_SUMMARY_PORT")).toBeUndefined();
  expect(readVariable({ INSTALL_SUMMARY_PORT: "8421" }, "INSTALL_SUMMARY_PORT")).toBe("8421");
});
