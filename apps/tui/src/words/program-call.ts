/** How a person calls this program in a shell: a launcher sets it where `install-summary` is not on the path. */
export function programCall(env: NodeJS.ProcessEnv): string {
  const call = env["INSTALL_SUMMARY_PROGRAM"]?.trim() ?? "";
  return call === "" ? "install-summary" : call;
}
