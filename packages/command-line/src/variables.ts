import { nearestName } from "@install-summary/core/text";

type Environment = Readonly<Record<string, string | undefined>>;

/** What the names of both programs' variables begin with. */
export const variablePrefix = "INSTALL_SUMMARY_";

/** The variables of `install-summary`. */
export const editorVariables = [
  "INSTALL_SUMMARY_URL",
  "INSTALL_SUMMARY_TOKEN",
  "INSTALL_SUMMARY_TOKEN_COMMAND",
  "INSTALL_SUMMARY_PROFILE",
  "INSTALL_SUMMARY_PROGRAM",
] as const;

/** The variables of `install-summary-facade`, one for each row of its table of settings. */
export const facadeVariables = [
  "INSTALL_SUMMARY_DATA",
  "INSTALL_SUMMARY_STORE",
  "INSTALL_SUMMARY_HOST",
  "INSTALL_SUMMARY_PORT",
  "INSTALL_SUMMARY_LOG",
  "INSTALL_SUMMARY_READ_ONLY",
  "INSTALL_SUMMARY_ALLOW_APPLICATION",
  "INSTALL_SUMMARY_WRAP_GET",
  "INSTALL_SUMMARY_REQUIRE_IF_MATCH",
  "INSTALL_SUMMARY_LIMITS_BODY_BYTES",
  "INSTALL_SUMMARY_LIMITS_URL_BYTES",
  "INSTALL_SUMMARY_LIMITS_HEADER_BYTES",
  "INSTALL_SUMMARY_LIMITS_HEADER_SECONDS",
  "INSTALL_SUMMARY_LIMITS_REQUEST_SECONDS",
  "INSTALL_SUMMARY_LIMITS_KEEP_ALIVE_SECONDS",
  "INSTALL_SUMMARY_LIMITS_CONNECTIONS",
  "INSTALL_SUMMARY_LIMITS_WRITES",
  "INSTALL_SUMMARY_LIMITS_PAGE_SIZE",
  "INSTALL_SUMMARY_LIMITS_IMPORT_ROWS",
  "INSTALL_SUMMARY_LIMITS_IMPORT_BYTES",
] as const;

/** The value of a variable; undefined where it is empty, or where Kubernetes set it for a service of this name. */
export function readVariable(env: Environment, name: string): string | undefined {
  const value = env[name];
  if (value === undefined || value.trim() === "" || isOfKubernetes(name, value)) return undefined;
  return value;
}

/**
 * A sentence for each `INSTALL_SUMMARY_…` variable that neither program reads. A misspelt name would otherwise switch
 * nothing, and say nothing.
 */
export function unknownVariables(env: Environment): readonly string[] {
  const known: readonly string[] = [...facadeVariables, ...editorVariables];
  return Object.keys(env)
    .filter((name) => name.startsWith(variablePrefix) && !known.includes(name))
    .filter((name) => readVariable(env, name) !== undefined)
    .map((name) => {
      const meant = nearestName(name, known);
      const hint = meant === undefined ? "Unset it; --help lists the variables." : `Did you mean ${meant}?`;
      return `Unknown environment variable: ${name}. ${hint}`;
    });
}

/** Source: Kubernetes, "Service": environment variables, with the names of Docker's links. */
function isOfKubernetes(name: string, value: string): boolean {
  const isLink = name.endsWith("_PORT") && /^(?:tcp|udp|sctp):\/\//.test(value);
  return isLink || /_SERVICE_|_PORT_/.test(name);
}
