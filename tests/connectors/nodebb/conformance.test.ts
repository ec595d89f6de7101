import { nodebb } from '../../../src-main/connectors/nodebb/nodebb.ts';
import { describeConformance } from '../conformance.ts';
import { startFar } from './far.ts';

describeConformance('NodeBB', { connector: nodebb, verb: 'dismiss', start: (input) => startFar(input, 'text') });
