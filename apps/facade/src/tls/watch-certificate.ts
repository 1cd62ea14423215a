import { statSync } from "node:fs";
import { readCertificate, type Certificate, type CertificateFiles } from "./read-certificate.ts";

/** Who is told of a certificate's new files. */
export interface CertificateWatcher {
  readonly onChange: (certificate: Certificate) => void;
  /** Called where the new files cannot be used. */
  readonly onFault: (error: unknown) => void;
}

/** Milliseconds between two looks at the files. */
const lookEvery = 1000;

/**
 * Reads a certificate again when its files have changed, and returns what ends that. Files are looked at, since what
 * renews them may replace them, or a folder or link on their way. They are read once two looks find them the same: key
 * and certificate are rarely replaced at one moment.
 */
export function watchCertificate(
  files: CertificateFiles,
  { onChange, onFault }: CertificateWatcher,
): () => void {
  let used = stateOf(files);
  let seen = used;
  const timer = setInterval(() => {
    const before = seen;
    seen = stateOf(files);
    if (seen !== before || seen === used) return;
    used = seen;
    try {
      onChange(readCertificate(files));
    } catch (error) {
      onFault(error);
    }
  }, lookEvery).unref();
  return () => clearInterval(timer);
}

function stateOf({ certificate, privateKey }: CertificateFiles): string {
  return [certificate, privateKey]
    .map((file) => {
      try {
        const { dev, ino, size, mtimeMs } = statSync(file);
        return [dev, ino, size, mtimeMs].join(" ");
      } catch (error) {
        return String(error);
      }
    })
    .join("\n");
}
