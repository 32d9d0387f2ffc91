/** What is typed before a command: npm's script in a checkout, the `bin` where the package is installed. */
export const PROGRAM = import.meta.filename.endsWith('.ts') ? 'npm run index-impact --' : 'index-impact';
