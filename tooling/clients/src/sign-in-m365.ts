import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Signs the CLI for Microsoft 365 in to a resource, as its `login` does, and turns off what it reports to its makers. */
export async function signInM365(
  home: string,
  { resource, token }: { readonly resource: string; readonly token: string },
): Promise<void> {
  const expiresOn = new Date(Date.now() + 3_600_000);
  const connection = {
    active: true,
    authType: "browser",
    accessTokens: { [resource]: { accessToken: token, expiresOn } },
  };
  await writeFile(join(home, ".cli-m365-connection.json"), JSON.stringify(connection));
  const folder = join(home, ".config", "configstore");
  await mkdir(folder, { recursive: true });
  const settings = { disableTelemetry: true, prompt: false };
  await writeFile(join(folder, "cli-m365-config.json"), JSON.stringify(settings));
}
