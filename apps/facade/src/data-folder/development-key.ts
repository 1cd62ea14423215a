import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  hash,
  randomUUID,
  type KeyObject,
} from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { fileErrorText, UserError } from "@install-summary/command-line/errors";

/** The key pair of a data folder's development issuer. */
export interface DevelopmentKey {
  readonly keyId: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Opens the key pair of a data folder. Where there is none, it is made first, and the folder with it. */
export async function openDevelopmentKey(folder: string): Promise<DevelopmentKey> {
  const file = join(folder, "development-key.pem");
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (!existsSync(file)) await createKeyFile(file);
    await chmod(file, 0o600);
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
      `The development key ${file} is no private key of RSA. Move it away to get a new one; tokens of the old one are refused then.`,
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
