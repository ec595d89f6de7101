/** What can be done with one subject otherwise than with others of its type. */
export const sql = `
ALTER TABLE subjects ADD COLUMN verbs TEXT; -- JSON object of connectors' Capability by verb
`;
