import { core } from "zod";

// A test that ran with another zod would prove nothing.
const { major, minor, patch } = core.version;
const version = `${major}.${minor}.${patch}`;
if (!version.startsWith("4.3.")) throw new Error(`these tests must run with zod 4.3 but run with ${version}`);
