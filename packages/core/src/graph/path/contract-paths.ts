import { readingMethods } from "../exchange/response.ts";
import type { Resource } from "./resource-path.ts";

/** What a path of the contract can name. */
export type ContractKind = Exclude<Resource["kind"], "fault">;

/** A path of the contract, and what may be done with it. */
export interface ContractPath {
  /** Below the origin of the service, with `{id}` for the id of an app. */
  readonly template: string;
  /** As `Allow` lists them. */
  readonly methods: readonly string[];
}

const appsPath = "/beta/deviceAppManagement/mobileApps";

/** The paths of the contract, by what they name. */
export const contractPaths: Readonly<Record<ContractKind, ContractPath>> = {
  summary: {
    template: `${appsPath}/{id}/installSummary`,
    methods: ["GET", "HEAD", "PATCH", "OPTIONS"],
  },
  app: { template: `${appsPath}/{id}`, methods: readingMethods },
  apps: { template: appsPath, methods: readingMethods },
  count: { template: `${appsPath}/$count`, methods: readingMethods },
  batch: { template: "/beta/$batch", methods: ["POST", "OPTIONS"] },
  metadata: { template: "/beta/$metadata", methods: readingMethods },
  service: { template: "/beta/", methods: readingMethods },
};
