import { useRef } from 'react';
import type { FormValues, PlatformInfo } from '../../../src-main/contract/setup.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Field, TextBox } from '../../ui/field.tsx';
import { AccountNote } from './account-note.tsx';
import { FieldsForm } from './fields-form.tsx';
import { formBox, useConnectionForm } from './use-connection-form.ts';
import type { ConnectionForm as Form, KnownConnection } from './use-connection-form.ts';
import css from './connections.module.css';

type ConnectionFormProps = {
  readonly platform: PlatformInfo;
  /** What an existing connection has; null for a new one. */
  readonly known: KnownConnection | null;
  /** Keeps the answers; `changed` is false where nothing differs from what is known. */
  readonly save: (title: string, values: FormValues, changed: boolean) => Promise<unknown>;
  readonly onSaved: () => void;
  readonly onBack: () => void;
  /** Begin at the secrets: someone is signing in again. */
  readonly signingIn?: boolean;
};

/** A connection's form: what the platform asks for, a trial that says who we are there, then saving. */
export function ConnectionForm({ platform, known, save, onSaved, onBack, signingIn = false }: ConnectionFormProps) {
  const form = useConnectionForm(platform, known);
  const element = useRef<HTMLFormElement>(null);
  // A change without a new secret cannot be tried; syncing says at once whether it works.
  const tries = form.account === null && (known === null || form.testable);
  async function go(): Promise<void> {
    if (form.busy !== null) return;
    if (tries) await form.test();
    // A refused answer takes the focus, so that it can be mended at once.
    if (tries) requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
    else if (await form.save((values) => save(form.title, values, form.changed))) onSaved();
  }
  return (
    <form ref={element} className={css.form} onSubmit={(event) => { event.preventDefault(); void go(); }}>
      <FieldsForm
        fields={platform.fields}
        text={form.text}
        problems={form.problems}
        onChange={form.set}
        keepsSecrets={known !== null}
        box={formBox(known, platform.id)}
        focus={signingIn ? platform.fields.find(({ kind }) => kind === 'secret')?.name : undefined}
      />
      <Field label="Name in Docket (optional)" help="How its items are marked in the queue.">
        {({ id, describedBy }) => <TextBox id={id} aria-describedby={describedBy} maxLength={100} placeholder={platform.title} value={form.title} onChange={(event) => form.setTitle(event.target.value)} />}
      </Field>
      <footer className={css.foot}>
        {form.failure !== null && <ErrorNote failure={form.failure} />}
        {form.account !== null && <AccountNote account={form.account} intake={platform.intake} />}
        <div className={css.buttons}>
          {form.busy === null && form.restored && known !== null && form.account === null && <p className={css.waiting} role="status">What you had changed before is back, unsaved.</p>}
          {form.busy === 'testing' && <p className={css.waiting} role="status">Signing in. If a page opened in your browser, finish there.</p>}
          <Button onClick={onBack}>{known === null ? 'Back' : 'Cancel'}</Button>
          <Button look="main" type="submit" keys="Enter" aria-disabled={form.busy !== null}>{goWords(form, platform, tries, signingIn)}</Button>
        </div>
      </footer>
    </form>
  );
}

function goWords(form: Form, { intake }: PlatformInfo, tries: boolean, signingIn: boolean): string {
  if (tries) return 'Test';
  if (intake === null && form.account !== null && form.account.missing.length > 0) return 'Save all the same';
  return signingIn && form.account === null ? 'Sign in' : 'Save';
}
