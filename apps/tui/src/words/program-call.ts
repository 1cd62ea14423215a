/** How a person calls this program in a shell: a launcher says it where no `install-summary` is on the path. */
export function programCall(env: NodeJS.ProcessEnv = process.env): string {
  const call = env["INSTALL_SUMMARY_PROGRAM"]?.trim() ?? "";
  return call === "" ? "install-summary" : call;
}
