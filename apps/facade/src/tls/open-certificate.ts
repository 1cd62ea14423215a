import type { Log } from "../log/log.ts";
import { servedNames } from "../settings/served-hosts.ts";
import type { Settings } from "../settings/settings.ts";
import { authorityFile, openLocalCertificate } from "./local-certificate.ts";
import { readCertificate, type Certificate, type CertificateFiles } from "./read-certificate.ts";
import { watchCertificate } from "./watch-certificate.ts";

/** The certificate that a facade begins to serve with, and how it learns of later ones. */
export interface OpenedCertificate extends Certificate {
  /** The file of the local authority's certificate, which clients must be given; undefined for a certificate of another. */
  readonly authorityFile: string | undefined;
  /** Calls back with each certificate that takes the place of the one before, and returns what ends that. */
  watch(onChange: (certificate: Certificate) => void): () => void;
}

/** Milliseconds between two looks whether the local certificate expires soon. */
const renewEvery = 3_600_000;

/**
 * Opens the certificate that the settings name, or the local one. Undefined where plain HTTP is served. Throws `UserError`
 * where it cannot be used.
 */
export async function openCertificate(settings: Settings, log: Log): Promise<OpenedCertificate | undefined> {
  const { https, certificate, privateKey, data } = settings;
  if (!https) return undefined;
  const isGiven = certificate !== undefined && privateKey !== undefined;
  const open = (): Promise<CertificateFiles> =>
    openLocalCertificate({ folder: data, names: servedNames(settings) });
  const files = isGiven ? { certificate, privateKey } : await open();
  const onFault = (error: unknown): void => {
    log.error(
      {},
      `${textOf(error)} The certificate that was read before stays in use, and the new one is tried again.`,
    );
  };
  const current = readCertificate(files);
  return {
    ...current,
    authorityFile: isGiven ? undefined : authorityFile(data),
    watch(onChange) {
      const unwatch = watchCertificate(files, {
        current,
        onFault,
        onChange(next) {
          onChange(next);
          log.info({}, "the certificate has changed and was read again");
        },
      });
      if (isGiven) return unwatch;
      // The files change, and that is noticed.
      const timer = setInterval(() => void open().catch(onFault), renewEvery).unref();
      return () => {
        clearInterval(timer);
        unwatch();
      };
    },
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
