import { useEffect, useRef, useState } from 'react';
import type { AccountView } from '../../../src-main/contract/contract.ts';
import type { FormValues, PlatformInfo } from '../../../src-main/contract/setup.ts';
import { client } from '../../host/client.ts';
import { failureOf } from '../../host/failure.ts';
import type { DeskFailure } from '../../host/failure.ts';
import { dropDraft, flushDraft, keepDraft, keptDraft } from '../../state/drafts.ts';
import { firstText, problemsOf, toValues } from './form.ts';
import type { FormText } from './form.ts';
import { secretsReady } from './secrets.ts';

/** Where the unsaved text of a connection's form is kept: one that is there by its id, a new one by its platform. */
export function formBox(known: { readonly id: string } | null, platform: string): string {
  return known === null ? `connect/${platform}` : `change/${known.id}`;
}

/** The name that a person gives the connection, kept with the fields' text under a name no field has. */
const TITLE = ' title';

/** What was typed before a crash, secrets left out; null where there is none. */
function textFrom(kept: string | null, known: FormText): FormText | null {
  if (kept === null) return null;
  try {
    const value: unknown = JSON.parse(kept);
    if (typeof value !== 'object' || value === null) return null;
    const typed = Object.entries(value).filter(([name, part]) => name in known && (typeof part === 'string' || typeof part === 'boolean'));
    return { ...known, ...Object.fromEntries(typed) };
  } catch {
    return null;
  }
}

/** What a form begins with. `id` names a connection that is there already; null for a new one. */
export type KnownConnection = { readonly id: string; readonly title: string; readonly values: FormValues };

export type ConnectionForm = {
  readonly text: FormText;
  readonly problems: Readonly<Record<string, string>>;
  readonly set: (name: string, value: string | boolean) => void;
  readonly title: string;
  readonly setTitle: (title: string) => void;
  /** Who we are there with these very answers; null before a trial. */
  readonly account: AccountView | null;
  readonly failure: DeskFailure | null;
  readonly busy: 'testing' | 'saving' | null;
  /** Tries to sign in without saving anything. */
  readonly test: () => Promise<void>;
  /** Runs the call that saves; true when it went well. */
  readonly save: (call: (values: FormValues) => Promise<unknown>) => Promise<boolean>;
  /** Whether a secret was typed, so that a trial can be made. */
  readonly testable: boolean;
  /** Whether anything differs from what the form began with. */
  readonly changed: boolean;
  /** Whether the text is what was typed before a crash or a reload. */
  readonly restored: boolean;
};

/** A connector's form under way: problems by field, a trial before saving, and a draft without its secrets. */
export function useConnectionForm(platform: PlatformInfo, known: KnownConnection | null): ConnectionForm {
  const { fields } = platform;
  const keepsSecrets = known !== null;
  const [first] = useState<FormText>(() => ({ ...firstText(fields, known?.values ?? {}), [TITLE]: known?.title ?? '' }));
  const [text, setText] = useState(first);
  const [restored, setRestored] = useState(false);
  const [shown, setShown] = useState<Readonly<Record<string, string>>>({});
  const [account, setAccount] = useState<AccountView | null>(null);
  const [failure, setFailure] = useState<DeskFailure | null>(null);
  const [busy, setBusy] = useState<'testing' | 'saving' | null>(null);
  const box = formBox(known, platform.id);
  const touched = useRef(false);
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => { here.current = false; };
  }, []);

  useEffect(() => {
    void (async () => {
      const kept = await keptDraft(box);
      const before = textFrom(kept, first);
      if (!here.current || touched.current || before === null) return;
      setText(before);
      setRestored(true);
    })();
    return () => flushDraft(box);
  }, [box, first]);

  const secretNames = fields.filter(({ kind }) => kind === 'secret').map(({ name }) => name);

  function set(name: string, value: string | boolean): void {
    touched.current = true;
    const next = { ...text, [name]: value };
    setText(next);
    // Its name here changes nothing about who we are there.
    if (name !== TITLE) {
      setAccount(null);
      setFailure(null);
      setShown((before) => Object.fromEntries(Object.entries(before).filter(([field]) => field !== name)));
    }
    keepDraft(box, JSON.stringify(Object.fromEntries(Object.entries(next).filter(([field]) => !secretNames.includes(field)))));
  }

  /** Runs a call with the answers; problems and failures end up beside their fields. */
  async function withValues<Answer>(what: 'testing' | 'saving', call: (values: FormValues) => Promise<Answer>): Promise<Answer | null> {
    const problems = problemsOf(fields, text, keepsSecrets);
    setShown(problems);
    setFailure(null);
    if (Object.keys(problems).length > 0) return null;
    const values = toValues(fields, text, known === null ? {} : first);
    if (secretNames.some((name) => name in values) && !await secretsReady()) return null;
    setBusy(what);
    try {
      return await call(values);
    } catch (error) {
      const said = failureOf(error);
      const ofFields = said.fields.flatMap(({ path, problem }) => (path.startsWith('values.') ? [[path.slice('values.'.length), problem] as const] : []));
      if (here.current && ofFields.length > 0) setShown(Object.fromEntries(ofFields));
      if (here.current && ofFields.length < Math.max(1, said.fields.length)) setFailure(said);
      return null;
    } finally {
      if (here.current) setBusy(null);
    }
  }

  return {
    text, problems: shown, set, account, failure, busy,
    title: String(text[TITLE] ?? ''),
    setTitle: (title) => set(TITLE, title),
    changed: Object.entries(text).some(([name, value]) => value !== first[name]),
    restored,
    testable: secretNames.length === 0 || secretNames.some((name) => typeof text[name] === 'string' && text[name] !== ''),
    test: async () => {
      const found = await withValues('testing', (values) => client.connections.test({ platform: platform.id, values }));
      if (here.current && found !== null) setAccount(found);
    },
    save: async (call) => {
      const saved = await withValues('saving', call);
      if (saved !== null) dropDraft(box);
      return saved !== null;
    },
  };
}
