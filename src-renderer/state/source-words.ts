import type { ConnectionSource } from '../../src-main/contract/setup.ts';

type Named = Pick<ConnectionSource, 'title' | 'platformTitle' | 'instance'>;

/** Whether a connection's title already says platform and instance, as the one it gets by itself does. */
export function namesItself({ title, platformTitle, instance }: Named): boolean {
  return title.includes(platformTitle) && title.includes(instance);
}

/** Platform and instance beside a title; the instance only where it says more. */
export function whereWords({ title, platformTitle, instance }: Named): readonly [platform: string, instance: string | null] {
  return [platformTitle, instance === '' || instance === title.toLocaleLowerCase() ? null : instance];
}

/** What marks a connection's items: the name a person gave it, else the instance, which names the community best. */
export function sourceName(source: Named): string {
  return namesItself(source) && source.instance !== '' ? source.instance : source.title;
}
