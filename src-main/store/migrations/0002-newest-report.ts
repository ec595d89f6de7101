/** How fresh what is here is: the time of a connection's newest report, kept so that no list has to look for it. */
export const sql = `
ALTER TABLE sync_state ADD COLUMN newest_at INTEGER;
UPDATE sync_state SET newest_at = (SELECT max(created_at) FROM reports WHERE reports.connection = sync_state.connection);
`;
