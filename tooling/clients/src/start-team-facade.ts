import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startTestAuthority, type TestTokenOptions } from "@install-summary/facade";
import { sampleTenant } from "@tooling/launch/project";

/** A facade as a team runs it: the built program over HTTPS, with a tenant and an audience of its own. */
export interface TeamFacade extends AsyncDisposable {
  /** The base URL, ending in `/beta`. */
  readonly graph: string;
  /** The file with the certificate of the local authority. */
  readonly ca: string;
  /** The file with the certificate of the facade and its key. */
  readonly certificate: string;
  readonly tenant: string;
  /** The client id of the facade's app registration. */
  readonly audience: string;
  /** An access token as Entra ID issues it. */
  issueToken(options?: TestTokenOptions): Promise<string>;
}

const program = fileURLToPath(
  new URL("dist/bin/install-summary-facade.js", import.meta.resolve("@install-summary/facade/package.json")),
);

/** Starts one with the sample tenant. `options` are further ones of `serve`. */
export async function startTeamFacade(...options: readonly string[]): Promise<TeamFacade> {
  const authority = await startTestAuthority();
  const { tenants, audience, authority: origin } = authority.settings;
  const [tenant] = tenants;
  const folder = await mkdtemp(join(tmpdir(), "install-summary-clients-"));
  const env = {
    PATH: process.env["PATH"],
    INSTALL_SUMMARY_DATA: join(folder, "data"),
    INSTALL_SUMMARY_TENANTS: tenant,
    INSTALL_SUMMARY_AUDIENCE: audience[0],
    INSTALL_SUMMARY_AUTHORITY: origin,
  };
  const imported = spawnSync(process.execPath, [program, "import", sampleTenant, "--tenant", tenant], {
    env,
  });
  if (imported.status !== 0) throw new Error(`import ended: ${imported.stderr.toString()}`);

  const args = [program, "serve", "--https", "--port", "0", ...options];
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const close = async (): Promise<void> => {
    child.kill();
    await ended;
    await authority.close();
    await rm(folder, { recursive: true });
  };
  return {
    graph: await servedUrl(child),
    ca: join(folder, "data", "ca.pem"),
    certificate: join(folder, "data", "https.pem"),
    tenant,
    audience: audience[0],
    issueToken: (token) => authority.issueToken(token),
    [Symbol.asyncDispose]: close,
  };
}

/** The URL that the log says. */
function servedUrl({ stdout, stderr }: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (text: string): void => {
      output += text;
      const [url] = /https:\S+(?=\s)/.exec(output) ?? [];
      if (url !== undefined) resolve(url);
    };
    stdout?.setEncoding("utf8").on("data", read);
    stderr?.setEncoding("utf8").on("data", read);
    stdout?.once("close", () => reject(new Error(`serve ended: ${output}`)));
  });
}
