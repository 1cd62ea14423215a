import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  hash,
  randomUUID,
  type KeyObject,
} from "node:crypto";
import { chmod, link, stat } from "node:fs/promises";
import { platform } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { UserError } from "@install-summary/command-line/errors";
import { startFault } from "../files/file-fault.ts";
import { folderFiles } from "../files/folder-files.ts";
import { isThere } from "../files/look.ts";
import { adviseMode, createOwned } from "../files/owner.ts";
import { tryToRemove } from "../files/remove-file.ts";
import { readSmallFile } from "../files/read-small-file.ts";
import { makeFolder } from "./prepare-folder.ts";

/** The key pair of a data folder's development issuer. */
export interface DevelopmentKey {
  readonly keyId: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** The least that RS256 may be signed with. Source: RFC 7518, section 3.3. */
const keyBits = 2048;

/** Opens the key pair of a data folder. A missing key is made first, and a missing folder with it. */
export async function openDevelopmentKey(folder: string): Promise<DevelopmentKey> {
  const file = join(folder, folderFiles.developmentKey);
  try {
    if (!isThere(file)) {
      makeFolder(folder);
      await createKeyFile(file);
    }
    const status = await stat(file);
    if (!status.isFile()) throw notAFile(file);
    // A disk may be read-only, so nothing is written that is right already.
    if ((status.mode & 0o777) !== 0o600) await chmod(file, 0o600);
    return readKey(readText(file), file);
  } catch (error) {
    throw startFault(`The development key ${file}`, error);
  }
}

/** Checks the key of a data folder without changing it; false where there is none yet. Throws `UserError`. */
export async function checkDevelopmentKey(folder: string): Promise<boolean> {
  const file = join(folder, folderFiles.developmentKey);
  if (!isThere(file)) return false;
  try {
    const status = await stat(file);
    if (!status.isFile()) throw notAFile(file);
    if (platform() !== "win32" && (status.mode & 0o077) !== 0) {
      throw new UserError(`Other users can read the development key ${file}. ${adviseMode(file, "600")}`);
    }
    readKey(readText(file), file);
    return true;
  } catch (error) {
    throw startFault(`The development key ${file}`, error);
  }
}

function readText(file: string): string {
  return readSmallFile(`The development key ${file}`, file).toString("utf8");
}

function readKey(pem: string, file: string): DevelopmentKey {
  try {
    const privateKey = createPrivateKey(pem);
    const publicKey = createPublicKey(privateKey);
    const keyId = hash("sha256", publicKey.export({ type: "spki", format: "der" }), "base64url");
    const { asymmetricKeyType: type, asymmetricKeyDetails } = privateKey;
    const bits = asymmetricKeyDetails?.modulusLength ?? 0;
    if (type === "rsa" && bits >= keyBits) return { keyId, publicKey, privateKey };
    throw new Error(`it is a key of type ${type} with ${bits} bits`);
  } catch (error) {
    throw new UserError(
      `The development key ${file} is not an RSA private key of at least ${keyBits} bits. Move it aside to have a new one created; tokens signed with the old key stop working.`,
      { cause: error },
    );
  }
}

function notAFile(file: string): UserError {
  return new UserError(
    `The development key ${file} is a folder, a pipe or a device, and not a file. Move it aside to have a new one created.`,
  );
}

/** The file gets its name only when it is whole, and only if no other process was first. */
async function createKeyFile(file: string): Promise<void> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: keyBits });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const draft = `${file}.${randomUUID()}`;
  try {
    createOwned(draft, 0o600, dirname(file), pem);
    await link(draft, file).catch((error: unknown) => {
      if (!isThere(file)) throw error;
    });
  } finally {
    tryToRemove(draft);
  }
}
