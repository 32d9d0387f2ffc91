import type { Resolved } from './closed.ts';
import type { Scope } from './scopes.ts';
import type { Use } from './use.ts';

/** Which rows the values come from: those of a frequent, a typical or a rare value. */
export type Temperature = 'hot' | 'median' | 'cold';

/** A level with what its parameters are used for. */
export interface UsedScope {
  scope: Scope;
  uses: readonly Use[];
}

/** The FROM items that draw values, and SQL for each value. */
export interface Draw {
  items: readonly string[];
  values: Resolved;
}

/** What has been drawn so far; constants are known from the beginning. */
export class Drawing implements Draw {
  readonly items: string[] = [];
  readonly values = new Map<number, string>();

  constructor(levels: readonly UsedScope[]) {
    for (const use of levels.flatMap(({ uses }) => uses))
      if (use.kind === 'constant') this.values.set(use.number, use.sql);
  }

  /** @returns the name of the item */
  add(sql: string): string {
    const name = `k${this.items.length + 1}`;
    this.items.push(`(${sql}) AS ${name}`);
    return name;
  }
}

export const whereSql = (conditions: readonly string[]): string =>
  conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
