import { connect } from "node:tls";
import type { Finding } from "./finding.ts";

const day = 24 * 60 * 60 * 1000;

/** When the certificate of a server expires, which was trusted before. */
export async function checkCertificate(url: URL, now: number, signal: AbortSignal): Promise<Finding> {
  const check = "certificate";
  const validTo = await validUntil(url, signal);
  if (validTo === undefined) return { check, result: "ok", message: "It is trusted." };
  const days = Math.floor((validTo - now) / day);
  const until = new Date(validTo).toISOString().slice(0, 10);
  if (days >= 14) return { check, result: "ok", message: `It is trusted, and valid until ${until}.` };
  return {
    check,
    result: "warning",
    message: `It is valid until ${until} only.`,
    mend: "Have it renewed before that.",
  };
}

/** Undefined where it cannot be read, such as behind a proxy. */
function validUntil({ hostname, port }: URL, signal: AbortSignal): Promise<number | undefined> {
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: Number(port === "" ? 443 : port),
      servername: nameOf(host),
      timeout: 10_000,
    });
    const end = (time?: number): void => {
      socket.destroy();
      resolve(time);
    };
    signal.addEventListener("abort", () => end(), { once: true });
    socket
      .once("secureConnect", () => {
        const time = Date.parse(socket.getPeerCertificate().valid_to);
        end(Number.isNaN(time) ? undefined : time);
      })
      .once("error", () => end())
      .once("timeout", () => end());
  });
}

/** TLS sends names only, never addresses. */
function nameOf(host: string): string {
  return /^[\d.]+$|:/.test(host) ? "" : host;
}
