import { UserError } from "@install-summary/command-line/errors";
import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import { createSecureContext } from "node:tls";
import { startFault } from "../files/file-fault.ts";
import { readSmallFile } from "../files/read-small-file.ts";

/** The files of a certificate and of its private key; one file may hold both. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly privateKey: string;
}

/** A certificate with its chain, and its private key, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/**
 * Reads a certificate and its private key. Throws `UserError` with one sentence where they cannot be used: a file that
 * cannot be read or is not PEM, a key of another certificate, or a certificate that is not valid now.
 */
export function readCertificate(files: CertificateFiles, now: Date = new Date()): Certificate {
  const cert = readText(`The certificate ${files.certificate}`, files.certificate);
  const key = readText(`The private key ${files.privateKey}`, files.privateKey);
  const leaf = parseCertificate(cert, files.certificate);
  if (!leaf.checkPrivateKey(parsePrivateKey(key, files.privateKey))) {
    throw new UserError(
      `The private key ${files.privateKey} does not belong to the first certificate in ${files.certificate}.`,
    );
  }
  if (chainBytes(cert) > maxChainBytes) {
    throw new UserError(
      `The certificates in ${files.certificate} are larger than ${maxChainBytes} bytes together, which clients refuse. Leave only the facade's own and those between it and its authority.`,
    );
  }
  const { validFromDate, validToDate } = leaf;
  if (validToDate <= now) {
    throw new UserError(
      `The certificate ${files.certificate} expired on ${dayOf(validToDate)}. Renew it first.`,
    );
  }
  if (validFromDate > now) {
    throw new UserError(
      `The certificate ${files.certificate} is valid only from ${validFromDate.toISOString()}. Check the clock of this machine.`,
    );
  }
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    throw new UserError(`The certificate ${files.certificate} cannot be used for HTTPS: ${String(error)}.`, {
      cause: error,
    });
  }
  return { cert, key };
}

/** What OpenSSL takes of a chain at most. Source: `SSL_MAX_CERT_LIST_DEFAULT`. */
const maxChainBytes = 100 * 1024;

/** About how many bytes the certificates of a PEM file have, which all are sent to every client. */
function chainBytes(pem: string): number {
  const bodies = pem.matchAll(/-----BEGIN CERTIFICATE-----([^-]*)/g);
  return [...bodies].reduce(
    (bytes, [, base64 = ""]) => bytes + (base64.replaceAll(/\s/g, "").length * 3) / 4,
    0,
  );
}

/** Parses the first certificate of a PEM file. Throws `UserError` where there is none. */
export function parseCertificate(pem: string, file: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw new UserError(
      `The certificate ${file} is not PEM. It must have a line -----BEGIN CERTIFICATE-----.`,
      { cause: error },
    );
  }
}

/** Parses the private key of a PEM file. Throws `UserError` where there is none, or where it needs a passphrase. */
function parsePrivateKey(pem: string, file: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    const why = pem.includes("ENCRYPTED")
      ? `is protected by a passphrase. Write a copy without one: openssl pkey -in ${file} -out COPY.`
      : "is not a private key as PEM.";
    throw new UserError(`The private key ${file} ${why}`, { cause: error });
  }
}

function readText(name: string, file: string): string {
  try {
    return readSmallFile(name, file).toString("utf8");
  } catch (error) {
    throw startFault(name, error);
  }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
