import { useId, useMemo, useState } from 'react';
import type { MappedField } from '../../../src-main/contract/mapped-fields.ts';
import type { Mapping } from '../../../src-main/contract/mapping.ts';
import { client } from '../../host/client.ts';
import { useDraft } from '../../state/drafts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Field, TextArea } from '../../ui/field.tsx';
import { fieldElementId, MappingBuilder } from './mapping-builder.tsx';
import { MappingPreview } from './mapping-preview.tsx';
import { usePreview } from './use-preview.ts';
import css from './mapping-dialog.module.css';

type MappingDialogProps = {
  /** Where the example is kept while one builds. */
  readonly box: string;
  /** An example that is here already, such as a message that could not be read. */
  readonly sample?: string | undefined;
  /** The mapping that there is; null where there is none yet. */
  readonly first: Mapping | null;
  readonly onUse: (mapping: Mapping) => void;
  readonly onClose: () => void;
};

/** Builds a mapping on an example message that a person pastes, with what it makes of it beside it. */
export function MappingDialog({ box, sample = '', first, onUse, onClose }: MappingDialogProps) {
  const { text, change, onBlur } = useDraft(box, sample);
  const [mapping, setMapping] = useState(first);
  // A guess is made anew with each example until a person has changed it.
  const [own, setOwn] = useState(first !== null);
  const base = useId();
  const asked = text.trim();
  const { answer, failure, late } = usePreview(asked === '' ? null : asked, mapping, (now) => client.inbox.sample({ text: asked, mapping: now }), setMapping);
  const shown = asked === '' ? null : answer;
  const built = mapping ?? shown?.mapping ?? null;
  const build = (next: Mapping | null): void => {
    setOwn(next !== null);
    setMapping(next);
  };
  const write = (next: string): void => {
    change(next);
    if (!own) setMapping(null);
  };
  const marked = useMemo(() => new Set([...shown?.firstProblems ?? [], ...shown?.firstNotes ?? []].flatMap(({ field }) => (field === null ? [] : [field]))), [shown]);
  const toField = (field: MappedField): void => document.getElementById(fieldElementId(base, field))?.focus();
  return (
    <Dialog
      open
      onClose={onClose}
      size="huge"
      title="How messages are read"
      said="Paste one message as the other system sends it. What it comes to is shown beside it at each change."
      actions={<><Button onClick={onClose}>Cancel</Button><Button look="main" disabled={built === null} onClick={() => { if (built !== null) onUse(built); }}>Use this mapping</Button></>}
    >
      <div className={css.columns}>
        <div className={css.build}>
          <Field label="An example message">
            {({ id }) => <TextArea id={id} autoFocus rows={7} spellCheck={false} placeholder={'{ "post": { "id": "1204", "body": "…" }, "reason": "spam" }'} value={text} onBlur={onBlur} onChange={(event) => write(event.target.value)} />}
          </Field>
          {built !== null && (
            <>
              <div className={css.head}><span>Which field is what</span><Button look="quiet" disabled={asked === ''} onClick={() => build(null)}>Guess again</Button></div>
              <MappingBuilder base={base} mapping={built} columns={shown?.columns ?? []} onChange={build} marked={marked} document />
            </>
          )}
        </div>
        <div className={css.look}>
          {failure !== null && asked !== '' && <ErrorNote failure={failure} />}
          {shown !== null && <MappingPreview answer={shown} late={late} onField={toField} />}
          {asked === '' && <p className={css.none}>What comes of the message is shown here.</p>}
        </div>
      </div>
    </Dialog>
  );
}
