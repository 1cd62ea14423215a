const codes: Readonly<Record<string, string>> = {
  "1": "androidStoreApp",
  "2": "iosStoreApp",
  "3": "macOSLobApp",
  "5": "win32LobApp",
};

const words: readonly (readonly [word: RegExp, type: string])[] = [
  [/android/i, "androidStoreApp"],
  [/mac ?os/i, "macOSLobApp"],
  [/ios|ipados/i, "iosStoreApp"],
  [/windows/i, "win32LobApp"],
];

/** The type of app that a platform's code or name suggests: a guess, since the report has no types. */
export function platformType(platform: string): string {
  const byWord = words.find(([word]) => word.test(platform))?.[1];
  return `#microsoft.graph.${codes[platform] ?? byWord ?? "webApp"}`;
}
