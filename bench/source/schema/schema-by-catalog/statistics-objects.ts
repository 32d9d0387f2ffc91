import { isUserSchema } from '../../../database/relations.ts';
import { objectText } from '../catalog-sql.ts';
import type { Kind } from './kind.ts';

export const STATISTICS_OBJECTS: Kind = {
  part: 'afterRows',
  query: `
    SELECT 'pg_statistic_ext:' || s.oid AS address, ${objectText('pg_statistic_ext', 's.oid')} AS object,
           pg_get_statisticsobjdef(s.oid) || CASE WHEN s.stxstattarget >= 0
             THEN format(E';\\nALTER STATISTICS %I.%I SET STATISTICS %s', n.nspname, s.stxname, s.stxstattarget)
             ELSE '' END AS sql
    FROM pg_statistic_ext s
    JOIN pg_namespace n ON n.oid = s.stxnamespace AND ${isUserSchema('n')}`,
};
