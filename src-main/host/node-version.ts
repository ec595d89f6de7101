/** The oldest Node that better-sqlite3 13 runs on; on Node 20 it ends the process without a message. */
const OLDEST = 24;

/** A sentence to stop with, or null where this Node will do. Electron brings its own, recent enough. */
export function nodeProblem(version: string = process.versions.node): string | null {
  const major = Number.parseInt(version, 10);
  if (major >= OLDEST) return null;
  return `Docket needs Node ${OLDEST} and this is Node ${version}. Start it with "npm start" or "npm run serve", which use the Node that "npm ci" installs.`;
}
