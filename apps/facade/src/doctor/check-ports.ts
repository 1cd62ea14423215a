import { UserError } from "@install-summary/command-line/errors";
import { splitAddress } from "../http/addresses.ts";
import { checkAddress } from "../server/listen.ts";
import type { Settings } from "../settings/settings.ts";

/** Whether `serve` can have its port, or a facade of this data folder has it. Throws `UserError` otherwise. */
export function checkPort({ host, port }: Settings, served: boolean): Promise<string> {
  return checkOne({ host, port }, "--port", served);
}

/** The same for the port of the metrics. */
export async function checkMetricsPort({ host, port, metrics }: Settings, served: boolean): Promise<string> {
  if (metrics === undefined) return "no metrics are served; --metrics 9464 serves them";
  const address = splitAddress(metrics);
  if (address.port === port && address.host === host && port !== 0) {
    throw new UserError(
      `The metrics have the address of the service, ${metrics}. Choose another port with --metrics.`,
    );
  }
  return checkOne(address, "--metrics", served);
}

async function checkOne(
  { host, port }: { readonly host: string; readonly port: number },
  option: string,
  served: boolean,
): Promise<string> {
  try {
    await checkAddress(host, port, option);
    return port === 0 ? `a free port of ${host} is used` : `${port} of ${host} is free`;
  } catch (error) {
    const isInUse = error instanceof UserError && codeOf(error.cause) === "EADDRINUSE";
    if (served && isInUse) return `${port} of ${host} is in use, by the facade that serves the data folder`;
    throw error;
  }
}

function codeOf(cause: unknown): unknown {
  return cause instanceof Error && "code" in cause ? cause.code : undefined;
}
