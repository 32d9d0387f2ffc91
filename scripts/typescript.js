/** Lets Node run the TypeScript sources: `node --import ./scripts/typescript.js bench/bin.ts`. */

// Otherwise tsx leaves a cache of transformed files in the temporary directory.
process.env.TSX_DISABLE_CACHE = '1';
await import('tsx');
