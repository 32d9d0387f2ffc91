import { z } from 'zod';
import { perArm } from './arm.ts';
import { Estimate } from './estimate.ts';

const ServerFacts = z.strictObject({
  /** Host, and port where one was named. */
  place: z.string(),
  /** As `server_version` prints it. */
  postgresVersion: z.string(),
});

/** The servers of a run whose arms are on two: `before` is that of `--before`, `after` that of `--after`. */
export const ServerPair = z.strictObject({
  ...perArm(ServerFacts).shape,
  /** Settings with other values in sessions of the suite on the other server. */
  differing: z.array(z.strictObject({ setting: z.string(), ...perArm(z.string()).shape })),
});
export type ServerPair = z.infer<typeof ServerPair>;

/** The same, and how far they differ where both have the same databases. */
export const TwoServers = ServerPair.extend({
  /** Time on the server of `--after` / time on that of `--before`, of the canaries. Missing where these had too few rounds. */
  ratio: Estimate.exactOptional(),
});
export type TwoServers = z.infer<typeof TwoServers>;
