import { Image } from 'lucide-react';
import { memo } from 'react';
import type { ItemRow } from '../../../src-main/contract/queue.ts';
import { useSource } from '../../state/counts.ts';
import { useDesk } from '../../state/desk.ts';
import { fitsView } from '../../state/leaving.ts';
import { useQueue } from '../../state/queue.ts';
import { useRow } from '../../state/rows.ts';
import { sourceName } from '../../state/source-words.ts';
import { CATEGORY_WORDS } from '../../state/verb-words.ts';
import { Chip, HueDot } from '../../ui/badge.tsx';
import { MemberName } from '../../ui/member-name.tsx';
import { languageTag } from './language-tag.ts';
import { isVeiled } from '../item/veil.ts';
import css from './queue-grid.module.css';

/** What it says, then where, who and what for. */
export const ContentCell = memo(function ContentCell({ id }: { readonly id: number }) {
  const row = useRow(id);
  if (row === undefined) return null;
  return (
    <>
      <p className={css.snippet} dir="auto">
        {row.mediaCount > 0 && <Image className={css.media} aria-label={row.mediaCount === 1 ? 'Has an image' : `Has ${row.mediaCount} media`} />}
        <Snippet row={row} />
      </p>
      <Facts row={row} />
    </>
  );
});

/** The beginning of the text; severe text waits for whoever opens the item and holds the key. */
function Snippet({ row }: { readonly row: ItemRow }) {
  const looking = useDesk((state) => state.revealed) && isVeiled(row);
  const selected = useQueue((state) => state.selected === row.id);
  if (isVeiled(row) && !(looking && selected)) return <span className={css.wordless}>Veiled · {row.place ?? CATEGORY_WORDS[row.category]}</span>;
  if (row.snippet !== '') return row.snippet;
  return <span className={css.wordless}>{row.mediaCount > 0 ? 'Media without words' : row.subjectType === 'member' ? 'The member’s profile' : 'No text'}</span>;
}

const STATE_WORDS: Readonly<Record<ItemRow['state'], string>> = {
  open: 'open', conflict: 'conflict', escalated: 'escalated', snoozed: 'snoozed', decided: 'decided', handled: 'handled there',
};

function Facts({ row }: { readonly row: ItemRow }) {
  const source = useSource(row.connectionId);
  const tag = languageTag(row.language);
  return (
    <p className={css.facts}>
      {source !== undefined && <HueDot hue={source.hue} />}
      <bdi className={css.where} title={source === undefined ? undefined : `${source.title} · ${source.platformTitle} · ${source.instance}`}>{source === undefined ? row.place ?? '' : sourceName(source)}</bdi>
      <span aria-hidden="true" className={css.between}>·</span>
      <span className={css.who}><MemberName member={row.author} /></span>
      {row.state === 'conflict' && <Chip tone="bad">Conflict</Chip>}
      {row.state !== 'conflict' && !fitsView(row) && <Chip tone="good">{STATE_WORDS[row.state]}</Chip>}
      <Chip>{CATEGORY_WORDS[row.category]}</Chip>
      {row.reopened && <Chip tone="warn">reopened</Chip>}
      {row.strikes > 0 && <Chip tone="bad">{row.strikes === 1 ? '1 strike' : `${row.strikes} strikes`}</Chip>}
      {tag !== null && <Chip>{tag}</Chip>}
      {row.claimedBy !== null && <Chip tone="accent">{row.claimedBy}</Chip>}
    </p>
  );
}
