/**
 * The folder in which a person typed the command, where relative paths begin. Scripts of a package run in the
 * package's folder; `INIT_CWD`, which npm and pnpm set, names the one in which they were called.
 */
export function callerFolder(env: Readonly<Record<string, string | undefined>>, cwd: string): string {
  const called = env["INIT_CWD"];
  return called === undefined || called === "" ? cwd : called;
}
