import type { FileTransaction } from '../model/candidate.ts';
import type { TableSource } from '../model/dataset.ts';
import type { FileLocation } from '../model/file-location.ts';
import type { Locale } from '../model/locale.ts';
import type { Goal, Mix } from '../model/migration.ts';
import type { ExpectedIndex } from '../model/verification.ts';
import type { ReadItem, WriteItem } from '../model/work-item.ts';
import type { SourceFacts } from '../model/source.ts';
import type { Claim } from './claim.ts';

/** Every key may be left out, or be undefined. */
type Optional<T> = { [K in keyof T]?: T[K] | undefined };

/** An item of which only these keys have to be given. */
type Declared<Item, Required extends keyof Item> = Pick<Item, Required> & Optional<Omit<Item, Required>>;

/** A read: what a suite has to say of it, and what it may. */
export type ReadDefinition = Declared<ReadItem, 'id' | 'sql'>;

/** A write: what a suite has to say of it, and what it may. */
export type WriteDefinition = Declared<WriteItem, 'id' | 'sql' | 'operation' | 'table'>;

/** A catalog query that the suite's document prints, and the nearest form that works where it does not. */
export interface DocumentedQuery {
  title: string;
  sql: string;
  workingForm?: string | undefined;
}

/** An index that the suite's document proposes for later. */
export interface OpportunityDefinition {
  title: string;
  table: string;
  /** The statement of the document. */
  asWritten: FileLocation;
  /** The nearest form that can be created on the schema; it may drop an index that it is to be held against. */
  nearest: FileLocation;
  /** Queries that it would serve. @default none */
  reads?: readonly ReadDefinition[] | undefined;
  /** What keeps it up, beside the suite's own writes. @default none */
  writes?: readonly WriteDefinition[] | undefined;
}

/**
 * All that is specific to one application. Only `name`, `migrations`, `candidate`, `dataset.tables` and one read or
 * write have to be there: everything else is derived from them, or left out of the report.
 */
export interface SuiteDefinition {
  /** Kebab-case. */
  name: string;
  /** @default the name, in words */
  title?: string | undefined;
  /**
   * Schemas in which names without one are looked up, in this order: the `search_path` of the sessions that run the suite's
   * SQL. @default the server's, which is `public` where nobody has changed it
   */
  searchPath?: readonly string[] | undefined;
  /**
   * How the databases encode and sort text, or as near to that as the server comes. The report says where it has another
   * locale. @default the server's
   */
  locale?: Locale | undefined;
  /** The schema: SQL files, in the order they are applied. They leave the baseline `shipped`. */
  migrations: readonly FileLocation[];
  /**
   * The rest of the schema: SQL files that are applied once the rows are loaded. Indexes are built faster then, and
   * foreign keys ask for no order of the tables. @default none
   */
  afterRows?: readonly FileLocation[] | undefined;
  /**
   * How the tables are spread over the nodes of a cluster: SQL that is applied after `migrations`, where the server is one.
   * @default all stay on its coordinator
   */
  distribution?: FileLocation | undefined;
  /** The index migration under test. */
  candidate: {
    /** @default what its file is called, without `.up` and `.sql` */
    name?: string | undefined;
    up: FileLocation;
    /** Takes `up` back. @default none: nothing is checked of it */
    down?: FileLocation | undefined;
    /**
     * In which transactions `up` is carried out: `whole`, all in one; `none`, each statement in its own; `message`, in one
     * where there are several. @default one, unless a statement cannot be part of a transaction
     */
    transaction?: FileTransaction | undefined;
  };
  dataset: {
    /** In an order that satisfies the foreign keys of `migrations`. */
    tables: readonly TableSource[];
    /** That the rows are made from: the filled tables are held against it. @default none */
    snapshot?: FileLocation | undefined;
    /**
     * Updates that give the freshly loaded heap the gaps of one that has been in use.
     * @default `aged` of each table: rows updated without a change, every fifth unless it says otherwise
     */
    age?: FileLocation | undefined;
  };
  reads?: readonly ReadDefinition[] | undefined;
  writes?: readonly WriteDefinition[] | undefined;
  /**
   * Ids of items that every run also measures between two copies without the candidate, to see what the run itself
   * makes of no difference. @default the keyed read that the planner expects to be fastest, the read that it expects to
   * be slowest, the first INSERT and the first UPDATE
   */
  canaries?: readonly string[] | undefined;
  /** Id of the write that several sessions also carry out at once, under `--workload full`. @default none */
  concurrentWrite?: string | undefined;
  /** Unless these reads become as much faster, the candidate is not to be shipped. @default none */
  goals?: readonly Goal[] | undefined;
  /**
   * Reads to writes among the application's statements, and why they are taken to be so.
   * @default the sum of the reads' weights to the sum of the writes' weights
   */
  mix?: (Mix & { reason?: string | undefined }) | undefined;
  /**
   * What the weights of statements are, where they are more than proportions. The report then says what an hour saves,
   * costs and logs, and an index that costs more than it saves in it is not recommended. Each statement of the headline
   * workload says its weight, and there is no `mix`. @default proportions
   */
  weightsAre?: 'calls per hour' | undefined;
  /** Indexes that the document proposes for later, measured under `--workload full`. @default none */
  opportunities?: readonly OpportunityDefinition[] | undefined;
  documented?:
    | {
        /** The candidate's indexes as the document describes them. @default those that the candidate makes */
        indexes?: readonly ExpectedIndex[] | undefined;
        /** @default none */
        queries?: readonly DocumentedQuery[] | undefined;
      }
    | undefined;
  /** What the document states and a run can check, in its order. @default none */
  claims?: readonly Claim[] | undefined;
  /** The database that the suite was read from, where it was: it becomes a part of every report. @default none */
  source?: SourceFacts | undefined;
}

/** Declares a suite: the default export of the module that `--suite` names. */
export const defineSuite = (suite: SuiteDefinition): SuiteDefinition => suite;
