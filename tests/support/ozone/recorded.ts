import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What a real Ozone 0.4.2 and PDS answered; `DOCKET_RECORD=1 npm run test:ozone` writes it anew. */
export type Recorded = { readonly nsid: string; readonly status: number; readonly answer: Readonly<Record<string, unknown>> };

const FOLDER = path.resolve(import.meta.dirname, '../../connectors/ozone/recorded');

export function recorded(name: string): Recorded {
  return JSON.parse(readFileSync(path.join(FOLDER, `${name}.json`), 'utf8')) as Recorded;
}

/** The entries of a recorded page. */
export function entriesOf(name: string, list: string): readonly Readonly<Record<string, unknown>>[] {
  return recorded(name).answer[list] as Readonly<Record<string, unknown>>[];
}
