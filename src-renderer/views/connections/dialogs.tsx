import { useRef, useState } from 'react';
import type { ConnectionView, PlatformInfo } from '../../../src-main/contract/setup.ts';
import { client } from '../../host/client.ts';
import { attempt } from '../../state/attempt.ts';
import { dropDraft } from '../../state/drafts.ts';
import { navigate } from '../../state/route.ts';
import { toast } from '../../state/toasts.ts';
import { useLive } from '../../state/use-live.ts';
import { Button } from '../../ui/button.tsx';
import { countWords } from '../../ui/count-words.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Picker } from '../../ui/picker.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { platformsFor } from './platforms-for.ts';
import { formBox } from './use-connection-form.ts';
import css from './connections.module.css';

function usePlatforms() {
  return useLive('platforms', [], () => client.connections.platforms());
}

/** Connects a platform: which one, its form, a trial, saved. */
export function AddDialog({ onClose, onImport }: { readonly onClose: () => void; readonly onImport: () => void }) {
  const { data, failure } = usePlatforms();
  const [text, setText] = useState('');
  const [platform, setPlatform] = useState<PlatformInfo | null>(null);
  const [id] = useState(() => crypto.randomUUID());
  if (platform !== null) {
    return (
      <Dialog open onClose={onClose} title={`Connect ${platform.title}`} said={platform.summary} size="medium">
        <ConnectionForm
          platform={platform}
          known={null}
          save={(title, values) => client.connections.add({ id, platform: platform.id, title, values, source: 'key' })}
          onSaved={() => {
            onClose();
            navigate('connections', id);
            toast({ tone: 'done', text: platform.intake === 'messages' ? `${platform.title} is connected and listens` : `${platform.title} is connected; its first sync has begun` });
          }}
          onBack={() => setPlatform(null)}
        />
      </Dialog>
    );
  }
  const found = platformsFor(data ?? [], text);
  return (
    <Dialog open onClose={onClose} title="Connect a platform" said="Nothing is saved before a test has said who you are there." size="medium">
      {failure !== null && <ErrorNote failure={failure} />}
      <Picker
        label="Platform"
        placeholder="Which platform"
        text={text}
        onText={setText}
        options={found.platforms.map(({ id: name, title, summary }) => ({ id: name, label: title, said: summary }))}
        onPick={(picked) => {
          const chosen = data?.find((known) => known.id === picked) ?? null;
          if (chosen?.intake === 'files') onImport();
          else setPlatform(chosen);
        }}
        note={found.instead ? 'No connector by that name. Reports of any other system come in by one of these:' : undefined}
        tall
      />
    </Dialog>
  );
}

/** Changes a connection, or signs in again. Secrets left empty stay as they are. */
export function ChangeDialog({ connection, signingIn, onClose }: { readonly connection: ConnectionView; readonly signingIn: boolean; readonly onClose: () => void }) {
  const { data, failure } = usePlatforms();
  const platform = data?.find(({ id }) => id === connection.platform);
  // A reload brings unsaved changes back; leaving the form gives them up.
  const leave = (): void => {
    dropDraft(formBox(connection, connection.platform));
    onClose();
  };
  return (
    <Dialog open onClose={leave} title={signingIn ? `Sign in to ${connection.instance} again` : `Change ${connection.title}`} said={signingIn ? 'Nothing that was brought in is lost; syncing goes on where it stopped.' : undefined} size="medium">
      {failure !== null && <ErrorNote failure={failure} />}
      {platform !== undefined && (
        <ConnectionForm
          platform={platform}
          known={{ id: connection.id, title: connection.title, values: connection.settings }}
          save={(title, values, changed) => (
            // The browser opens for a sign-in only because someone asked here.
            signingIn && !changed ? client.connections.syncNow({ id: connection.id, signIn: true }) : client.connections.change({ id: connection.id, title, values, source: 'key' })
          )}
          onSaved={() => {
            onClose();
            toast({ tone: 'done', text: signingIn ? `Signing in to ${connection.instance}. If a page opened in your browser, finish there.` : `${connection.title} is changed; it syncs now` });
          }}
          onBack={leave}
          signingIn={signingIn}
        />
      )}
    </Dialog>
  );
}

/** Ends a connection after saying what stays and what goes. */
export function RemoveDialog({ connection, intake, onClose }: { readonly connection: ConnectionView; readonly intake: PlatformInfo['intake']; readonly onClose: () => void }) {
  const keep = useRef<HTMLButtonElement>(null);
  const { waiting, attention, open } = connection.health;
  const unsent = waiting + attention;
  async function remove(): Promise<void> {
    if (await attempt(client.connections.remove({ id: connection.id, source: 'key' })) === null) return;
    onClose();
    toast({ tone: 'done', text: `${connection.title} is removed. What it brought in is still here.` });
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remove ${connection.title}?`}
      initialFocus={keep}
      actions={<><Button ref={keep} onClick={onClose}>Keep it</Button><Button look="danger" onClick={() => { void remove(); }}>Remove</Button></>}
    >
      <dl className={css.leaving}>
        <dt>Stays</dt>
        <dd>Every item it brought in, with the decisions, notes, cases and the history.{open > 0 && ` ${open === 1 ? 'One item is' : `${countWords(open)} items are`} still open: ${open === 1 ? 'it' : 'they'} can be dismissed, escalated and snoozed here, and nothing is sent there.`}</dd>
        {intake === null && <dd>Where syncing stopped. Connect {connection.instance} again, and it goes on from there.</dd>}
        <dt>Goes</dt>
        <dd>{intake === null ? 'The sign-in: passwords and tokens are deleted from this machine. Nothing is brought in any more.' : 'Its mapping and its secrets. Nothing is taken in any more.'}</dd>
        {intake !== null && <dd>What arrived and is not in the queue yet, and what was kept aside.</dd>}
        {unsent > 0 && <dd>{unsent === 1 ? 'One decision that was not sent yet: it is cancelled' : `${countWords(unsent)} decisions that were not sent yet: they are cancelled`}, also if you connect it again.</dd>}
      </dl>
    </Dialog>
  );
}
