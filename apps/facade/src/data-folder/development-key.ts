import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  hash,
  randomUUID,
  type KeyObject,
} from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, link, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { fileErrorText, UserError } from "@install-summary/command-line/errors";
import { makeFolder } from "./prepare-folder.ts";

/** The key pair of a data folder's development issuer. */
export interface DevelopmentKey {
  readonly keyId: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Opens the key pair of a data folder. A missing key is made first, and a missing folder with it. */
export async function openDevelopmentKey(folder: string): Promise<DevelopmentKey> {
  const file = join(folder, "development-key.pem");
  try {
    if (!existsSync(file)) {
      makeFolder(folder);
      await createKeyFile(file);
    }
    // A disk may be read-only, so nothing is written that is right already.
    if (((await stat(file)).mode & 0o777) !== 0o600) await chmod(file, 0o600);
    return readKey(await readFile(file, "utf8"), file);
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new UserError(`The development key ${file} cannot be opened: ${fileErrorText(error)}.`, {
      cause: error,
    });
  }
}

function readKey(pem: string, file: string): DevelopmentKey {
  try {
    const privateKey = createPrivateKey(pem);
    const publicKey = createPublicKey(privateKey);
    const keyId = hash("sha256", publicKey.export({ type: "spki", format: "der" }), "base64url");
    if (privateKey.asymmetricKeyType === "rsa") return { keyId, publicKey, privateKey };
    throw new Error(`it is a key of type ${privateKey.asymmetricKeyType}`);
  } catch (error) {
    throw new UserError(
      `The development key ${file} is not an RSA private key. Move it aside to have a new one created; tokens signed with the old key stop working.`,
      { cause: error },
    );
  }
}

/** The file gets its name only when it is whole, and only if no other process was first. */
async function createKeyFile(file: string): Promise<void> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" });
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, pem, { mode: 0o600, flag: "wx", flush: true });
    await link(draft, file).catch((error: unknown) => {
      if (!existsSync(file)) throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
}
