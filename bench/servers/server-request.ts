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
  /** Infinity where only the server limits them. */
  maxSessions: number;
}

/** What is known of a visit before anything is made. */
interface Preview {
  /** Why others seem to depend on the server; empty when nobody does. */
  concerns: readonly string[];
  /** What a run may open at the same time. */
  maxSessions: number;
}

/**
 * Told once, before anything is made on somebody's server, and asked where others seem to depend on it.
 *
 * @throws RunError or UsageError when it is to be left alone
 */
export type Confirm = (preview: Preview) => Promise<void>;

/** A database or role of ours that could not be removed from somebody's server, and why. */
export interface LeftBehind {
  name: string;
  reason: string;
  /** For a shell: tries again. */
  command: string;
}
