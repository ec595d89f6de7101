import type { ReactNode } from 'react';
import type { DeliveryView } from '../../../src-main/contract/queue.ts';
import { useCommands } from '../../commands/handlers.ts';
import { client } from '../../host/client.ts';
import { failureOf } from '../../host/failure.ts';
import { useSource } from '../../state/counts.ts';
import { openOverlay, useDesk } from '../../state/desk.ts';
import { openItem } from '../../state/queue.ts';
import { navigate } from '../../state/route.ts';
import { toast } from '../../state/toasts.ts';
import { useLive } from '../../state/use-live.ts';
import { VERB_WORDS } from '../../state/verb-words.ts';
import { HueDot } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Time } from '../../ui/time.tsx';
import css from './outbox-panel.module.css';

const LIMIT = 100;

async function retry(deliveries: readonly DeliveryView[]): Promise<void> {
  try {
    for (const { id } of deliveries) await client.decide.retry({ deliveryId: id });
    toast({ text: deliveries.length === 1 ? 'Trying again' : `Trying ${deliveries.length} again` });
  } catch (error) {
    toast({ tone: 'failed', text: failureOf(error).message });
  }
}

function stuck(deliveries: readonly DeliveryView[]): readonly DeliveryView[] {
  return deliveries.filter(({ state }) => state === 'failed' || state === 'refused');
}

/** What has not reached its platform yet, and what needs a person; also the command that tries all failed ones again. */
export function OutboxPanel(): ReactNode {
  const open = useDesk((state) => state.overlay === 'outbox');
  useCommands({
    'decide.retry': () => {
      void (async () => {
        try {
          const { deliveries } = await client.decide.outbox({ limit: LIMIT });
          const failed = stuck(deliveries);
          if (failed.length === 0) toast({ text: 'Nothing failed.' });
          else await retry(failed);
        } catch (error) {
          toast({ tone: 'failed', text: failureOf(error).message });
        }
      })();
    },
  });
  return open ? <OpenOutbox /> : null;
}

function OpenOutbox() {
  const { data, failure } = useLive('outbox', ['decisions', 'connections'], () => client.decide.outbox({ limit: LIMIT }));
  const failed = stuck(data?.deliveries ?? []);
  return (
    <Dialog
      open
      onClose={() => openOverlay(null)}
      title="What waits to be sent"
      said={data === undefined ? undefined : summary(data)}
      size="medium"
      actions={failed.length > 0 ? <Button onClick={() => { void retry(failed); }}>Try {failed.length === 1 ? 'it' : `all ${failed.length}`} again</Button> : undefined}
    >
      {failure !== null && <ErrorNote failure={failure} />}
      {data !== undefined && data.deliveries.length === 0 && <Empty title="Everything was sent" said="Decisions wait here while they can still be undone, while a platform is away, and when it refused them." />}
      {data !== undefined && data.deliveries.length > 0 && <ul className={css.list}>{data.deliveries.map((delivery) => <Line key={delivery.id} delivery={delivery} />)}</ul>}
    </Dialog>
  );
}

function summary({ held, pending, attention }: { readonly held: number; readonly pending: number; readonly attention: number }): string {
  return [
    ...(attention > 0 ? [`${attention} ${attention === 1 ? 'needs' : 'need'} you`] : []),
    ...(held > 0 ? [`${held} can still be undone`] : []),
    ...(pending > 0 ? [`${pending} on the way`] : []),
  ].join(' · ');
}

const STATE_WORDS: Readonly<Record<DeliveryView['state'], string>> = {
  held: 'waits for undo', pending: 'on the way', sent: 'sent', 'handled-there': 'already done there', conflict: 'conflict: choose', refused: 'refused', failed: 'not sent', cancelled: 'taken back', local: 'kept here',
};

function Line({ delivery }: { readonly delivery: DeliveryView }) {
  const connection = useSource(delivery.connectionId);
  return (
    <li className={css.line} data-state={delivery.state}>
      <button
        type="button"
        onClick={() => {
          openOverlay(null);
          navigate('queue');
          void openItem(delivery.itemId);
        }}
      >
        <span className={css.what}>
          <strong>{delivery.reverse ? `Take back: ${VERB_WORDS[delivery.verb].title.toLowerCase()}` : VERB_WORDS[delivery.verb].title}</strong>
          <span dir="auto" className={css.snippet}>{delivery.snippet}</span>
        </span>
        <span className={css.facts}>
          {connection !== undefined && <HueDot hue={connection.hue} />}
          <span>{connection?.title ?? ''}</span>
          <span className={css.state}>{STATE_WORDS[delivery.state]}{delivery.dueAt !== null && delivery.state === 'pending' && delivery.attempts > 0 && <> · next try <Time at={delivery.dueAt} as="seconds" /></>}{delivery.attempts > 1 && ` · tried ${delivery.attempts} times`}</span>
          {delivery.said !== null && <span dir="auto" className={css.said}>{delivery.said}</span>}
        </span>
      </button>
      {(delivery.state === 'failed' || delivery.state === 'refused') && <Button onClick={() => { void retry([delivery]); }}>Try again</Button>}
    </li>
  );
}
