/** The variables by which a launcher says how a person calls a program that is not on the path. */
const variables = {
  "install-summary": "INSTALL_SUMMARY_PROGRAM",
  "install-summary-facade": "INSTALL_SUMMARY_FACADE_PROGRAM",
} as const;

/** How a person calls a program in a shell: by its name, unless a launcher says otherwise. */
export function programCall(
  env: Readonly<Record<string, string | undefined>>,
  name: keyof typeof variables,
): string {
  const call = env[variables[name]]?.trim() ?? "";
  return call === "" ? name : call;
}
