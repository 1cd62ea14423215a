import { readPublicApi } from "./public-api.ts";

const { text } = await readPublicApi();
process.stdout.write(text);
