import type { MemoryApp } from "@install-summary/core/contract";
import type { ByteSource } from "@install-summary/core/report";
import type { DevelopmentTokenOptions } from "./identity/development/development-issuer.ts";
import type { ImportReport } from "./import/apply-rows.ts";
import type { Log } from "./log/log.ts";
import type { FacadeSettings } from "./settings/given-settings.ts";
import type { TestAuthorityOptions } from "./test-authority/authority.ts";
import type { TestAuthority } from "./test-authority/start-test-authority.ts";

/** How a facade is started. */
export interface FacadeOptions {
  /** Without a data folder a temporary one is used and removed at the end; without a port any free one is used. */
  readonly settings?: FacadeSettings | undefined;
  /**
   * Apps that the store begins with, in the tenant of imports that name none. Texts that are left out are null, counters
   * 0. An app whose id the store knows stays as it is.
   */
  readonly apps?: readonly FacadeApp[] | undefined;
  /**
   * Accepts the tokens of an authority for tests, which are like those of Entra ID and are verified in the same way: a
   * running one, or one that is started with these options and ends with the facade. Without it and without `tenants` in
   * the settings, development tokens are accepted.
   */
  readonly testAuthority?: TestAuthority | TestAuthorityOptions | undefined;
  /** Without it nothing is logged. */
  readonly log?: Log | undefined;
  /** Runs before the port opens, so that every request finds what it imports. */
  readonly prepare?: ((facade: UnopenedFacade) => Promise<void>) | undefined;
}

/** An app that a facade begins with. One from a response of the service can be passed on. */
export type FacadeApp = Omit<MemoryApp, "version">;

/** How a report is imported into a facade. */
export interface FacadeImportOptions {
  /**
   * The id of the tenant, a GUID.
   *
   * @default the first of the tenants in the settings, else the development tenant
   */
  readonly tenantId?: string | undefined;
  /**
   * The user that the change log records.
   *
   * @default "createFacade"
   */
  readonly actor?: string | undefined;
  readonly dryRun?: boolean | undefined;
  readonly missingAsZero?: boolean | undefined;
}

/** A facade whose port is still closed. */
export interface UnopenedFacade extends Pick<Facade, "importReport"> {
  /** Whether the tenant of imports that name none has no app yet. */
  isEmpty(): Promise<boolean>;
}

/** A facade that serves on this machine. */
export interface Facade {
  /** The origin, such as `http://127.0.0.1:8420`; the contract's base URL is `${url}/beta`. */
  readonly url: string;
  /** Where Prometheus reads the metrics; undefined without the setting `metrics`. */
  readonly metricsUrl: string | undefined;
  /**
   * The file with the local authority's certificate, for clients to trust: `NODE_EXTRA_CA_CERTS`, `curl --cacert`.
   * Undefined for plain HTTP and for a certificate of another authority.
   */
  readonly authorityFile: string | undefined;
  /**
   * Issues a token that this facade accepts: by default of a user who may read and write. Rejects with `UserError` where
   * Entra ID itself issues them.
   */
  issueToken(options?: DevelopmentTokenOptions): Promise<string>;
  /** The authority for tests whose tokens are accepted, to issue others than those of `issueToken` and to rotate its keys. */
  readonly testAuthority: TestAuthority | undefined;
  /**
   * Imports a report, as `install-summary-facade import` does: CSV, JSON, or the ZIP of Intune's export, or the pages of
   * one report together. Rejects with the 503 of `POST /api/imports` while another import of the tenant runs.
   */
  importReport(
    source: ByteSource | readonly ByteSource[],
    options?: FacadeImportOptions,
  ): Promise<ImportReport>;
  /**
   * Returns to the `apps` that the facade was given and to what `prepare` does, and forgets everything else of all
   * tenants. Versions go on, so that an ETag from before fits no more; cursors of the change log from before are a 410.
   * Rejects with `UserError` where the settings name a data folder or a store: what is there may be wanted.
   */
  reset(): Promise<void>;
  /**
   * Resolves to the reason once the facade can serve no more, because its data folder or store was moved, replaced or
   * taken by another facade. It responds with 503 then, and is to be closed.
   */
  readonly lost: Promise<Error>;
  /** Responds to open requests, ends, and removes a temporary folder. */
  close(): Promise<void>;
}
