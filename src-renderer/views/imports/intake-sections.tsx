import { useState } from 'react';
import type { ImportView } from '../../../src-main/contract/imports.ts';
import type { ConnectionView, PlatformInfo } from '../../../src-main/contract/setup.ts';
import { useCommands } from '../../commands/handlers.ts';
import { useKey } from '../../commands/use-keys.ts';
import { client } from '../../host/client.ts';
import { navigate } from '../../state/route.ts';
import { useLive } from '../../state/use-live.ts';
import { Button } from '../../ui/button.tsx';
import { countWords } from '../../ui/count-words.ts';
import { Progress } from '../../ui/progress.tsx';
import { Section } from '../../ui/section.tsx';
import { Time } from '../../ui/time.tsx';
import { AddressSection } from './address-section.tsx';
import { AsideDialog } from './aside-dialog.tsx';
import { importRoute } from './import-route.ts';
import { importShare, importWords, sizeWords } from './import-words.ts';
import css from './intake-sections.module.css';

/** What a connection takes in by itself: files that were imported, or the address to send to; and what could not be read. */
export function IntakeSections({ connection, intake }: { readonly connection: ConnectionView; readonly intake: NonNullable<PlatformInfo['intake']> }) {
  return (
    <>
      {intake === 'files' ? <Imports connection={connection} /> : <AddressSection connection={connection} />}
      <Aside connection={connection} />
    </>
  );
}

function Imports({ connection }: { readonly connection: ConnectionView }) {
  const { id } = connection;
  const { data } = useLive(`imports/${id}`, ['imports'], () => client.imports.list({ connectionId: id }));
  const keys = useKey('connection.import');
  return (
    <Section title="Files" aside={<Button keys={keys} onClick={() => navigate('connections', importRoute({ upload: null, connection: id }))}>Import another file</Button>}>
      {data?.length === 0 && <p className={css.none}>No file was imported yet.</p>}
      <ul className={css.imports}>{(data ?? []).map((view) => <ImportLine key={view.id} view={view} />)}</ul>
    </Section>
  );
}

function ImportLine({ view }: { readonly view: ImportView }) {
  const share = importShare(view);
  return (
    <li data-state={view.state}>
      <div className={css.line}>
        <bdi className={css.name}>{view.name}</bdi>
        <span className={css.facts}>{sizeWords(view.bytes)} · <Time at={view.endedAt ?? view.begunAt} as="moment" /></span>
      </div>
      {share !== null && <Progress label={`Import of ${view.name}`} value={share} />}
      <p className={css.words} role="status">{importWords(view)}</p>
      {view.said !== null && <p className={css.said} dir="auto">{view.said}</p>}
    </li>
  );
}

/** What could not be read, where there is any. */
function Aside({ connection }: { readonly connection: ConnectionView }) {
  const { id } = connection;
  const { data } = useLive(`aside-count/${id}`, ['imports'], () => client.inbox.aside({ connectionId: id, limit: 1 }));
  const [open, setOpen] = useState(false);
  const keys = useKey('connection.aside');
  const total = data?.total ?? 0;
  useCommands({ 'connection.aside': total === 0 ? undefined : () => setOpen(true) });
  return (
    <>
      {total > 0 && (
        <Section title="Kept aside">
          <div className={css.aside}>
            <p>{total === 1 ? 'One row' : `${countWords(total)} rows`} could not be read and {total === 1 ? 'is' : 'are'} kept here.</p>
            <Button keys={keys} onClick={() => setOpen(true)}>See why</Button>
          </div>
        </Section>
      )}
      {open && <AsideDialog connection={connection} onClose={() => setOpen(false)} />}
    </>
  );
}
