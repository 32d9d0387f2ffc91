import { isUserSchema } from '../../../database/relations.ts';
import { isOfExtension, objectText } from '../catalog-sql.ts';
import type { Kind } from './kind.ts';

export const DICTIONARIES: Kind = {
  part: 'beforeRows',
  query: `
    SELECT 'pg_ts_dict:' || o.oid AS address, ${objectText('pg_ts_dict', 'o.oid')} AS object,
           format('CREATE TEXT SEARCH DICTIONARY %I.%I (%s)', n.nspname, o.dictname,
                  concat_ws(', ', format('TEMPLATE = %I.%I', tn.nspname, t.tmplname), o.dictinitoption)) AS sql
    FROM pg_ts_dict o
    JOIN pg_namespace n ON n.oid = o.dictnamespace AND ${isUserSchema('n')}
    JOIN pg_ts_template t ON t.oid = o.dicttemplate
    JOIN pg_namespace tn ON tn.oid = t.tmplnamespace
    WHERE NOT ${isOfExtension('pg_ts_dict', 'o.oid')}`,
};

/** SQL: one statement for each kind of token that the configuration `o` maps to dictionaries. */
const MAPPINGS = `
  (SELECT string_agg(format(E';\\nALTER TEXT SEARCH CONFIGURATION %I.%I ADD MAPPING FOR %I WITH %s',
                            n.nspname, o.cfgname, token.alias, mapped.dictionaries), '' ORDER BY token.tokid)
   FROM ts_token_type(o.cfgparser) AS token
   JOIN (SELECT maptokentype, string_agg(mapdict::regdictionary::text, ', ' ORDER BY mapseqno) AS dictionaries
         FROM pg_ts_config_map WHERE mapcfg = o.oid GROUP BY maptokentype) AS mapped
     ON mapped.maptokentype = token.tokid)`;

export const CONFIGURATIONS: Kind = {
  part: 'beforeRows',
  query: `
    SELECT 'pg_ts_config:' || o.oid AS address, ${objectText('pg_ts_config', 'o.oid')} AS object,
           format('CREATE TEXT SEARCH CONFIGURATION %I.%I (PARSER = %I.%I)',
                  n.nspname, o.cfgname, pn.nspname, p.prsname) || coalesce(${MAPPINGS}, '') AS sql
    FROM pg_ts_config o
    JOIN pg_namespace n ON n.oid = o.cfgnamespace AND ${isUserSchema('n')}
    JOIN pg_ts_parser p ON p.oid = o.cfgparser
    JOIN pg_namespace pn ON pn.oid = p.prsnamespace
    WHERE NOT ${isOfExtension('pg_ts_config', 'o.oid')}`,
};
