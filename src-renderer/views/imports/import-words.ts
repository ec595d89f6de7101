import type { FileFormat, ImportView } from '../../../src-main/contract/imports.ts';
import type { MappingPreview } from '../../../src-main/contract/mapping.ts';
import { assertNever } from '../../../src-main/contract/words.ts';
import { countWords } from '../../ui/count-words.ts';

const UNITS = ['bytes', 'kB', 'MB', 'GB'] as const;

/** A size as people write it: "812 bytes", "4.1 MB". */
export function sizeWords(bytes: number): string {
  let [size, unit] = [bytes, 0];
  while (size >= 1000 && unit < UNITS.length - 1) [size, unit] = [size / 1000, unit + 1];
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${UNITS[unit] ?? 'bytes'}`;
}

/** How a file is written, in the order of a list box. */
export const KINDS: readonly { readonly value: FileFormat['kind']; readonly label: string }[] = [
  { value: 'csv', label: 'CSV' }, { value: 'json-lines', label: 'JSON Lines' }, { value: 'json', label: 'JSON' },
];
export const ENCODINGS: readonly { readonly value: FileFormat['encoding']; readonly label: string }[] = [
  { value: 'utf-8', label: 'UTF-8' }, { value: 'utf-16le', label: 'UTF-16 LE' }, { value: 'utf-16be', label: 'UTF-16 BE' }, { value: 'windows-1252', label: 'Windows-1252' },
];
export const DELIMITERS: readonly { readonly value: string; readonly label: string }[] = [
  { value: ',', label: 'Comma' }, { value: ';', label: 'Semicolon' }, { value: '\t', label: 'Tab' }, { value: '|', label: 'Bar' },
];

/** How many rows a mapping was tried on, and what came of them. */
export function checkedWords({ checked, whole, problems, notes, leftOut }: MappingPreview): string {
  const rows = checked === 1 ? '1 row' : `${countWords(checked)} rows`;
  return [
    whole ? rows : `first ${rows}`,
    ...(leftOut > 0 ? [`${countWords(leftOut)} left out`] : []),
    problems === 0 ? 'all can be taken' : `${countWords(problems)} cannot be taken`,
    ...(notes > 0 ? [`${countWords(notes)} taken with something unread`] : []),
  ].join(' · ');
}

/** What the button that begins the import says. */
export function commitWords({ checked, whole, problems, leftOut }: MappingPreview): string {
  if (!whole) return 'Import the rows';
  const rows = checked - problems - leftOut;
  return rows === 1 ? 'Import 1 row' : `Import ${countWords(rows)} rows`;
}

/** How far an import is, from 0 to 1; null once it is over. First its bytes are read, then its rows arrive. */
export function importShare({ state, read, bytes, rows, waiting, received }: ImportView): number | null {
  switch (state) {
    case 'uploading': return bytes === 0 ? 0 : received / bytes;
    case 'reading': return bytes === 0 ? 0 : read / bytes;
    case 'arriving': return rows === 0 ? 0 : (rows - waiting) / rows;
    case 'uploaded': case 'done': case 'failed': return null;
    default: return assertNever(state, 'import state');
  }
}

/** Where an import stands, in words. */
export function importWords(view: ImportView): string {
  const { state, rows, waiting, problems, received, bytes } = view;
  const counted = rows === 1 ? '1 row' : `${countWords(rows)} rows`;
  const aside = problems === 0 ? '' : problems === 1 ? ', 1 row kept aside' : `, ${countWords(problems)} rows kept aside`;
  switch (state) {
    case 'uploading': return `${sizeWords(received)} of ${sizeWords(bytes)} here`;
    case 'uploaded': return 'waits for its mapping';
    case 'reading': return `${counted} read so far${aside}`;
    case 'arriving': return `${countWords(rows - waiting)} of ${counted} in the queue${aside}`;
    case 'done': return `${counted} read${problems === 0 ? ', all taken' : aside}`;
    case 'failed': return 'stopped';
    default: return assertNever(state, 'import state');
  }
}
