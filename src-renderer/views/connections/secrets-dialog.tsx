import { useEffect, useState } from 'react';
import type { SecretsStatus } from '../../../src-main/contract/setup.ts';
import { useCommands } from '../../commands/handlers.ts';
import { useKey } from '../../commands/use-keys.ts';
import { client } from '../../host/client.ts';
import { failureOf } from '../../host/failure.ts';
import type { DeskFailure } from '../../host/failure.ts';
import { useCounts } from '../../state/counts.ts';
import { navigate } from '../../state/route.ts';
import { closeToast, toast } from '../../state/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Checkbox, Field, TextBox } from '../../ui/field.tsx';
import { secretsReady, useSecretsQuestion } from './secrets.ts';
import css from './connections.module.css';

/** The toast that says so. */
const LOCKED = 'secrets-locked';
/** Short ones are guessed in an afternoon. */
const SHORTEST = 10;

/** Asks for the passphrase of the secrets file, or for a new one the first time. It is kept in memory only. */
function Asking({ status, done }: { readonly status: SecretsStatus; readonly done: (ready: boolean) => void }) {
  const fresh = status.state === 'new';
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<DeskFailure | null>(null);
  const short = fresh && passphrase !== '' && [...passphrase].length < SHORTEST;
  const differs = fresh && again !== '' && again !== passphrase;
  const can = passphrase !== '' && !short && (!fresh || shown || again === passphrase) && !busy;

  async function unlock(): Promise<void> {
    setBusy(true);
    setFailure(null);
    try {
      const now = await client.host.unlock({ passphrase });
      done(now.state === 'ready');
    } catch (error) {
      setFailure(failureOf(error));
      setBusy(false);
    }
  }

  return (
    <Dialog open onClose={() => done(false)} title={fresh ? 'Choose a passphrase for secrets' : 'Unlock the secrets'} said={<span dir="auto">{status.said}</span>}>
      <form className={css.form} onSubmit={(event) => { event.preventDefault(); if (can) void unlock(); }}>
        <Field
          label="Passphrase"
          help={fresh ? 'Several words you will remember. Docket asks for it once after each start and keeps it nowhere; without it you sign in to your platforms again.' : 'Docket asks once after each start. Without it nothing syncs, and everything that is here can still be worked on.'}
          problem={short ? `Use at least ${SHORTEST} characters.` : undefined}
        >
          {({ id, describedBy, invalid }) => (
            <TextBox id={id} autoFocus type={shown ? 'text' : 'password'} aria-describedby={describedBy} aria-invalid={invalid} value={passphrase} onChange={(event) => setPassphrase(event.target.value)} />
          )}
        </Field>
        {fresh && !shown && (
          <Field label="Once more" problem={differs ? 'The two are not the same.' : undefined}>
            {({ id, describedBy, invalid }) => <TextBox id={id} type="password" aria-describedby={describedBy} aria-invalid={invalid} value={again} onChange={(event) => setAgain(event.target.value)} />}
          </Field>
        )}
        <Checkbox checked={shown} onChange={setShown}>Show what I type</Checkbox>
        {failure !== null && <ErrorNote failure={failure} />}
        <div className={css.buttons}>
          <Button onClick={() => done(false)}>Not now</Button>
          <Button look="main" type="submit" disabled={!can} keys="Enter">{fresh ? 'Keep secrets under it' : 'Unlock'}</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The question for the passphrase, wherever it comes up. Mounted once, by the frame. */
export function SecretsDialog() {
  const asking = useSecretsQuestion((state) => state.asking);
  const locked = useCounts((state) => (state.connections ?? []).some(({ health }) => health.state === 'secrets-locked'));
  const keys = useKey('go.connections');
  useCommands({ 'connection.unlock': locked ? () => { void secretsReady(); } : undefined });
  useEffect(() => {
    if (locked) toast({ id: LOCKED, text: 'Secrets are locked, so nothing syncs yet', until: null, action: { title: 'Connections', keys, run: () => navigate('connections') } });
    else closeToast(LOCKED);
  }, [locked, keys]);
  return asking === null ? null : <Asking status={asking.status} done={asking.done} />;
}
