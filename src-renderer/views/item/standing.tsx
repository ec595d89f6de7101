import { Check, Clock, CornerUpLeft, Forward, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DeliveryView, ItemDetail } from '../../../src-main/contract/queue.ts';
import { useKey } from '../../commands/use-keys.ts';
import { Button } from '../../ui/button.tsx';
import { Time } from '../../ui/time.tsx';
import { actionWords, VERB_WORDS } from '../../state/verb-words.ts';
import { conflictOf } from './conflict-of.ts';
import { resolveConflict } from './resolve-conflict.ts';
import css from './standing.module.css';

/** Where the item stands, when that is not simply open: handled, decided, come back, or waiting for a choice. */
export function Standing({ detail }: { readonly detail: ItemDetail }): ReactNode {
  const { row, outside, decisions } = detail;
  const conflict = conflictOf(detail);
  if (conflict !== undefined) return <Conflict detail={detail} delivery={conflict} />;
  const [last] = outside;
  const decided = decisions.find((decision) => !decision.undone);
  if (row.state === 'handled' && last !== undefined) {
    return <Line icon={<Users />}>Handled there: <strong dir="auto">{last.what}</strong>{last.by !== null && <> by <bdi>{last.by}</bdi></>}{last.at !== null && <> · <Time at={last.at} as="when" /></>}</Line>;
  }
  if (row.state === 'handled') return <Line icon={<Users />}>Handled on the platform; it does not say by whom.</Line>;
  if (row.state === 'snoozed' && row.snoozedUntil !== null) return <Line icon={<Clock />}>Snoozed until <Time at={row.snoozedUntil} as="when" />; a new report brings it back sooner.</Line>;
  if (row.state === 'escalated') return <Line icon={<Forward />}>Escalated{decided !== undefined && <> by <bdi>{decided.actor}</bdi> · <Time at={decided.at} as="when" /></>}</Line>;
  if (row.state === 'decided' && decided !== undefined) {
    return <Line icon={<Check />}><strong>{actionWords(decided.actions)}</strong> by <bdi>{decided.actor}</bdi> · <Time at={decided.at} as="when" /></Line>;
  }
  if (row.reopened) return <Line icon={<CornerUpLeft />} tone="warn">Reopened: a report came after it was decided.</Line>;
  return null;
}

function Line({ icon, tone = 'plain', children }: { readonly icon: ReactNode; readonly tone?: 'plain' | 'warn'; readonly children: ReactNode }) {
  return <div className={css.line} data-tone={tone} role="status">{icon}<span>{children}</span></div>;
}

/** Both sides of a conflict, and the two keys that end it. */
function Conflict({ detail, delivery }: { readonly detail: ItemDetail; readonly delivery: DeliveryView }) {
  const [keep, send] = [useKey('decide.keep-theirs'), useKey('decide.send-mine')];
  const ours = detail.decisions.find((decision) => decision.id === delivery.decisionId);
  const guideline = ours?.guideline ?? null;
  const theirsAt = delivery.theirs?.at ?? null;
  return (
    <section className={css.conflict} aria-label="Conflict">
      <p className={css.ask}>Someone decided otherwise on the platform before yours was sent. Nothing was sent over it.</p>
      <div className={css.sides}>
        <div>
          <h2>Theirs</h2>
          <p><strong dir="auto">{delivery.theirs?.what ?? delivery.said ?? 'Another decision'}</strong></p>
          <p className={css.by}>{delivery.theirs?.by ?? 'Someone'}{theirsAt !== null && <> · <Time at={theirsAt} as="when" /></>}</p>
          <Button keys={keep} onClick={() => { void resolveConflict(delivery, 'keep-theirs', 'pointer'); }}>Keep theirs</Button>
        </div>
        <div>
          <h2>Yours</h2>
          <p><strong>{ours === undefined ? VERB_WORDS[delivery.verb].title : actionWords(ours.actions)}</strong></p>
          <p className={css.by}>{ours === undefined ? '' : ours.actor}{ours !== undefined && <> · <Time at={ours.at} as="when" /></>}{guideline !== null && <> · {guideline.number} {guideline.title}</>}</p>
          <Button keys={send} onClick={() => { void resolveConflict(delivery, 'send-mine', 'pointer'); }}>Send mine</Button>
        </div>
      </div>
    </section>
  );
}
