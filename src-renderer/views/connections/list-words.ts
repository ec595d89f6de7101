import type { ConnectionView } from '../../../src-main/contract/setup.ts';
import { countWords } from '../../ui/count-words.ts';
import { needsPerson, stateWords } from './health-words.ts';

/** How many connections go on only once a person has done something; how many there are, where none does. */
export function listWords(connections: readonly Pick<ConnectionView, 'health'>[]): string {
  const waiting = connections.filter(({ health }) => needsPerson(health.state)).length;
  if (waiting === 0) return countWords(connections.length);
  return waiting === 1 ? '1 needs you' : `${countWords(waiting)} need you`;
}

/** The connections that answer what was typed, by name, platform, instance or state. */
export function connectionsFor(connections: readonly ConnectionView[], typed: string): readonly ConnectionView[] {
  const words = typed.toLocaleLowerCase().split(/\s+/u).filter((word) => word !== '');
  if (words.length === 0) return connections;
  return connections.filter(({ title, platformTitle, instance, health }) => {
    const text = `${title} ${platformTitle} ${instance} ${stateWords(health).words}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}
