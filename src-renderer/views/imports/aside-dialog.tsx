import { useState } from 'react';
import { MAPPED_FIELDS } from '../../../src-main/contract/mapped-fields.ts';
import type { KeptAside } from '../../../src-main/contract/imports.ts';
import type { ConnectionView } from '../../../src-main/contract/setup.ts';
import { client } from '../../host/client.ts';
import { attempt } from '../../state/attempt.ts';
import { toast } from '../../state/toasts.ts';
import { useLive } from '../../state/use-live.ts';
import { Button } from '../../ui/button.tsx';
import { countWords } from '../../ui/count-words.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { mappingFrom } from './mapping-edit.ts';
import { MappingDialog } from './mapping-dialog.tsx';
import css from './aside-dialog.module.css';

const PAGE = 50;

/** What arrived and could not be taken: line by line why, to be read again under a better mapping, or dropped. */
export function AsideDialog({ connection, onClose }: { readonly connection: ConnectionView; readonly onClose: () => void }) {
  const { id: connectionId, provisioned } = connection;
  const { data, failure } = useLive(`aside/${connectionId}`, ['imports'], () => client.inbox.aside({ connectionId, limit: PAGE }));
  const [mapped, setMapped] = useState<KeptAside | null>(null);
  const rows = data?.rows ?? [];

  async function again(): Promise<void> {
    const done = await attempt(client.inbox.again({ connectionId }));
    if (done === null) return;
    toast({ text: done.count === 1 ? '1 row is read again' : `${countWords(done.count)} rows are read again` });
    onClose();
  }
  async function drop(ids: readonly number[] | null): Promise<void> {
    await attempt(client.inbox.drop({ connectionId, ids: ids === null ? null : [...ids] }));
    if (ids === null) onClose();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      size="large"
      title="Kept aside"
      said={data === undefined ? undefined : data.total === 0 ? 'Everything that arrived could be read.' : `${data.total === 1 ? '1 row' : `${countWords(data.total)} rows`} could not be read. Change the mapping, then read ${data.total === 1 ? 'it' : 'them'} again; nothing is lost meanwhile.`}
      actions={(
        <>
          {rows.length > 0 && <Button look="danger" onClick={() => { void drop(null); }}>Drop all</Button>}
          <Button onClick={onClose}>Close</Button>
          {rows.length > 0 && <Button look="main" onClick={() => { void again(); }}>{data?.total === 1 ? 'Read it again' : 'Read them again'}</Button>}
        </>
      )}
    >
      {failure !== null && <ErrorNote failure={failure} />}
      <ul className={css.rows}>
        {rows.map((row) => (
          <li key={row.id}>
            <div className={css.head}>
              <span className={css.place}>{row.place}</span>
              <span className={css.problem} dir="auto">{row.field !== null && <strong>{MAPPED_FIELDS.find(({ id }) => id === row.field)?.title}: </strong>}{row.problem}</span>
            </div>
            <pre className={css.body} dir="auto" tabIndex={0}>{row.body}</pre>
            <div className={css.tools}>
              {!provisioned && <Button onClick={() => setMapped(row)}>Change the mapping by it</Button>}
              <Button look="quiet" onClick={() => { void drop([row.id]); }}>Drop it</Button>
            </div>
          </li>
        ))}
      </ul>
      {data !== undefined && data.total > rows.length && <p className={css.more}>and {countWords(data.total - rows.length)} more</p>}
      {mapped !== null && (
        <MappingDialog
          box={`aside/${connectionId}/${mapped.id}`}
          sample={mapped.body}
          first={mappingFrom(connection.settings['mapping'])}
          onClose={() => setMapped(null)}
          onUse={(mapping) => {
            setMapped(null);
            void (async () => {
              if (await attempt(client.connections.change({ id: connectionId, values: { mapping: JSON.stringify(mapping) }, source: 'key' })) !== null) toast({ tone: 'done', text: 'The mapping is changed. Read the rows again when it is right.' });
            })();
          }}
        />
      )}
    </Dialog>
  );
}
