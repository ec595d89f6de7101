import type { ItemDetail } from '../../../src-main/contract/queue.ts';
import { useDesk } from '../../state/desk.ts';
import { useQueue } from '../../state/queue.ts';
import { useKey } from '../../commands/use-keys.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Keys } from '../../ui/kbd.tsx';
import { OutsideLink } from '../../ui/outside-link.tsx';
import { Body } from './body.tsx';
import { matchedWords } from './matched-words.ts';
import { MediaList } from './media-list.tsx';
import { PostHead } from './thread-post.tsx';
import { isVeiled } from './veil.ts';
import css from './post.module.css';

/** What was reported, set off from the thread around it. */
export function Reported({ detail }: { readonly detail: ItemDetail }) {
  const { subject, row } = detail;
  const filterText = useQueue((state) => state.filter.text);
  const marks = matchedWords(detail, filterText);
  const revealed = useDesk((state) => state.revealed);
  const veiled = isVeiled(row) && !revealed;
  return (
    <section className={css.reported} aria-label="What was reported">
      <Avatar name={subject.author?.name ?? '?'} reported />
      <div className={css.inside}>
        <PostHead post={subject} place />
        <div className={css.body}>
          <div className={veiled ? css.veiled : undefined} aria-hidden={veiled}><Body subject={subject} marks={marks} size="large" /></div>
          {veiled && <Veil />}
        </div>
        <MediaList media={subject.media} />
        {subject.url !== null && <p className={css.url}><OutsideLink href={subject.url} /></p>}
      </div>
    </section>
  );
}

function Veil() {
  const keys = useKey('look.reveal');
  return <p className={css.veil}>Severe text hidden · hold {keys !== undefined && <Keys chord={keys} />} to look</p>;
}
