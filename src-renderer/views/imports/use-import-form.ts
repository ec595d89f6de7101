import { useCallback, useEffect, useState } from 'react';
import type { FileFormat, ImportPreview } from '../../../src-main/contract/imports.ts';
import type { Mapping } from '../../../src-main/contract/mapping.ts';
import type { ConnectionView } from '../../../src-main/contract/setup.ts';
import type { Source } from '../../../src-main/contract/words.ts';
import { client } from '../../host/client.ts';
import { failureOf } from '../../host/failure.ts';
import type { DeskFailure } from '../../host/failure.ts';
import { dropDraft, flushDraft, keepDraft, keptDraft } from '../../state/drafts.ts';
import { mappingFrom } from './mapping-edit.ts';
import { usePreview } from './use-preview.ts';
import type { Preview } from './use-preview.ts';

export type Format = Partial<FileFormat>;

/** What a person has answered about an upload; kept for after a reload. */
type Answers = {
  /** The connection it goes to; null for a new one, which `name` then names. */
  readonly target: string | null;
  readonly name: string;
  /** Null until a guess is here. */
  readonly mapping: Mapping | null;
  readonly format: Format;
};

export type ImportForm = {
  readonly answers: Answers;
  readonly preview: Preview<ImportPreview>;
  readonly setName: (name: string) => void;
  readonly setTarget: (target: ConnectionView | null) => void;
  readonly setMapping: (mapping: Mapping | null) => void;
  /** Another way of reading the file has other columns, so that they are guessed anew. */
  readonly setFormat: (format: Format) => void;
  readonly busy: boolean;
  readonly failure: DeskFailure | null;
  /** Hands the rows over; answers the connection they went to, null where it could not be. */
  readonly commit: (platform: string, source: Source) => Promise<string | null>;
};

function answersFrom(kept: string | null, first: Answers): Answers {
  if (kept === null) return first;
  try {
    const value: unknown = JSON.parse(kept);
    if (typeof value !== 'object' || value === null) return first;
    const read = new Map<string, unknown>(Object.entries(value));
    const [target, name, format] = [read.get('target'), read.get('name'), read.get('format')];
    return {
      target: typeof target === 'string' ? target : null,
      name: typeof name === 'string' ? name : first.name,
      mapping: mappingFrom(JSON.stringify(read.get('mapping') ?? null)),
      format: typeof format === 'object' && format !== null ? format : {},
    };
  } catch {
    return first;
  }
}

/** The answers about one upload, its preview, and handing it over. `into` is the connection that was asked for. */
export function useImportForm(id: string, fileName: string, into: ConnectionView | null): ImportForm {
  const box = `import/${id}`;
  const [first] = useState<Answers>(() => ({ target: into?.id ?? null, name: fileName.replace(/\.[^.]{1,8}$/u, ''), mapping: mappingFrom(into?.settings['mapping']), format: {} }));
  const [answers, setAnswers] = useState(first);
  const [ready, setReady] = useState(false);
  const [connectionId] = useState(() => crypto.randomUUID());
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<DeskFailure | null>(null);

  useEffect(() => {
    let gone = false;
    void (async () => {
      const kept = await keptDraft(box);
      if (gone) return;
      setAnswers((before) => (before === first ? answersFrom(kept, first) : before));
      setReady(true);
    })();
    return () => {
      gone = true;
      flushDraft(box);
    };
  }, [box, first]);

  function change(changes: Partial<Answers>): void {
    const next = { ...answers, ...changes };
    setAnswers(next);
    setFailure(null);
    keepDraft(box, JSON.stringify(next));
  }

  const guessed = useCallback((mapping: Mapping) => setAnswers((before) => (before.mapping === null ? { ...before, mapping } : before)), []);
  const preview = usePreview(
    ready ? `${id} ${JSON.stringify(answers.format)}` : null, answers.mapping, (mapping) => client.imports.preview({ id, mapping, format: answers.format }), guessed,
  );

  async function commit(platform: string, source: Source): Promise<string | null> {
    const { mapping, target, name, format } = answers;
    if (busy || mapping === null) return null;
    setBusy(true);
    setFailure(null);
    try {
      const text = JSON.stringify(mapping);
      const connections = await client.connections.list();
      const known = connections.find((connection) => connection.id === target);
      let to = target;
      if (to === null) to = (await client.connections.add({ id: connectionId, platform, title: name.trim(), values: { name, mapping: text }, source })).id;
      else if (known?.provisioned === false && known.settings['mapping'] !== text) await client.connections.change({ id: to, values: { mapping: text }, source });
      await client.imports.commit({ id, connectionId: to, format, source });
      dropDraft(box);
      return to;
    } catch (error) {
      setFailure(failureOf(error));
      setBusy(false);
      return null;
    }
  }

  return {
    answers, preview, busy, failure, commit,
    setName: (name) => change({ name }),
    setTarget: (target) => change({ target: target?.id ?? null, mapping: mappingFrom(target?.settings['mapping']) }),
    setMapping: (mapping) => change({ mapping }),
    setFormat: (format) => change({ format: { ...answers.format, ...format }, mapping: null }),
  };
}
