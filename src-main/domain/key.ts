import { SUBJECT_TYPES } from '../contract/words.ts';
import type { SubjectType } from '../contract/words.ts';

/** The parts of a subject's stable name outside this machine. */
export type SubjectName = {
  readonly platform: string;
  /** Host, with a port where it has one. */
  readonly instance: string;
  readonly type: SubjectType;
  readonly remoteId: string;
};

/** `platform:instance:type:remoteId`; a colon in the instance is written %3A, the remote id is kept as it is. */
export function subjectKey(name: SubjectName): string {
  return `${name.platform}:${name.instance.replaceAll(':', '%3A')}:${name.type}:${name.remoteId}`;
}

/** The inverse of {@link subjectKey}; null where the text is no such key. */
export function parseSubjectKey(key: string): SubjectName | null {
  const match = /^([^:]+):([^:]*):([^:]+):(.*)$/s.exec(key);
  const [, platform, instance, typeText, remoteId] = match ?? [];
  const type = SUBJECT_TYPES.find((known) => known === typeText);
  if (platform === undefined || instance === undefined || remoteId === undefined || type === undefined) return null;
  return { platform, instance: instance.replaceAll('%3A', ':'), type, remoteId };
}
