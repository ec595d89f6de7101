/**
 * What platforms say of reporters and have written in advance; and what the media cache has let go to stay small, with
 * the item it was fetched for. The hash of what was let go stays.
 */
export const sql = `
ALTER TABLE members ADD COLUMN reports_made_there INTEGER;
ALTER TABLE members ADD COLUMN reports_upheld_there INTEGER;
ALTER TABLE sync_state ADD COLUMN templates TEXT; -- JSON array of connectors' MessageTemplate
ALTER TABLE media ADD COLUMN item INTEGER;
ALTER TABLE media ADD COLUMN let_go_at INTEGER;
`;
