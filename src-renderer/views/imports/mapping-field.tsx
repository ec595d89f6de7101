import { useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { fieldCount, mappingFrom } from './mapping-edit.ts';
import { MappingDialog } from './mapping-dialog.tsx';
import css from './mapping-field.module.css';

type MappingFieldProps = {
  readonly label: string;
  readonly help: string;
  readonly problem: string | undefined;
  /** JSON of the mapping; empty where there is none. */
  readonly value: string;
  readonly box: string;
  readonly onChange: (value: string) => void;
};

/** A mapping in a form: how much it says, and the way to build it. */
export function MappingField({ label, help, problem, value, box, onChange }: MappingFieldProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const mapping = mappingFrom(value);
  const count = mapping === null ? 0 : fieldCount(mapping);
  return (
    <>
      <Field label={`${label} (optional)`} help={help} problem={problem}>
        {({ id, describedBy }) => (
          <div className={css.line}>
            <span className={css.said}>{mapping === null ? 'None yet' : count === 1 ? 'One field is mapped' : `${count} fields are mapped`}</span>
            {mapping !== null && <Button look="quiet" onClick={() => onChange('')}>Leave it out</Button>}
            <Button ref={button} id={id} aria-describedby={describedBy} aria-label={mapping === null ? 'Build the mapping' : 'Change the mapping'} onClick={() => setOpen(true)}>{mapping === null ? 'Build it' : 'Change it'}</Button>
          </div>
        )}
      </Field>
      {open && (
        <MappingDialog
          box={`${box}/sample`}
          first={mapping}
          onClose={close}
          onUse={(built) => {
            onChange(JSON.stringify(built));
            close();
          }}
        />
      )}
    </>
  );
}
