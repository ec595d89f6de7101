import type { Connector } from '../connector.ts';
import { mappedSession } from '../mapped/session.ts';
import { ENDPOINT_FIELDS, instanceNamed, MAPPING_FIELD, mappingIn, NAME_FIELD } from '../mapped/settings.ts';

/** Files that a person imports: CSV, JSON Lines, JSON. Their rows reach the inbox through the desk (services/imports). */
export const file: Connector = {
  id: 'file',
  title: 'File import',
  summary: 'Brings reports from CSV and JSON Lines files, by a mapping that you build. Decisions go to an endpoint of yours, signed, or stay in Docket.',
  fields: [NAME_FIELD, { ...MAPPING_FIELD, help: 'Which column is what. Guessed from the columns’ names where it is left out.' }, ...ENDPOINT_FIELDS],
  intake: 'files',
  instance: instanceNamed,
  open: (io, values) => mappedSession({
    io, values, mapping: mappingIn(values), name: String(values['name']), begin: () => Promise.resolve([]), close: () => Promise.resolve(),
  }),
};
