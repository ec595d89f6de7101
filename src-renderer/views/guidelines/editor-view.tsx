import type { GuidelineView } from '../../../src-main/contract/work.ts';
import { CATEGORIES } from '../../../src-main/contract/words.ts';
import { useKey } from '../../commands/use-keys.ts';
import { Button } from '../../ui/button.tsx';
import { DiffView } from '../../ui/diff-view.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Checkbox, Field, TextArea, TextBox } from '../../ui/field.tsx';
import { lineDiff } from '../../ui/line-diff.ts';
import { Markdown } from '../../ui/markdown.tsx';
import { categoryWords } from './category-words.ts';
import { LadderEditor } from './ladder-editor.tsx';
import type { Editor } from './use-editor.ts';
import { linesOf } from './versions-dialog.tsx';
import css from './editor.module.css';

function Conflict({ editor, theirs, onPublish }: { readonly editor: Editor; readonly theirs: GuidelineView; readonly onPublish: (over: boolean) => void }) {
  return (
    <div className={css.conflict} role="alert">
      <p><bdi>{theirs.publishedBy}</bdi> published version {theirs.version} while you were writing. Below, theirs turned into yours. Nothing of yours is lost.</p>
      <DiffView lines={lineDiff(linesOf(theirs), linesOf(editor.draft))} />
      <div className={css.buttons}>
        <Button look="main" onClick={() => onPublish(true)}>Publish mine as version {theirs.version + 1}</Button>
        <Button onClick={editor.takeTheirs}>Start over from theirs</Button>
      </div>
    </div>
  );
}

type EditorViewProps = {
  readonly editor: Editor;
  readonly onPublish: (over: boolean) => void;
  readonly onClose: () => void;
  readonly onDiscard: () => void;
};

/** A guideline under the pen, with its preview beside it. */
export function EditorView({ editor, onPublish, onClose, onDiscard }: EditorViewProps) {
  const { draft, change, failure, theirs, recovered } = editor;
  const publishKey = useKey('guideline.publish');
  const problem = (path: string): string | undefined => failure?.fields.find((field) => field.path === path)?.problem;
  return (
    <div className={css.editor}>
      <form className={css.form} onSubmit={(event) => { event.preventDefault(); onPublish(false); }}>
        <header className={css.head}>
          <h1>{draft.basis === 0 ? 'New guideline' : `Edit guideline ${draft.number}`}</h1>
          {recovered && <p>Your unpublished text from before is back.</p>}
        </header>
        {theirs !== null && <Conflict editor={editor} theirs={theirs} onPublish={onPublish} />}
        {failure !== null && <ErrorNote failure={failure} />}
        <div className={css.row}>
          <Field label="Number" problem={problem('number')}>
            {({ id, describedBy, invalid }) => <TextBox id={id} aria-describedby={describedBy} aria-invalid={invalid} maxLength={20} value={draft.number} onChange={(event) => change({ number: event.target.value })} />}
          </Field>
          <Field label="Title" problem={problem('title')}>
            {({ id, describedBy, invalid }) => <TextBox id={id} autoFocus aria-describedby={describedBy} aria-invalid={invalid} maxLength={200} value={draft.title} onChange={(event) => change({ title: event.target.value })} />}
          </Field>
        </div>
        <Field label="Text" help="Markdown. The first paragraph is what moderators see beside an item." problem={problem('body')}>
          {({ id, describedBy, invalid }) => <TextArea id={id} rows={14} aria-describedby={describedBy} aria-invalid={invalid} value={draft.body} onChange={(event) => change({ body: event.target.value })} />}
        </Field>
        <fieldset className={css.group}>
          <legend>For reports of</legend>
          <div className={css.categories}>
            {CATEGORIES.map((category) => (
              <Checkbox
                key={category}
                checked={draft.categories.includes(category)}
                onChange={(on) => change({ categories: CATEGORIES.filter((known) => (known === category ? on : draft.categories.includes(known))) })}
              >
                {categoryWords(category)}
              </Checkbox>
            ))}
          </div>
        </fieldset>
        <LadderEditor ladder={draft.ladder} onChange={(ladder) => change({ ladder })} />
        <div className={css.row}>
          <Field label="Days a strike counts" problem={problem('strikeDays')}>
            {({ id }) => <TextBox id={id} type="number" min={1} max={3650} value={draft.strikeDays} onChange={(event) => change({ strikeDays: Math.min(3650, Math.max(1, Math.round(event.target.valueAsNumber) || 1)) })} />}
          </Field>
        </div>
        <footer className={css.buttons}>
          <Button look="main" type="submit" keys={publishKey}>{draft.basis === 0 ? 'Publish' : `Publish version ${draft.basis + 1}`}</Button>
          <Button onClick={onClose}>Close and keep the draft</Button>
          <Button look="danger" onClick={onDiscard}>Discard</Button>
        </footer>
      </form>
      <section className={css.preview} aria-label="Preview">
        <h2><span>{draft.number}</span> <bdi>{draft.title === '' ? 'Untitled' : draft.title}</bdi></h2>
        {draft.body.trim() === '' ? <p className={css.blank}>The text appears here as it will read.</p> : <Markdown text={draft.body} />}
      </section>
    </div>
  );
}
