// Started by development-key.test.ts, several times at once: prints the key of a data folder.
import { openDevelopmentIssuer } from "../src/identity/development/development-issuer.ts";

const { keyId } = await openDevelopmentIssuer(process.argv[2] ?? "");
process.stdout.write(keyId);
