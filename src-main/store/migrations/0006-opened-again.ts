/** A report that was closed and that somebody on the platform opened again: what was decided before does not cover it. */
export const sql = `
ALTER TABLE reports ADD COLUMN opened_again_at INTEGER; -- when that was seen, ms
`;
