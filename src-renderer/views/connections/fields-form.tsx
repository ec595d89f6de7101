import type { SettingField } from '../../../src-main/contract/setup.ts';
import { Checkbox, Field, Select, TextArea, TextBox } from '../../ui/field.tsx';
import { MappingField } from '../imports/mapping-field.tsx';
import type { FormText } from './form.ts';

type FieldsFormProps = {
  readonly fields: readonly SettingField[];
  readonly text: FormText;
  readonly problems: Readonly<Record<string, string>>;
  readonly onChange: (name: string, value: string | boolean) => void;
  /** Secrets are known from before and may stay empty. */
  readonly keepsSecrets: boolean;
  /** The name of the draft that the form is kept under. */
  readonly box: string;
  /** The field to begin in; the first where it is left out. */
  readonly focus?: string | undefined;
};

/** A connector's settings form, drawn from what it declares. */
export function FieldsForm({ fields, text, problems, onChange, keepsSecrets, box, focus = fields[0]?.name }: FieldsFormProps) {
  return fields.map((field) => {
    const value = text[field.name];
    if (field.kind === 'toggle') {
      return <Checkbox key={field.name} checked={value === true} onChange={(on) => onChange(field.name, on)}>{field.label}{field.help !== '' && `. ${field.help}`}</Checkbox>;
    }
    const typed = typeof value === 'string' ? value : '';
    if (field.kind === 'mapping') return <MappingField key={field.name} label={field.label} help={field.help} problem={problems[field.name]} value={typed} box={box} onChange={(picked) => onChange(field.name, picked)} />;
    return (
      <Field key={field.name} label={field.required ? field.label : `${field.label} (optional)`} help={field.help} problem={problems[field.name]}>
        {({ id, describedBy, invalid }) => {
          const common = { id, 'aria-describedby': describedBy, 'aria-invalid': invalid, 'aria-required': field.required, autoFocus: field.name === focus };
          if (field.kind === 'select') return <Select {...common} value={typed} options={field.required ? field.options : [{ value: '', label: 'Not set' }, ...field.options]} onPick={(picked) => onChange(field.name, picked)} />;
          if (field.kind === 'long-text' || field.kind === 'mapping') return <TextArea {...common} value={typed} placeholder={field.placeholder} onChange={(event) => onChange(field.name, event.target.value)} />;
          const isKept = field.kind === 'secret' && keepsSecrets;
          return (
            <>
              <TextBox
                {...common}
                type={field.kind === 'secret' ? 'password' : 'text'}
                inputMode={field.kind === 'number' ? 'numeric' : field.kind === 'url' ? 'url' : undefined}
                placeholder={!isKept ? field.placeholder : value === false ? 'To be forgotten' : 'Kept as it is'}
                disabled={isKept && value === false}
                value={typed}
                onChange={(event) => onChange(field.name, event.target.value)}
              />
              {isKept && !field.required && <Checkbox checked={value === false} onChange={(on) => onChange(field.name, on ? false : '')}>Forget the one that is kept</Checkbox>}
            </>
          );
        }}
      </Field>
    );
  });
}
