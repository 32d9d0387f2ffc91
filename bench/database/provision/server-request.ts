/** Where the server of a run comes from. */
export type ServerRequest =
  { target: 'embedded'; major: number } | { target: 'docker'; image: string; major: number } | GuestRequest;

/** A server of somebody's, on which we are guests. */
export interface GuestRequest {
  target: 'url';
  /** Without a password, unless it came from the environment. */
  url: string;
  /** Of all our databases there together. */
  maxSizeBytes: number;
}

/**
 * Asked once, before anything is made, when a server looks as if others depend on it.
 *
 * @throws RunError or UsageError when it is to be left alone
 */
export type Confirm = (concerns: readonly string[]) => Promise<void>;
