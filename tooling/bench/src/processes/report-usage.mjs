// Loaded in front of a program that is measured: says what its process has used, when it is asked and when it ends. It is
// plain JavaScript, since reading types would add to the memory of what is measured.
import { DatabaseSync } from "node:sqlite";

let commits = 0;
// oxlint-disable-next-line typescript/unbound-method -- It is called with its database as `this` below.
const { prepare } = DatabaseSync.prototype;

/** @this {DatabaseSync} */
DatabaseSync.prototype.prepare = function prepareCounted(sql, ...rest) {
  const statement = prepare.call(this, sql, ...rest);
  if (sql !== "COMMIT") return statement;
  const run = statement.run.bind(statement);
  statement.run = () => {
    commits += 1;
    return run();
  };
  return statement;
};

function report() {
  const { user, system } = process.cpuUsage();
  process.send?.({
    cpuUs: user + system,
    rssBytes: process.memoryUsage.rss(),
    peakBytes: process.resourceUsage().maxRSS * 1024,
    commits,
  });
}

process.on("message", report);
process.once("beforeExit", report);
// Only to listen keeps no program alive.
process.channel?.unref();
