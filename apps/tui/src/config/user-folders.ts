/** The folders of this program for one user. */
export interface UserFolders {
  readonly config: string;
  readonly data: string;
  readonly cache: string;
}

/** Where this program's folders are for this user, by the rules of the system. Rejects where the user has no home. */
export async function userFolders(): Promise<UserFolders> {
  // It looks the home up when it is loaded.
  const { default: envPaths } = await import("env-paths");
  return envPaths("install-summary", { suffix: "" });
}
