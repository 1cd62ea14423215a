import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { once } from "node:events";
import { get as getHttp, type IncomingMessage } from "node:http";
import { get as getHttps } from "node:https";
import { livenessText } from "../health/health.ts";
import { connectionFaultText } from "../http/connection-fault.ts";
import { readSettings } from "../settings/read-settings.ts";
import type { Settings } from "../settings/settings.ts";
import type { CommandContext } from "./command-context.ts";
import type { ServeFlags } from "./serve.ts";

/** Prints what `/livez` responds. Throws `UserError` (7) where no such response comes within 4 seconds. */
export async function health({ env, folder, process }: CommandContext, flags: ServeFlags): Promise<void> {
  const settings = readSettings({ options: flags, env, folder });
  if (settings.port === 0)
    throw new UserError("health needs the port that the facade serves, and port is 0.");
  const url = livenessOf(settings);
  const { statusCode, body } = await read(url).catch((error: unknown) => {
    throw unhealthy(`${url} does not respond: ${connectionFaultText(error)}.`);
  });
  if (statusCode !== 200) throw unhealthy(`${url} responds with ${statusCode}.`);
  if (body !== livenessText) throw unhealthy(`${url} responds with something other than a facade does.`);
  process.stdout.write(body);
}

/** Where a facade of this machine is asked; one that serves all addresses is asked on that of loopback. */
function livenessOf({ https, host, port }: Pick<Settings, "https" | "host" | "port">): string {
  const address = { "0.0.0.0": "127.0.0.1", "::": "::1" }[host] ?? host;
  return `${https ? "https" : "http"}://${address.includes(":") ? `[${address}]` : address}:${port}/livez`;
}

/** Characters, of which `/livez` needs three. What responds at greater length is another program. */
const maxBody = 1024;

async function read(
  url: string,
): Promise<{ readonly statusCode: number | undefined; readonly body: string }> {
  const signal = AbortSignal.timeout(4_000);
  // Nothing is sent and only life is asked for, so that any certificate will do.
  const request = url.startsWith("https:")
    ? getHttps(url, { signal, rejectUnauthorized: false })
    : getHttp(url, { signal });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request.once("response", resolve).once("error", reject);
  });
  let body = "";
  response.setEncoding("utf8").on("data", (text: string) => {
    body += text;
    if (body.length > maxBody) response.destroy(new Error("the response is too long"));
  });
  await once(response, "end", { signal });
  return { statusCode: response.statusCode, body };
}

function unhealthy(message: string): UserError {
  return new UserError(message, {
    exit: exitCodes.unavailable,
    code: "Unhealthy",
    help: ["Give health the host, port and https that serve was started with."],
  });
}
