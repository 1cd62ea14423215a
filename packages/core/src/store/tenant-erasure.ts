/** How a tenant leaves a store. */
export interface TenantErasure {
  /** How much the store holds of the tenant. */
  measure(): Promise<TenantSize>;

  /**
   * Erases the tenant's apps, summaries and changes, in steps that let other requests through, and resolves to how many
   * apps and changes they were. What the tenant gets later has higher versions and sequences than it has ever had, so
   * that no ETag and no cursor means two things. An erasure that fails half-way can be run again, and so can one that the
   * signal has ended between two steps: it rejects with the signal's reason.
   */
  erase(signal?: AbortSignal): Promise<TenantSize>;
}

/** How much a store holds of a tenant. */
export interface TenantSize {
  readonly apps: number;
  readonly changes: number;
}
