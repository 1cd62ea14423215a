import { expect, test } from "vitest";
import { guessType, reportPlatformCode, platformOf } from "./platform.ts";

test.each([
  ["androidManagedStoreWebApp", "Android", "1"],
  ["managedIOSLobApp", "iOS", "2"],
  ["iosiPadOSWebClip", "iOS", "2"],
  ["macOSMicrosoftEdgeApp", "macOS", "3"],
  ["macOsVppApp", "macOS", "3"],
  ["macOSOfficeSuiteApp", "macOS", "3"],
  ["officeSuiteApp", "Windows", "5"],
  ["microsoftStoreForBusinessApp", "Windows", "5"],
  ["win32CatalogApp", "Windows", "5"],
  ["winGetApp", "Windows", "5"],
  ["windowsWebApp", "Windows", "5"],
  ["webApp", "Web", ""],
  ["mobileApp", undefined, ""],
])("the type %s is for %s, with the code %j", (name, platform, code) => {
  const type = `#microsoft.graph.${name}`;
  expect(platformOf(type)).toBe(platform);
  expect(reportPlatformCode(type)).toBe(code);
});

test.each([
  [["", ""], undefined],
  [["3", "Windows"], "#microsoft.graph.macOSLobApp"],
  [["17", "iOS"], "#microsoft.graph.iosStoreApp"],
  [["", "Mac OS X"], "#microsoft.graph.macOSLobApp"],
  [["17", "Plan 9"], "#microsoft.graph.webApp"],
])("the platforms %j suggest the type %s", (texts, type) => {
  expect(guessType(texts)).toBe(type);
});
