import type { SearchPath } from '../model/source.ts';

/** `without a schema are looked up in app, public: the search_path of role app; role batch has another one` */
export function searchPathText({ schemas, of, others }: SearchPath): string {
  const where = schemas.length > 0 ? `in ${schemas.join(', ')}` : 'nowhere';
  const besides =
    others.length === 0
      ? ''
      : `; ${others.length === 1 ? 'role' : 'roles'} ${others.join(', ')} ${others.length === 1 ? 'has' : 'have'} another one`;
  return `without a schema are looked up ${where}: the search_path of ${of}${besides}`;
}
