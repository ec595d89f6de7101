import { useDraft } from '../../state/drafts.ts';
import { Field, TextBox } from '../../ui/field.tsx';

type TextSettingProps = {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly value: string;
  readonly required?: boolean;
  readonly maxLength: number;
  readonly onSave: (value: string) => void;
};

/** A setting of one line; it is saved on Enter and when the box is left. */
export function TextSetting({ name, label, help, value, required = false, maxLength, onSave }: TextSettingProps) {
  const { text, change, drop } = useDraft(`settings/${name}`, value);
  const typed = text.trim();
  const empty = required && typed === '';
  function save(): void {
    if (empty) return;
    drop();
    if (typed !== value) onSave(typed);
  }
  return (
    <Field label={label} help={help} problem={empty ? 'It cannot be empty.' : undefined}>
      {({ id, describedBy, invalid }) => (
        <TextBox
          id={id}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          maxLength={maxLength}
          value={text}
          onChange={(event) => change(event.target.value)}
          onBlur={save}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
            event.preventDefault();
            event.stopPropagation();
            event.currentTarget.blur();
          }}
        />
      )}
    </Field>
  );
}
