interface Platform {
  /** What Intune's report has in its column Platform. */
  readonly code: string;
  /** What its name has in it, wherever that stands: in another column, or in the name of a type. */
  readonly word: RegExp;
  readonly type: string;
}

const platforms: readonly Platform[] = [
  { code: "1", word: /android/i, type: "androidStoreApp" },
  { code: "3", word: /mac ?os/i, type: "macOSLobApp" },
  { code: "2", word: /ios|ipados/i, type: "iosStoreApp" },
  { code: "5", word: /windows|win32|winget/i, type: "win32LobApp" },
];

/**
 * The type of app that the first telling one of some codes and names of platforms suggests: a guess, since Intune's
 * report has no types. Undefined where all are empty.
 */
export function guessType(names: readonly string[]): string | undefined {
  const said = names.filter((name) => name !== "");
  if (said.length === 0) return undefined;
  const known = said
    .map((name) => platforms.find(({ code, word }) => code === name || word.test(name)))
    .find((platform) => platform !== undefined);
  return `#microsoft.graph.${known?.type ?? "webApp"}`;
}

/** The code of the platform that a type of app is for; empty where its name does not say. */
export function platformCode(type: string): string {
  return platforms.find(({ word }) => word.test(type))?.code ?? "";
}

/** Whether a text has the form of an app's type. */
export function isAppType(text: string): boolean {
  return /^#microsoft\.graph\.[A-Za-z][A-Za-z0-9]*$/.test(text);
}
