import { citus } from './citus/index.ts';
import { docker } from './docker/index.ts';
import { embedded } from './embedded/index.ts';
import type { Target } from './target.ts';
import { url } from './url/index.ts';

/** Every place that a server may come from: help, `clean`, `matrix`, the import rules and the documents follow this list. */
export const TARGETS: readonly Target[] = [embedded, docker, citus, url];
