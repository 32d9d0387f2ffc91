import type { Connection } from '../database/connection.ts';
import { runBlock } from './block.ts';

const BLOCKS = 20;
const EXECUTIONS = 100;

/**
 * What an empty query takes from client to server and back, block by block, in milliseconds: the part of every
 * client time that no index can shorten.
 */
export async function measureRoundTrip(connection: Connection): Promise<number[]> {
  const blocks: number[] = [];
  const ask = () => connection.query('');
  await runBlock(EXECUTIONS, ask);
  while (blocks.length < BLOCKS) blocks.push((await runBlock(EXECUTIONS, ask)).medianMs);
  return blocks;
}
