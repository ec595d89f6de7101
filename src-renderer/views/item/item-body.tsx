import { memo } from 'react';
import type { ItemDetail } from '../../../src-main/contract/queue.ts';
import { useKey } from '../../commands/use-keys.ts';
import { togglePart, usePartOpen } from '../../state/item-view.ts';
import { Keys } from '../../ui/kbd.tsx';
import { Decisions } from './decisions.tsx';
import { Origin } from './origin.tsx';
import { Reported } from './reported.tsx';
import { Reports } from './reports.tsx';
import { Standing } from './standing.tsx';
import { ThreadPost } from './thread-post.tsx';
import { Why } from './why.tsx';
import pane from './item-pane.module.css';
import css from './item-body.module.css';

/** Posts of the thread shown on either side before it is opened. */
const NEAR = 2;

/** The item from top to bottom. Posts keep their places in the document, so that the next item only changes words: why it is here, the thread around it, its reports, what was done about it. */
export const ItemBody = memo(function ItemBody({ detail }: { readonly detail: ItemDetail }) {
  const id = detail.row.id;
  const whole = usePartOpen(id, 'thread');
  const before = whole ? detail.before : detail.before.slice(-NEAR);
  const after = whole ? detail.after : detail.after.slice(0, NEAR);
  const hidden = detail.before.length + detail.after.length - before.length - after.length;
  return (
    <article className={pane.column} aria-label="Item">
      <Origin connectionId={detail.row.connectionId} />
      <Standing detail={detail} />
      <Why detail={detail} />
      {hidden > 0 && <OpenThread id={id} hidden={hidden} />}
      {before.map((post, slot) => <ThreadPost key={`before ${slot}`} post={post} />)}
      <Reported detail={detail} />
      {after.map((post, slot) => <ThreadPost key={`after ${slot}`} post={post} />)}
      <Reports detail={detail} />
      <Decisions detail={detail} />
    </article>
  );
});

function OpenThread({ id, hidden }: { readonly id: number; readonly hidden: number }) {
  const keys = useKey('look.thread');
  return (
    <button type="button" className={css.more} onMouseDown={(event) => event.preventDefault()} onClick={() => togglePart(id, 'thread')}>
      {hidden} more in the thread {keys !== undefined && <Keys chord={keys} />}
    </button>
  );
}
