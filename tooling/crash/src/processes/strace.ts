import { reasonAgainst } from "./programs.ts";

/** What `strace` does to calls of the system: `fsync:error=EIO:when=10+25`. */
export type Injection = string;

/**
 * The command that runs a program under `strace` with injections, on some paths alone if they are named, and writes
 * the calls down. The program has the process id of the command.
 */
export function withStrace(
  injections: readonly Injection[],
  { paths = [], output = "/dev/null" }: { readonly paths?: readonly string[]; readonly output?: string } = {},
): readonly string[] {
  const calls = injections.map((injection) => injection.split(":")[0]).join(",");
  return [
    "strace",
    "-D",
    "-f",
    "-qq",
    "-o",
    output,
    "-e",
    `trace=${calls}`,
    ...injections.flatMap((injection) => ["-e", `inject=${injection}`]),
    ...paths.flatMap((path) => ["-P", path]),
  ];
}

/** The command that runs a program under `strace` and adds some of its calls to a file, with whole strings and paths. */
export function withTrace(
  calls: string,
  output: string,
  injections: readonly Injection[] = [],
): readonly string[] {
  return [
    "strace",
    "-D",
    "-f",
    "-qq",
    "-xx",
    "-y",
    "-s",
    String(2 ** 24),
    "-A",
    "-o",
    output,
    "-e",
    `trace=${calls}`,
    ...injections.flatMap((injection) => ["-e", `inject=${injection}`]),
  ];
}

/** Why there is no `strace` here. */
export function noStrace(): string | undefined {
  return reasonAgainst("strace", "-e", "trace=none", "true");
}
