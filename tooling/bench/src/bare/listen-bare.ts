import { readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";

/** Serves on a free port of loopback, over HTTPS where a file with a certificate and its key is named, and tells the parent. */
export function listenBare(listener: RequestListener, certificate = ""): void {
  const server =
    certificate === "" ? createServer(listener) : createHttpsServer(pemOf(certificate), listener);
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    if (typeof address === "object") process.send?.(address?.port);
  });
  process.on("disconnect", () => process.exit());
}

function pemOf(file: string): { readonly cert: string; readonly key: string } {
  const pem = readFileSync(file, "utf8");
  return { cert: pem, key: pem };
}
