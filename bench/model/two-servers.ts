import { z } from 'zod';
import { perArm } from './arm.ts';
import { Estimate } from './estimate.ts';

const ServerFacts = z.strictObject({
  /** Host, and port where one was named; with the database where it was there already. */
  place: z.string(),
  /** As `server_version` prints it. */
  postgresVersion: z.string(),
});

/** The servers of a run whose arms are on two: `before` is that of `--before`, `after` that of `--after`. */
export const ServerPair = z.strictObject({
  ...perArm(ServerFacts).shape,
  /** Whether the arms change places, or are databases that were there already. Missing in older results, where they do. */
  arms: z.enum(['change places', 'stay']).exactOptional(),
  /** Settings with other values in sessions of the suite on the other server. */
  differing: z.array(z.strictObject({ setting: z.string(), ...perArm(z.string()).shape })),
});
export type ServerPair = z.infer<typeof ServerPair>;

/** A statement without the candidate, and its time on the server of `--after` / its time on that of `--before`. */
const JudgedYardstick = z.strictObject({ title: z.string(), ratio: Estimate });

/** The same, and how far they differ where both have the same databases. */
export const TwoServers = ServerPair.extend({
  /**
   * Time on the server of `--after` / time on that of `--before`: of the canaries, or, where the arms stay, of one more statement
   * than the yardsticks. Missing where these had too few rounds.
   */
  ratio: Estimate.exactOptional(),
  /** Where the arms stay: those that had enough rounds. */
  yardsticks: z.array(JudgedYardstick).exactOptional(),
});
export type TwoServers = z.infer<typeof TwoServers>;
