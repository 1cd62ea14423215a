import { authorityFile, openLocalCertificate } from "../src/tls/local-certificate.ts";
import { readCertificate, type Certificate } from "../src/tls/read-certificate.ts";
import { trustAuthority } from "./facades.ts";
import { temporaryFolder } from "./stores.ts";

/** Makes a certificate of loopback, whose authority this process trusts from now on. */
export async function makeCertificate(): Promise<Certificate> {
  const folder = temporaryFolder();
  const files = await openLocalCertificate({ folder, names: [] });
  trustAuthority({ authorityFile: authorityFile(folder) });
  return readCertificate(files);
}
