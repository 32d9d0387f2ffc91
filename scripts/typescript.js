/** Lets Node run the TypeScript sources: `node --import ./scripts/typescript.js bench/bin.ts`. */
import { isMainThread } from 'node:worker_threads';

// Otherwise tsx leaves a cache of transformed files in the temporary directory.
process.env.TSX_DISABLE_CACHE = '1';
await import('tsx');
// In other threads it waits to be told.
if (!isMainThread) (await import('tsx/esm/api')).register();
