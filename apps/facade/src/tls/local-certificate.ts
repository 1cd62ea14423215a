import { UserError } from "@install-summary/command-line/errors";
import type { X509Certificate } from "node:crypto";
import { chmodSync, renameSync, statSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { isIP } from "node:net";
import { dirname, join } from "node:path";
import { startFault } from "../files/file-fault.ts";
import { folderFiles } from "../files/folder-files.ts";
import { isThere } from "../files/look.ts";
import { createOwned } from "../files/owner.ts";
import { tryToRemove } from "../files/remove-file.ts";
import {
  readCertificate,
  parseCertificate,
  type Certificate,
  type CertificateFiles,
} from "./read-certificate.ts";

const day = 86_400_000;
const authorityDays = 3650;
/** Systems accept at most 825 days. */
const certificateDays = 365;
/** A certificate that is valid for fewer days is made anew. */
const renewalDays = 30;

/** Which local certificate is wanted. */
export interface LocalCertificateOptions {
  /** The data folder. */
  readonly folder: string;
  /** The names and addresses that it must be good for, beside those of loopback. */
  readonly names: readonly string[];
  readonly now?: Date;
}

/** The local authority's certificate, `ca.pem`, for clients to trust. */
export function authorityFile(folder: string): string {
  return join(folder, folderFiles.authority);
}

/**
 * Opens the certificate of this machine's own authority in a data folder. Both are made at the first time; the certificate
 * is made anew before it expires, and when it lacks a name. Throws `UserError` where the files cannot be used.
 */
export async function openLocalCertificate({
  folder,
  names,
  now = new Date(),
}: LocalCertificateOptions): Promise<CertificateFiles> {
  const wanted = allNames(names);
  const file = join(folder, folderFiles.certificate);
  try {
    const authority = await openAuthority(folder, now);
    if (!isCurrent(file, authority, wanted, now)) {
      // Loaded here alone: it is large, and needed once a year.
      const { issueCertificate } = await import("./issue-certificate.ts");
      const end = parseCertificate(authority.cert, authorityFile(folder)).validToDate;
      const to = new Date(Math.min(now.getTime() + certificateDays * day, end.getTime()));
      const { cert, key } = await issueCertificate(authority, wanted, { from: dayBefore(now), to });
      replaceFile(file, `${cert}\n${key}`, 0o600);
    }
    keepPrivate(file);
  } catch (error) {
    throw startFault(`The local certificate ${file}`, error);
  }
  return { certificate: file, privateKey: file };
}

/**
 * What is there of the local certificate, for the names that it is to be good for. It is outdated where `serve` makes it
 * anew: it ends within 30 days, lacks a name, or is not the authority's.
 */
export type LocalCertificateState = { readonly names: readonly string[] } & (
  | { readonly state: "missing" | "outdated" }
  | { readonly state: "current"; readonly validTo: Date }
);

/** Looks at the local certificate and changes nothing. Throws `UserError` where `serve` cannot use what is there. */
export function inspectLocalCertificate({
  folder,
  names: others,
  now = new Date(),
}: LocalCertificateOptions): LocalCertificateState {
  const names = allNames(others);
  const file = join(folder, folderFiles.certificate);
  try {
    if (!hasAuthority(folder)) return { state: "missing", names };
    const authority = readCertificate(authorityFiles(folder), now);
    if (!isThere(file)) return { state: "missing", names };
    if (!isCurrent(file, authority, names, now)) return { state: "outdated", names };
    const { cert } = readCertificate({ certificate: file, privateKey: file }, now);
    return { state: "current", names, validTo: parseCertificate(cert, file).validToDate };
  } catch (error) {
    throw startFault(`The local certificate ${file}`, error);
  }
}

function allNames(names: readonly string[]): readonly string[] {
  return [...new Set(["localhost", "127.0.0.1", "::1", ...names])];
}

function authorityFiles(folder: string): CertificateFiles {
  return { certificate: authorityFile(folder), privateKey: join(folder, folderFiles.authorityKey) };
}

/** Whether there is an authority. Throws `UserError` where only a half of it is there. */
function hasAuthority(folder: string): boolean {
  const files = authorityFiles(folder);
  const [hasCertificate, hasKey] = [isThere(files.certificate), isThere(files.privateKey)];
  if (hasCertificate === hasKey) return hasKey;
  const [there, missing] = hasKey
    ? [files.privateKey, files.certificate]
    : [files.certificate, files.privateKey];
  throw new UserError(
    `The local authority has ${there}, and ${missing} is missing. Restore it, or move the other aside to have a new authority made; clients must then be given the new ca.pem.`,
  );
}

async function openAuthority(folder: string, now: Date): Promise<Certificate> {
  const files = authorityFiles(folder);
  if (!hasAuthority(folder)) {
    const { issueAuthority } = await import("./issue-certificate.ts");
    const to = new Date(now.getTime() + authorityDays * day);
    const { cert, key } = await issueAuthority({ from: dayBefore(now), to });
    replaceFile(files.privateKey, key, 0o600);
    replaceFile(files.certificate, cert, 0o644);
  }
  keepPrivate(files.privateKey);
  return readCertificate(files, now);
}

/** Whether the certificate in a file is good for all names, from this authority, and for some time to come. */
function isCurrent(file: string, authority: Certificate, names: readonly string[], now: Date): boolean {
  if (!isThere(file)) return false;
  try {
    const { cert } = readCertificate({ certificate: file, privateKey: file }, now);
    const certificate = parseCertificate(cert, file);
    return (
      certificate.verify(parseCertificate(authority.cert, file).publicKey) &&
      certificate.validToDate.getTime() - now.getTime() > renewalDays * day &&
      names.every((name) => covers(certificate, name))
    );
  } catch (error) {
    // What cannot be used is made anew; what cannot be read is told.
    if (error instanceof UserError && !("syscall" in Object(error.cause))) return false;
    throw error;
  }
}

function covers(certificate: X509Certificate, name: string): boolean {
  return (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;
}

/** Clocks differ. */
function dayBefore(date: Date): Date {
  return new Date(date.getTime() - day);
}

/** The file is whole at any moment. */
function replaceFile(file: string, text: string, mode: number): void {
  const draft = `${file}.${randomUUID()}`;
  try {
    createOwned(draft, mode, dirname(file), text);
    renameSync(draft, file);
  } finally {
    tryToRemove(draft);
  }
}

/** A disk may be read-only, so nothing is written that is right already. */
function keepPrivate(file: string): void {
  if ((statSync(file).mode & 0o777) !== 0o600) chmodSync(file, 0o600);
}
