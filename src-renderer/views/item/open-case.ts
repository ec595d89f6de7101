import { details } from '../../state/details.ts';
import { targetIds } from '../../state/deciding.ts';
import { CATEGORY_WORDS } from '../../state/verb-words.ts';
import { askCase } from '../cases/open-flow.ts';

/** Asks for a case with the picked items, else this one, as evidence; its title is begun from who and what for. */
export function openCase(id: number): void {
  const row = details.get(id)?.row;
  const picked = targetIds();
  const who = row?.author?.name ?? '';
  const what = row === undefined ? '' : CATEGORY_WORDS[row.category].toLowerCase();
  askCase(picked.includes(id) ? picked : [id], who === '' ? what : `${who}: ${what}`);
}
