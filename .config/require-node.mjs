// Loaded before everything else. better-sqlite3 13 crashes on older versions without a message, and older
// versions cannot read the sources, so say it here. npm scripts find the right one in node_modules/.bin.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 3)) {
  process.stderr.write(
    `Docket needs Node 24; this is ${process.versions.node} (${process.execPath}).\n`
    + 'Run "npm ci" first: it installs Node 24 inside the project, and "npm start", "npm run serve" and "npm test" use it.\n',
  );
  process.exit(1);
}
