/** A platform that Intune manages apps for. */
export type Platform = "Android" | "iOS" | "macOS" | "Windows" | "Web";

interface PlatformRow {
  readonly name: Platform;
  /** Its code in the column Platform of Intune's report; the report has none for web apps. */
  readonly code?: string;
  /** Matches the names of the platform in a report and the names of the types of its apps. */
  readonly pattern: RegExp;
  /** The type that an app of the platform most likely has. */
  readonly type: string;
}

// In the order in which they are tried: `androidManagedStoreWebApp` is for Android, `macOSOfficeSuiteApp` for macOS.
const platforms: readonly PlatformRow[] = [
  { name: "Android", code: "1", pattern: /android/i, type: "androidStoreApp" },
  { name: "macOS", code: "3", pattern: /mac ?os/i, type: "macOSLobApp" },
  { name: "iOS", code: "2", pattern: /ios|ipad/i, type: "iosStoreApp" },
  {
    name: "Windows",
    code: "5",
    pattern: /windows|win32|winget|officesuite|microsoftstore/i,
    type: "win32LobApp",
  },
  { name: "Web", pattern: /web/i, type: "webApp" },
];

/** The platform that a type of app is for; undefined where the type's name does not tell. */
export function platformOf(type: string): Platform | undefined {
  return byPattern(type)?.name;
}

/** The code of a type's platform in Intune's report; empty where the report has none. */
export function reportPlatformCode(type: string): string {
  return byPattern(type)?.code ?? "";
}

/**
 * The type of app that codes and names of platforms suggest: a guess by the first one that is known, because Intune's
 * report has no types. Undefined where all are empty.
 */
export function guessType(platformTexts: readonly string[]): string | undefined {
  const given = platformTexts.filter((text) => text !== "");
  if (given.length === 0) return undefined;
  const known = given
    .map((text) => platforms.find(({ code }) => code === text) ?? byPattern(text))
    .find((platform) => platform !== undefined);
  return `#microsoft.graph.${known?.type ?? "webApp"}`;
}

function byPattern(text: string): PlatformRow | undefined {
  return platforms.find(({ pattern }) => pattern.test(text));
}
