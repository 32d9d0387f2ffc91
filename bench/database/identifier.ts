export { escapeIdentifier } from 'pg';
