/**
 * What a decision covers goes by when a report was here, not by when the platform says it was made: its clock may be off,
 * and what was opened again there is covered by nothing that was decided before.
 */
export const sql = `
ALTER TABLE reports ADD COLUMN opened_at INTEGER; -- by this machine's clock, ms: when it came, or was opened again there; NULL: before this was kept
`;
