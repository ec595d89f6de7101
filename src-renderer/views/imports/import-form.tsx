import { useId, useMemo } from 'react';
import type { ImportPreview } from '../../../src-main/contract/imports.ts';
import type { MappedField } from '../../../src-main/contract/mapped-fields.ts';
import type { ConnectionView } from '../../../src-main/contract/setup.ts';
import type { Source } from '../../../src-main/contract/words.ts';
import { useCommands } from '../../commands/handlers.ts';
import { useKey } from '../../commands/use-keys.ts';
import { replaceRoute } from '../../state/route.ts';
import { toast } from '../../state/toasts.ts';
import { stopUpload } from '../../state/uploads.ts';
import { sourceName } from '../../state/source-words.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Field, Select, TextBox } from '../../ui/field.tsx';
import { PlaceHead } from '../../ui/section.tsx';
import { commitWords, DELIMITERS, ENCODINGS, KINDS, sizeWords } from './import-words.ts';
import { fieldElementId, MappingBuilder } from './mapping-builder.tsx';
import { MappingPreview } from './mapping-preview.tsx';
import { useImportForm } from './use-import-form.ts';
import type { Format } from './use-import-form.ts';
import css from './import-page.module.css';

type ImportFormProps = {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  /** The platform that files come in by, the connections of it, and the one that was asked for. */
  readonly platform: string;
  readonly connections: readonly ConnectionView[];
  readonly into: ConnectionView | null;
  readonly onDiscard: () => void;
};

const NEW = '';

/** A file that is here: where it belongs, how it is read, and what comes of it, all at once on screen. */
export function ImportForm({ id, name, bytes, platform, connections, into, onDiscard }: ImportFormProps) {
  const form = useImportForm(id, name, into);
  const { answers, preview, failure } = form;
  const { answer } = preview;
  // While a guess is on its way, what was there before stays on screen.
  const mapping = answers.mapping ?? answer?.mapping ?? null;
  const base = useId();
  const [commitKey, discardKey] = [useKey('import.commit'), useKey('import.discard')];
  const target = connections.find((connection) => connection.id === answers.target) ?? null;
  const provided = target?.provisioned === true;
  const nameProblem = failure?.fields.find(({ path }) => path === 'values.name')?.problem;
  const can = answers.mapping !== null && answer !== null && answer.checked > 0 && !form.busy;
  const marked = useMemo(() => new Set([...answer?.firstProblems ?? [], ...answer?.firstNotes ?? []].flatMap(({ field }) => (field === null ? [] : [field]))), [answer]);

  async function commit(source: Source): Promise<void> {
    const to = can ? await form.commit(platform, source) : null;
    if (to === null) return;
    stopUpload(id);
    replaceRoute('connections', to);
    toast({ tone: 'done', text: `The rows of ${name} are on their way into the queue` });
  }

  useCommands({
    'import.commit': { run: (source) => { void commit(source); }, why: () => (can ? null : answer === null ? 'The file is still being looked at.' : 'There is nothing to import.') },
    'import.discard': onDiscard,
  });
  const toField = (field: MappedField): void => document.getElementById(fieldElementId(base, field))?.focus();

  return (
    <div className={css.page} data-focus-home tabIndex={-1}>
      <PlaceHead title="Import a file" said={<><bdi>{name}</bdi> · {sizeWords(bytes)}</>}>
        <Button keys={discardKey} onClick={onDiscard}>Discard</Button>
        <Button look="main" keys={commitKey} aria-disabled={!can} onClick={() => { void commit('pointer'); }}>{answer === null ? 'Import' : commitWords(answer)}</Button>
      </PlaceHead>
      <div className={css.columns}>
        <div className={css.side} aria-label="How it is read" role="group">
          {failure !== null && nameProblem === undefined && <ErrorNote failure={failure} />}
          <Where form={form} connections={connections} target={target} problem={nameProblem} />
          {answer !== null && <Reading answer={answer} onFormat={form.setFormat} />}
          {provided && <p className={css.said}>An administrator provides this connection: its mapping is in the connections file and stays as it is.</p>}
          {mapping !== null && answer !== null && (
            <fieldset className={css.bare} disabled={provided}>
              <legend className={css.legend}>
                <span>Which column is what</span>
                <Button look="quiet" onClick={() => form.setMapping(null)}>Guess again</Button>
              </legend>
              <MappingBuilder base={base} mapping={mapping} columns={answer.columns} onChange={form.setMapping} marked={marked} document={answer.format.kind === 'json'} />
            </fieldset>
          )}
        </div>
        <div className={css.main}>
          {preview.failure !== null && <ErrorNote failure={preview.failure} />}
          {answer !== null && <MappingPreview answer={answer} late={preview.late} onField={toField} />}
        </div>
      </div>
    </div>
  );
}

type WhereProps = Pick<ImportFormProps, 'connections'> & {
  readonly form: ReturnType<typeof useImportForm>;
  readonly target: ConnectionView | null;
  readonly problem: string | undefined;
};

/** The connection that the rows belong to: one that is here, or a new one by its name. */
function Where({ form, connections, target, problem }: WhereProps) {
  return (
    <>
      {connections.length > 0 && (
        <Field label="Into">
          {({ id }) => (
            <Select
              id={id}
              autoFocus={target !== null}
              value={target?.id ?? NEW}
              options={[{ value: NEW, label: 'A new connection' }, ...connections.map((connection) => ({ value: connection.id, label: sourceName(connection) }))]}
              onPick={(picked) => form.setTarget(connections.find((connection) => connection.id === picked) ?? null)}
            />
          )}
        </Field>
      )}
      {target === null && (
        <Field label="Where these reports come from" help="Names the connection and marks its items. It stays: the same reports from another file of it never count twice." problem={problem}>
          {({ id, describedBy, invalid }) => (
            <TextBox id={id} autoFocus aria-describedby={describedBy} aria-invalid={invalid} maxLength={100} value={form.answers.name} onChange={(event) => form.setName(event.target.value)} />
          )}
        </Field>
      )}
    </>
  );
}

/** How the file is written, as it was found out; a person may know better. */
function Reading({ answer, onFormat }: { readonly answer: ImportPreview; readonly onFormat: (format: Format) => void }) {
  const { kind, encoding, delimiter } = answer.format;
  const delimiters = delimiter === null || DELIMITERS.some(({ value }) => value === delimiter) ? DELIMITERS : [...DELIMITERS, { value: delimiter, label: delimiter }];
  return (
    <div className={css.reading}>
      <Field label="Read as">{({ id }) => <Select id={id} value={kind} options={KINDS} onPick={(picked) => onFormat({ kind: picked })} />}</Field>
      {kind === 'csv' && <Field label="Parted by">{({ id }) => <Select id={id} value={delimiter ?? ','} options={delimiters} onPick={(picked) => onFormat({ delimiter: picked })} />}</Field>}
      <Field label="Letters">{({ id }) => <Select id={id} value={encoding} options={ENCODINGS} onPick={(picked) => onFormat({ encoding: picked })} />}</Field>
    </div>
  );
}
