import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { root } from "@tooling/launch/project";
import { signInM365 } from "./sign-in-m365.ts";

/** The folder of the programs that people copy. */
export const examples: string = join(root, "examples");

const bin = join(examples, "node_modules", ".bin");

/** Where a program finds its service. */
export interface Service {
  readonly graph: string;
  readonly ca: string;
  readonly token: string;
  /** The client id of the service's app registration. */
  readonly audience?: string;
}

/** What a program printed, and its exit code. */
export interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program of the examples in an empty folder, which is also its home. `GRAPH` is its base URL, `TOKEN` its access
 * token, and `CA` the certificate of the authority to trust.
 */
export async function runClient(
  { graph, ca, token, audience = "" }: Service,
  [command, ...args]: readonly [string, ...(readonly string[])],
  variables: Readonly<Record<string, string | undefined>> = {},
): Promise<Ended> {
  const home = await mkdtemp(join(tmpdir(), "install-summary-client-"));
  try {
    await signInM365(home, { resource: `api://${audience}`, token });
    const child = spawn(command, args, {
      cwd: home,
      env: {
        PATH: [bin, dirname(process.execPath), process.env["PATH"]].join(delimiter),
        HOME: home,
        GRAPH: graph,
        TOKEN: token,
        CA: ca,
        NODE_EXTRA_CA_CERTS: ca,
        AUDIENCE: audience,
        CLIMICROSOFT365_NOUPDATE: "1",
        ...variables,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const exit = new Promise<number | null>((resolve, reject) =>
      child.once("error", reject).once("close", resolve),
    );
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
    return { exit: await exit, stdout, stderr };
  } finally {
    await rm(home, { recursive: true });
  }
}
