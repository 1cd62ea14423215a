import { expect, test } from "vitest";
import { findAppType, isAppOfType } from "./app-types.ts";

test.each([
  ["#microsoft.graph.win32LobApp", "microsoft.graph.win32LobApp"],
  ["#microsoft.graph.win32LobApp", "microsoft.graph.mobileLobApp"],
  ["#microsoft.graph.win32LobApp", "microsoft.graph.mobileApp"],
  ["#microsoft.graph.managedIOSLobApp", "microsoft.graph.managedApp"],
  ["#microsoft.graph.notYetKnownApp", "microsoft.graph.mobileApp"],
])("%s is a %s", (type, cast) => {
  expect(isAppOfType(type, cast)).toBe(true);
});

test.each([
  ["#microsoft.graph.win32LobApp", "microsoft.graph.win32CatalogApp"],
  ["#microsoft.graph.mobileLobApp", "microsoft.graph.managedMobileLobApp"],
  ["#microsoft.graph.webApp", "microsoft.graph.win32LobApp"],
  ["#microsoft.graph.notYetKnownApp", "microsoft.graph.webApp"],
])("%s is no %s", (type, cast) => {
  expect(isAppOfType(type, cast)).toBe(false);
});

test("a type is found without case, and only in its namespace", () => {
  expect(findAppType("Microsoft.Graph.IOSVPPAPP")).toBe("microsoft.graph.iosVppApp");
  expect(findAppType("graph.iosVppApp")).toBe("microsoft.graph.iosVppApp");
  expect(findAppType("GRAPH.androidstoreapp")).toBe("microsoft.graph.androidStoreApp");
  expect(findAppType("graph.graph.webApp")).toBeUndefined();
  expect(findAppType("graph.microsoft.graph.webApp")).toBeUndefined();
  expect(findAppType("iosVppApp")).toBeUndefined();
  expect(findAppType("microsoft.graph.constructor")).toBeUndefined();
});
