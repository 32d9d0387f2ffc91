declare module 'pgpass' {
  interface Session {
    host: string;
    port: number;
    database: string | undefined;
    user: string | undefined;
  }
  /** Reads PGPASSFILE, or ~/.pgpass; `undefined` where it has no password for this session. */
  export default function pgPass(session: Session, tell: (password: string | undefined) => void): void;
}
