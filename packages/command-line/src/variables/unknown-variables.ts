import { nearestName } from "@install-summary/core/text";
import { editorVariables, facadeVariables, programVariables, variablePrefix } from "./variable-names.ts";

type Environment = Readonly<Record<string, string | undefined>>;

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
  const known: readonly string[] = [...facadeVariables, ...editorVariables, ...programVariables];
  return Object.keys(env)
    .filter((name) => name.startsWith(variablePrefix) && !known.includes(name))
    .filter((name) => readVariable(env, name) !== undefined)
    .map((name) => {
      const meant = nearestName(withoutPrefix(name), known.map(withoutPrefix));
      const hint =
        meant === undefined
          ? "Unset it; --help lists the variables."
          : `Did you mean ${variablePrefix}${meant}?`;
      return `Unknown environment variable: ${name}. ${hint}`;
    });
}

/** What all names begin with would make every two of them alike. */
function withoutPrefix(name: string): string {
  return name.slice(variablePrefix.length);
}

/** Source: Kubernetes, "Service": environment variables, with the names of Docker's links. */
function isOfKubernetes(name: string, value: string): boolean {
  const isLink = name.endsWith("_PORT") && /^(?:tcp|udp|sctp):\/\//.test(value);
  return isLink || /_SERVICE_|_PORT_/.test(name);
}
