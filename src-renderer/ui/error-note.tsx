import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DeskFailure } from '../host/failure.ts';
import css from './error-note.module.css';

type ErrorNoteProps = {
  readonly failure: DeskFailure;
  /** What can be done about it here. */
  readonly children?: ReactNode;
};

/** A failure in place: what happened and what to do, with the trace id to quote. */
export function ErrorNote({ failure, children }: ErrorNoteProps) {
  return (
    <div className={css.note} role="alert">
      <CircleAlert aria-hidden="true" />
      <div className={css.text}>
        <p dir="auto">{failure.message}</p>
        {failure.fields.length > 0 && (
          <ul>{failure.fields.map((field) => <li key={field.path}><code>{field.path}</code> {field.problem}</li>)}</ul>
        )}
        {failure.traceId !== null && <p className={css.trace}>Trace <code>{failure.traceId}</code></p>}
        {children !== undefined && <div className={css.actions}>{children}</div>}
      </div>
    </div>
  );
}
