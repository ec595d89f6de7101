import type { DecisionView, DeliveryView, ItemDetail } from '../../../src-main/contract/queue.ts';
import { actionWords, VERB_WORDS } from '../../state/verb-words.ts';
import { Time } from '../../ui/time.tsx';
import css from './decisions.module.css';

/** What was decided so far, here and on the platform, and how each delivery went. */
export function Decisions({ detail }: { readonly detail: ItemDetail }) {
  const { decisions, outside } = detail;
  if (decisions.length === 0 && outside.length === 0) return null;
  return (
    <section className={css.decisions} aria-label="Decisions">
      {decisions.length > 0 && <h2>Decided here</h2>}
      {decisions.length > 0 && <ul>{decisions.map((decision) => <Decision key={decision.id} decision={decision} />)}</ul>}
      {outside.length > 0 && <h2>Done on the platform</h2>}
      {outside.length > 0 && (
        <ul>
          {outside.map((done) => (
            <li key={`${done.at}${done.what}${done.by}`} className={css.line}>
              <span className={css.when}>{done.at === null ? '' : <Time at={done.at} as="when" />}</span>
              <span dir="auto">{done.what}</span>
              <span className={css.by}>{done.by ?? 'someone'}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Decision({ decision }: { readonly decision: DecisionView }) {
  return (
    <li className={css.line} data-undone={decision.undone}>
      <span className={css.when}><Time at={decision.at} as="when" /></span>
      <span className={css.what}>
        <span className={css.actions}>{actionWords(decision.actions)}</span>
        {decision.guideline !== null && <span className={css.under}> under {decision.guideline.number} {decision.guideline.title} · v{decision.guideline.version}</span>}
        {decision.undone && <span className={css.under}> · undone</span>}
        {decision.reason !== '' && <span className={css.reason} dir="auto">{decision.reason}</span>}
        {decision.deliveries.length > 0 && <span className={css.deliveries}>{decision.deliveries.map((delivery) => <Delivery key={delivery.id} delivery={delivery} />)}</span>}
      </span>
      <span className={css.by}>{decision.actor}</span>
    </li>
  );
}

const STATE_WORDS: Readonly<Record<DeliveryView['state'], string>> = {
  held: 'waits for undo', pending: 'waits to be sent', sent: 'sent', 'handled-there': 'already done there', conflict: 'conflict', refused: 'refused', failed: 'not sent', cancelled: 'taken back', local: 'kept here',
};

function Delivery({ delivery }: { readonly delivery: DeliveryView }) {
  const what = `${delivery.reverse ? 'take back ' : ''}${delivery.reverse ? VERB_WORDS[delivery.verb].title.toLowerCase() : VERB_WORDS[delivery.verb].title}`;
  return (
    <span className={css.delivery} data-state={delivery.state}>
      {what}: {STATE_WORDS[delivery.state]}
      {delivery.sentAt !== null && <> <Time at={delivery.sentAt} as="when" /></>}
      {delivery.said !== null && delivery.state !== 'sent' && <> · <span dir="auto">{delivery.said}</span></>}
    </span>
  );
}
