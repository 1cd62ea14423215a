import { existsSync } from "node:fs";
import { join } from "node:path";
import { hasProgram } from "@tooling/e2e/has-program";
import { expect, test, type TestContext } from "vitest";
import { breakages, stopped, useBrokenReads } from "../src/check-broken-reads.ts";
import { expected, succeeds, useClients } from "../src/check-client.ts";
import { examples } from "../src/run-client.ts";

const run = useClients();
const runBroken = useBrokenReads();
const program = (name: string): string => join(examples, "clients", name);
const gson = "/usr/share/java/gson.jar";
const java = ["-cp", gson, program("JavaClient.java")];
// Java's own authorities are in a file, which here has the one of the facade.
const runWithKnown = `keytool -importcert -noprompt -file "$SSL_CERT_FILE" -keystore known.p12 -storepass changeit &&
  exec java -Djavax.net.ssl.trustStore=known.p12 -Djavax.net.ssl.trustStorePassword=changeit "$@"`;

const languages: readonly Language[] = [
  {
    name: "Python with requests",
    command: ["python3", program("python-requests.py")],
    needs: ({ skip }) => {
      const install = "requests is not installed (apt-get install python3-requests)";
      skip(!succeeds("python3", "-c", "import requests"), install);
    },
  },
  {
    name: "Go",
    command: ["go", "run", program("go-http.go")],
    needs: ({ skip }) => skip(!hasProgram("go"), "Go is not installed (apt-get install golang)"),
  },
  {
    name: "Java",
    command: ["java", ...java],
    withKnownAuthority: ["sh", "-c", runWithKnown, "java", ...java],
    needs: ({ skip }) => {
      skip(!hasProgram("java"), "Java is not installed (apt-get install default-jdk)");
      skip(!existsSync(gson), "Gson is not installed (apt-get install libgoogle-gson-java)");
    },
  },
];

interface Language {
  readonly name: string;
  readonly command: Command;
  readonly withKnownAuthority?: Command;
  readonly needs: (context: TestContext) => void;
}

type Command = readonly [string, ...(readonly string[])];

test.for(languages)("$name", async ({ command, needs }, context) => {
  needs(context);
  expect(await run(command)).toEqual(expected);
});

test.for(languages)(
  "$name, with an authority that is known to the system",
  async ({ command, withKnownAuthority = command, needs }, context) => {
    needs(context);
    expect(await run(withKnownAuthority, "known")).toEqual(expected);
  },
);

test.for(languages)(
  "$name refuses a certificate that nobody knows where CA is empty",
  async ({ command, needs }, context) => {
    needs(context);
    await expect(run(command, "unknown")).rejects.toThrow(/certificate|PKIX/);
  },
);

const broken = languages.flatMap((language) =>
  breakages.map((breakage) => ({ ...language, what: breakage.what, breakage })),
);

test.for(broken)("$name has changed nothing after $what", async ({ command, needs, breakage }, context) => {
  needs(context);
  expect(await runBroken(command, breakage)).toEqual(stopped);
});
