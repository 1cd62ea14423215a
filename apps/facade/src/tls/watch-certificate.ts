import { statSync } from "node:fs";
import { readCertificate, type Certificate, type CertificateFiles } from "./read-certificate.ts";

/** What is served with now, and who is told of a certificate's new files. */
export interface CertificateWatcher {
  readonly current: Certificate;
  readonly onChange: (certificate: Certificate) => void;
  /** Called where the new files cannot be used, once for each reason. */
  readonly onFault: (error: unknown) => void;
}

/** Milliseconds between two looks at the files. */
const lookEvery = 1000;

/**
 * Reads a certificate again when its files have changed, and returns what ends that. Files are looked at, since what
 * renews them may replace them, or a folder or link on their way. They are read once two looks find them the same: key
 * and certificate are rarely replaced at one moment. Files that cannot be used are read again until they can: their owner
 * may be set later, and a new certificate may be valid only in a minute.
 */
export function watchCertificate(
  files: CertificateFiles,
  { current, onChange, onFault }: CertificateWatcher,
): () => void {
  let inUse = current;
  // They may have changed since the start, which can take long.
  let read: string | undefined;
  let seen: string | undefined;
  let told: string | undefined;
  const timer = setInterval(() => {
    const before = seen;
    seen = stateOf(files);
    if (seen !== before || seen === read) return;
    try {
      const next = readCertificate(files);
      if (next.cert !== inUse.cert || next.key !== inUse.key) onChange(next);
      [inUse, read, told] = [next, seen, undefined];
    } catch (error) {
      const reason = String(error);
      if (reason !== told) onFault(error);
      told = reason;
    }
  }, lookEvery).unref();
  return () => clearInterval(timer);
}

/** Tells a file from another one and from its earlier content, owner and permissions. */
function stateOf({ certificate, privateKey }: CertificateFiles): string {
  return [certificate, privateKey]
    .map((file) => {
      try {
        const { dev, ino, size, mtimeMs, ctimeMs } = statSync(file);
        return [dev, ino, size, mtimeMs, ctimeMs].join(" ");
      } catch (error) {
        return String(error);
      }
    })
    .join("\n");
}
