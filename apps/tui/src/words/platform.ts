import type { MobileApp } from "@install-summary/core";

const platforms: readonly (readonly [pattern: RegExp, platform: string])[] = [
  [/android/i, "Android"],
  [/ios|ipad/i, "iOS"],
  [/macos/i, "macOS"],
  [/windows|win32|winget|officesuite|microsoftstore/i, "Windows"],
  [/web/i, "Web"],
];

/** The platform that an app's type is for, or the type's own name where it does not say. */
export function platformOf(app: MobileApp): string {
  const type = app["@odata.type"].replace(/^#?microsoft\.graph\./, "");
  return platforms.find(([pattern]) => pattern.test(type))?.[1] ?? type;
}
