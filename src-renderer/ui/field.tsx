import { useId } from 'react';
import type { InputHTMLAttributes, ReactNode, Ref, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';
import { classes } from './classes.ts';
import css from './field.module.css';

type FieldProps = {
  readonly label: string;
  readonly help?: string | undefined;
  /** What is wrong with the answer, in words. */
  readonly problem?: string | undefined;
  /** Keeps the label for screen readers only. */
  readonly bare?: boolean;
  /** Draws the control; give it the ids. */
  readonly children: (ids: { readonly id: string; readonly describedBy: string | undefined; readonly invalid: boolean }) => ReactNode;
};

/** A label, its control, and below it help or what is wrong. */
export function Field({ label, help, problem, bare = false, children }: FieldProps) {
  const id = useId();
  const said = problem ?? help;
  return (
    <div className={css.field}>
      <label htmlFor={id} className={classes(css.label, bare && 'quiet')}>{label}</label>
      {children({ id, describedBy: said === undefined || said === '' ? undefined : `${id}-said`, invalid: problem !== undefined })}
      {said !== undefined && said !== '' && (
        <p id={`${id}-said`} className={classes(css.said, problem !== undefined && css.problem)}>{said}</p>
      )}
    </div>
  );
}

type TextBoxProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'className'> & { readonly ref?: Ref<HTMLInputElement> };

/** One line of text. */
export function TextBox(props: TextBoxProps) {
  return <input autoComplete="off" spellCheck={false} dir="auto" {...props} className={css.box} />;
}

type TextAreaProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'className'> & { readonly ref?: Ref<HTMLTextAreaElement> };

/** Several lines of text; grows with them as far as its place allows. */
export function TextArea(props: TextAreaProps) {
  return <textarea rows={3} dir="auto" {...props} className={classes(css.box, css.area)} />;
}

type SelectProps<Value extends string> = Omit<SelectHTMLAttributes<HTMLSelectElement>, 'className' | 'onChange' | 'value'> & {
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onPick: (value: Value) => void;
};

/** The system's own list box: every assistive tool and every phone knows it. */
export function Select<Value extends string>({ value, options, onPick, ...rest }: SelectProps<Value>) {
  return (
    <select
      {...rest}
      value={value}
      className={classes(css.box, css.select)}
      onChange={(event) => {
        const picked = options.find((option) => option.value === event.target.value);
        if (picked !== undefined) onPick(picked.value);
      }}
    >
      {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
    </select>
  );
}

type CheckboxProps = {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
  readonly disabled?: boolean;
};

/** A box to tick, with its sentence. */
export function Checkbox({ checked, onChange, children, disabled = false }: CheckboxProps) {
  return (
    <label className={css.check}>
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
      <span>{children}</span>
    </label>
  );
}
